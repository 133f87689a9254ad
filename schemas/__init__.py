"""What is a valid row of each table, and a valid input?"""
