"""The version of the extractor, which the ledger keeps with every document."""

VERSION = "3"
"""Changes whenever the same text may give other figures."""
