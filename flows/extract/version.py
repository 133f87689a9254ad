"""The version of the extractor, which the ledger keeps with every document."""

VERSION = "3"
"""Changed whenever the same text may give different figures."""
