"""The schema of collections: which fields their documents have, as far as models, validators and writers say it, their indexes, their relations.

`kinds` says what a value is, `fields` adds up what is said of a path, `collections` goes through a program.
"""
