"""One file's bytes -> its facts. Pure: no other file, no disk.

What comes in: a Source. What goes out: FileFacts. Every language is read by tree-sitter; what differs between languages is a Host,
what differs between frameworks a `.scm` file under `grammars/` and at most one module in `frameworks`. This package does not know
SQL beyond whether a string begins like a statement, and nothing of schemas.
"""
