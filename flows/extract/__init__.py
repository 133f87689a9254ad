"""PURE: a document's bytes or text in, figures and outline items out.

No clock, no environment, no network, no database, no Prefect: the same input gives the same output, offline.
`parse` makes text of bytes, `Extractor` makes figures of text, `find_outline` makes outline items of it.
"""
