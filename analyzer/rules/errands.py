"""Loops, files and tables in which something is no fault. What comes in: a loop, a path, a name. What goes out: yes or no. This module does not know queries."""

import re

from analyzer.facts.call import Loop
from analyzer.program.naming import named

# Sequences that give batches, or count attempts: one query a turn is their purpose.
_BATCHES = ("chunk", "batch", "page", "retry", "attempt", "backoff", "range(")
_FEW = 12
# What runs once by hand may take its time.
_ERRANDS = frozenset({"scripts", "script", "tools", "bin", "migrate", "migrations"})
_ERRAND_NAMES = ("migrat", "seed", "backfill", "import", "convert")


# Collections and tables of what only lives for a while, or is only told.
_PASSING = re.compile(
    r"(?:^|_)(?:tokens?|sessions?|otps?|codes?|caches?|locks?|jobs?|queues?|logs?|temp|tmp|verifications?|audits?|events?|metrics?|stats?|statistics|analytics"
    r"|notifications?|activit(?:y|ies)|histor(?:y|ies)|presences?|subscriptions?|attempts?|nonces?|drafts?|traces?|usages?|counters?)(?:_|$)"
    r"|(?:tokens?|sessions?|(?<!b)(?<!ata)(?<!dia)(?<!back)logs?|audits?|notifications?|histor(?:y|ies)|(?<!p)resets?)$"
)


def is_passing(name: str) -> bool:
    """Whether a table or collection is called like one whose rows come and go by themselves, or only tell what happened."""
    return _PASSING.search(named(name, "snake_case")) is not None


def is_errand(path: str) -> bool:
    *folders, name = path.lower().split("/")
    return not _ERRANDS.isdisjoint(folders) or name.startswith(_ERRAND_NAMES)


def is_webhook(path: str, symbol: str) -> bool:
    """Whether code takes what another service sends and signs."""
    return "webhook" in path.lower() or "webhook" in symbol.lower()


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
