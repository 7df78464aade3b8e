"""Loops and files in which a query a turn is no fault. What comes in: a loop, a path. What goes out: yes or no. This module does not know queries."""

from analyzer.facts.call import Loop

# Sequences that give batches, or count attempts: one query a turn is their purpose.
_BATCHES = ("chunk", "batch", "page", "retry", "attempt", "backoff", "range(")
_FEW = 12
# What runs once by hand may take its time.
_ERRANDS = frozenset({"scripts", "script", "tools", "bin", "migrate", "migrations"})
_ERRAND_NAMES = ("migrat", "seed", "backfill", "import", "convert")


def is_errand(path: str) -> bool:
    *folders, name = path.lower().split("/")
    return not _ERRANDS.isdisjoint(folders) or name.startswith(_ERRAND_NAMES)


def is_exempt(loop: Loop) -> bool:
    text = loop.over_text.lower()
    # A constant is a list that the code itself holds.
    if loop.over_text.isidentifier() and loop.over_text.isupper():
        return True
    names = " ".join(loop.variables).lower()
    if loop.items is not None and loop.items <= _FEW:
        return True
    return any(word in text for word in _BATCHES) or any(
        word in names for word in ("chunk", "batch", "page", "attempt")
    )
