"""Which files there are, what they are, to which project they belong, and what the configuration wishes.

What comes in: a folder (the walk alone reads it) or sources. What goes out: classified Sources, and a Config. This package does
not know the contents of code.
"""
