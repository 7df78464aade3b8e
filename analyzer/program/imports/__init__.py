"""Which file an import means: one module a language, one way in.

What comes in: facts of all files. What goes out: for an import the file it names and the name in it. This package does not know what is done
with what is imported.
"""
