"""WHERE: which area does a figure refer to?"""
