"""What is a valid row of each file of `seeds/`?"""
