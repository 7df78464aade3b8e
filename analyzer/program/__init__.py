"""What needs more than one fact: names resolved to constants and models, the functions that enclose a place.

What comes in: FileFacts. What goes out: a Program. This package does not know SQL or schemas.
"""
