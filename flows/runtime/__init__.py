"""How is a run carried out, recorded and logged?"""
