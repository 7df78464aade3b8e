"""Values of expressions and where they flow: what a file says of the objects, handles and calls of libraries that keep documents.

`reader` evaluates names and what changes an object in place, `python` and `javascript` the expressions of their languages, `collecting` goes through a file.
"""
