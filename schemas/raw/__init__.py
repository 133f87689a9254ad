"""What is a valid row of each raw table?"""
