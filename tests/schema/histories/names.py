"""Names as people write them: mixed case, reserved words, blanks, in every quoting of a dialect.

What comes in: a draw of hypothesis. What goes out: a name as SQL spells it. This module does not know what exists.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

TABLES = ("users", "orders", "Items", "order", "Order Lines", "group", "t1")
COLUMNS = (
    "id",
    "name",
    "userId",
    "user_id",
    "total",
    "status",
    "from",
    "Unit Price",
    "created_at",
    "été",
    "key",
    "index",
)
_BARE = frozenset(
    {"users", "orders", "Items", "t1", "id", "name", "userId", "user_id", "total", "status", "created_at", "été"}
)


def pick(draw: Draw, options: list[T] | tuple[T, ...]) -> T:
    """One of some values."""
    found: T = draw(st.sampled_from(options))
    return found


def chance(draw: Draw, one_in: int) -> bool:
    """True about once in so many draws; shrinks to False."""
    found: int = draw(st.integers(0, one_in - 1))
    return found == one_in - 1


def spell(draw: Draw, name: str, quotes: str) -> str:
    """The name in one of these quotings (`"`, `` ` ``, `[`, or blank for none), now and then in another case."""
    if name.isascii() and chance(draw, 8):
        name = name.swapcase()
    quote = pick(draw, quotes)
    if quote == " " and (name in _BARE or (name.lower() in {bare.lower() for bare in _BARE}) or name.startswith("x_")):
        return name
    quote = '"' if quote == " " and '"' in quotes else "`" if quote == " " else quote
    return f"[{name}]" if quote == "[" else f"{quote}{name}{quote}"


def spaced(draw: Draw, sql: str) -> str:
    """The statement, now and then with comments and line ends between its first words."""
    if not chance(draw, 6):
        return sql
    first, _, rest = sql.partition(" ")
    between = pick(draw, ("\n", " -- a note; with a sign\n", " /* one; two */ ", "\t\n  "))
    return f"{first}{between}{rest}"
