"""What may people and programs hand in?"""
