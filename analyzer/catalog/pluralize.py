"""The collection that mongoose keeps a model's documents in, where nobody names it.

What comes in: a model's name. What goes out: a collection's. Source: `lib/helpers/pluralize.js` of mongoose 8 and 9, whose rules stand here in its order: the first
that fits is used. This module does not know schemas.
"""

import re

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"human$", "humans"),
        (r"(m|wom)an$", r"\1en"),
        (r"(pe)rson$", r"\1ople"),
        (r"(child)$", r"\1ren"),
        (r"^(ox)$", r"\1en"),
        (r"(ax|test)is$", r"\1es"),
        (r"(octop|cact|foc|fung|nucle)us$", r"\1i"),
        (r"(alias|status|virus)$", r"\1es"),
        (r"(bu)s$", r"\1ses"),
        (r"(buffal|tomat|potat)o$", r"\1oes"),
        (r"([ti])um$", r"\1a"),
        (r"sis$", "ses"),
        (r"(?:([^f])fe|([lr])f)$", r"\1\2ves"),
        (r"(hive)$", r"\1s"),
        (r"([^aeiouy]|qu)y$", r"\1ies"),
        (r"(x|ch|ss|sh)$", r"\1es"),
        (r"(matr|vert|ind)ix|ex$", r"\1ices"),
        (r"([m|l])ouse$", r"\1ice"),
        (r"(kn|w|l)ife$", r"\1ives"),
        (r"(quiz)$", r"\1zes"),
        (r"^goose$", "geese"),
        (r"s$", "s"),
        (r"([^a-z])$", r"\1"),
        (r"$", "s"),
    )
)
_UNCOUNTABLE = frozenset({
    "advice", "energy", "excretion", "digestion", "cooperation", "health", "justice", "labour", "machinery", "equipment", "information", "pollution",
    "sewage", "paper", "money", "species", "series", "rain", "rice", "fish", "sheep", "moose", "deer", "news", "expertise", "status", "media",
})  # fmt: skip
# What the database itself has: `toCollectionName` of `lib/utils.js`.
_SYSTEM = frozenset({"system.profile", "system.indexes"})


def pluralize(name: str) -> str:
    """`User` is kept in `users`."""
    word = name.lower()
    if name in _SYSTEM or word in _UNCOUNTABLE:
        return word if name not in _SYSTEM else name
    for pattern, replacement in _RULES:
        if pattern.search(word):
            return pattern.sub(replacement, word, count=1 if pattern.pattern == "$" else 0)
    return word
