"""How is a text built: sentences, tables, headings, and what stands around a sentence?"""
