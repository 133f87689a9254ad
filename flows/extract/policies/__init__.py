"""Which policies does a document cite or implement?"""
