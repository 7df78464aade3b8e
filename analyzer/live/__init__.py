"""Databases that exist, read when asked for: `--evidence FILE`.

What comes in: the path of a file. What goes out: a Rival, which is what the file holds as a Schema, or an error for people. `database` asks,
`inspection` answers in a process of its own. This room does not know the analysed code.
"""
