"""How does Chinese write numbers, quantities and times?"""
