"""The frozen values that extraction produces, one module a subject.

What comes in: nothing. What goes out: plain, hashable, serialisable values. This package does not know any parser, any
database and any other package of ours.
"""
