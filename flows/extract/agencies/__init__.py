"""WHO: which agency measured a figure, and who says it?"""
