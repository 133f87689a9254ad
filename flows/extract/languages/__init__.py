"""How does a language write numbers, quantities and times?"""
