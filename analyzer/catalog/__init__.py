"""A database's schema as an immutable value, and the questions asked of it.

What comes in: names and declared types that the fold of changes supplies. What goes out: tables, columns, types, keys, with
look-ups that compare names as the dialect does. This package does not know SQL text, migrations or code.

`schema` is the whole; `table` and `named` are what it holds; `names`, `types` and `value_lists` compare names, types and values; `allowed`
says what a column refuses.
"""
