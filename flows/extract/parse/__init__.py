"""How do bytes become a document: its text, title, dates, language and boilerplate?"""
