"""Names as a database compares them, and the one that a misspelt name may have meant.

What comes in: names and a dialect. What goes out: the form in which two of them are equal, or the likest. This module does not know what bears a name.
"""

import difflib
from collections.abc import Iterable

from analyzer.facts.source import Dialect


def fold(name: str, dialect: Dialect) -> str:
    """The form in which two spellings of a stored name are equal.

    PostgreSQL: names were folded when they were read (unquoted to lower case) and compare exactly. SQLite and MySQL columns
    compare without case; MySQL tables by file system: without case here, so that no difference of case is ever accused.
    """
    return name if dialect in ("postgres", "mongodb") else name.lower()


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The likest of some names, or None where none is alike enough to be a slip."""
    by_fold = {known.lower(): known for known in sorted(names)}
    close = difflib.get_close_matches(name.lower(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None
