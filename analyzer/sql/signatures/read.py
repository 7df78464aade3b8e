"""A function's name -> what its engine declares of it.

What comes in: a name and a dialect. What goes out: a Signature, as the `.txt` beside this module lists it; the head of each says where it is from.
This module does not know calls, and nothing of functions that a program or an extension adds.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Dialect

Kind = Literal["scalar", "aggregate", "window"]
_KINDS: dict[str, Kind] = {"s": "scalar", "a": "aggregate", "w": "window"}


class Signature(Struct, frozen=True):
    """`most` is -1 where there is no end. `gives` and `null` are words the lists explain."""

    kind: Kind
    least: int
    most: int
    gives: str
    null: str

    def takes(self, count: int) -> bool:
        return count >= self.least and (self.most < 0 or count <= self.most)


def signature(name: str, dialect: Dialect) -> Signature | None:
    """None for a function the engine does not have."""
    return _listed(dialect).get(name.lower()) if dialect != "postgres" else None


@cache
def _listed(dialect: Dialect) -> dict[str, Signature]:
    text = files(__package__).joinpath(f"{dialect}.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {name: _signature(*row) for name, *row in rows}


def _signature(kind: str, arguments: str, gives: str, null: str) -> Signature:
    least, dash, most = arguments.partition("-")
    return Signature(_KINDS[kind], int(least), int(most) if most else -1 if dash else int(least), gives, null)


@cache
def pragma_functions() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Columns and hidden columns of each of SQLite's PRAGMA functions."""
    text = files(__package__).joinpath("sqlite_pragmas.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {
        name: (tuple(shown.split(",")), tuple(hidden.split(",")) if hidden != "-" else ())
        for name, shown, hidden in rows
    }
