"""Which figures does a document state, and of which kind and status is each?"""
