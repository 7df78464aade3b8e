"""What people and machines read: one file a format of `check`, one a question (`queries`, `schema`, `rules`).

What comes in: a Report. What goes out: text, the same bytes for the same report. This package does not know how anything was
found, and touches neither disk nor terminal.
"""
