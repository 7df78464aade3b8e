"""Queries and models against the schema: the reference graph.

What comes in: a Program and its Histories. What goes out: a ReferenceGraph in which every reference is resolved, unresolved or
unknown, with a reason. This package does not know host languages, and does not judge.
"""
