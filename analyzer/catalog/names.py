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


def is_slip(name: str, known: str) -> bool:
    """Whether a name is another one's with a letter more, less or otherwise, in another case, or its singular or plural; digits are no slip."""
    if name == known or "." in name or "." in known or min(len(name), len(known)) < 4:
        return False
    first, second = name.lower(), known.lower()
    if first == second or _singular(first) == _singular(second):
        return True
    if min(len(first), len(second)) < 5:
        return False
    head = 0
    while head < min(len(first), len(second)) and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < min(len(first), len(second)) - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    changed = first[head : len(first) - tail], second[head : len(second) - tail]
    # A letter between separators is a word of its own: `tenant_a_orders`.
    alone = first[:head][-1:] in ("", "_", "-") and first[len(first) - tail :][:1] in ("", "_", "-")
    return max(map(len, changed)) <= 1 and not any(map(str.isdigit, changed)) and not (alone and all(changed))


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-2] if name.endswith(("sses", "xes", "ches", "shes")) else name.removesuffix("s")
