"""Does a document contradict itself?"""
