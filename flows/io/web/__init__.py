"""How is an address fetched safely?"""
