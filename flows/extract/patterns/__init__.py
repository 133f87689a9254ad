"""How is a text searched for many patterns quickly?"""
