"""Expressions in one form, so that two spellings of one meaning are equal, and expressions as the engine prints them.

`tokens` and `parse` read a text into a `tree` with the engine's own precedence; `normal` and `literals` take away what says nothing. sqlglot
is not asked: it rewrites functions and casts while it reads.
"""

from analyzer.sql.canonical.normal import called, canonical
from analyzer.sql.canonical.printing import printed, printed_index

__all__ = ["called", "canonical", "printed", "printed_index"]
