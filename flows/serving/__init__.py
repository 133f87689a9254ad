"""How does `serve` keep the whole system at work on one machine?"""
