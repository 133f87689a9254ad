"""How do readers get a whole, audited file?"""
