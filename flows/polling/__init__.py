"""What is new at a source, and which of it is worth landing?"""
