"""What does a plan contain: its outline, its objectives and their owners?"""
