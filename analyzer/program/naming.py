"""Names of tables and columns as libraries derive them from names of the code.

What comes in: a name and a manner. What goes out: the other name. This module does not know which library has which manner.
"""

import re

# drizzle-orm, src/casing.ts: words are runs of capitals, a capital and what follows, or what is left.
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][\da-z]+|[\da-z]+")


# A manner that nobody follows.
UNKNOWN = "?"


def named(name: str, manner: str) -> str:
    """`createdAt` is created_at in "snake_case", createdat in "lower"; as it is in any manner that is not known; `app_{lower}` has something around it."""
    match manner:
        case "snake_case":
            return "_".join(word.lower() for word in _WORDS.findall(name.replace("'", ""))) or name
        case "camelCase":
            words = _WORDS.findall(name.replace("'", ""))
            return "".join(word.lower() if at == 0 else word[:1].upper() + word[1:] for at, word in enumerate(words))
        case "lower":
            return name.lower()
        case _ if "{" in manner:
            before, _, rest = manner.partition("{")
            inner, _, after = rest.partition("}")
            return f"{before}{named(name, inner)}{after}"
        case _:
            return name


def loosely(name: str) -> str:
    """What names have in common that mean one word for different eyes: `createdAt`, `created_at`."""
    return name.replace("_", "").lower()
