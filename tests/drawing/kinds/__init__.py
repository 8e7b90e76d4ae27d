"""Forms of every kind in random shapes, drawn from random records.

The records come first, then a shape that prints them; what a parse must give is read off the records. Nothing here
leans on how the package reads: only the spellings of its vocabulary are asked for, to draw labels from.
"""
