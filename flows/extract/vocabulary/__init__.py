"""How does reference data become words and patterns to read with?"""
