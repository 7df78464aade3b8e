"""What needs more than one fact: names resolved to constants, models and entities, the functions that enclose a place or call one.

What comes in: FileFacts. What goes out: a Program. This package does not know SQL or schemas.
"""
