"""What does a plan contain: its outline, its objectives, their deadlines and owners?"""
