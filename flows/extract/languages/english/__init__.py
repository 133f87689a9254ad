"""How does English write numbers, quantities and times?"""
