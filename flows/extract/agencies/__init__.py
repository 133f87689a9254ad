"""WHO: which agency measured a figure, and who states it?"""
