"""An assignment's own examination: is its suite right about every answer that we know the truth of?"""
