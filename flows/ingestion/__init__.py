"""How does one landed document become valid rows?"""
