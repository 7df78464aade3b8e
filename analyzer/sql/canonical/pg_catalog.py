"""What PostgreSQL's catalogue says of its own types, functions and operators.

What goes out: signatures by name, casts, categories, as `pg_catalog.txt` beside this module has them; it was made from pg_proc, pg_operator, pg_cast
and pg_type of PostgreSQL 18, without what the engine keeps for itself. This module does not know expressions.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from msgspec import Struct

ANY = frozenset({"anyelement", "anyarray", "anynonarray", "anyenum", "anyrange", "anycompatible", "anycompatiblearray", "anycompatiblenonarray"})  # fmt: skip


class Signature(Struct, frozen=True):
    """`takes` and `gives` are names as format_type prints them; a prefix operator takes "" on its left."""

    takes: tuple[str, ...]
    gives: str


class Catalogue(Struct, frozen=True):
    """`casts` is "i" (implicit), "a" (on assignment) or "e" (explicit) by source and target; `categories` are letters, `preferred` types of them."""

    functions: Mapping[str, tuple[Signature, ...]]
    operators: Mapping[str, tuple[Signature, ...]]
    casts: Mapping[tuple[str, str], str]
    categories: Mapping[str, str]
    preferred: frozenset[str]


@cache
def catalogue() -> Catalogue:
    """Read once, where first asked."""
    sections: dict[str, list[list[str]]] = {}
    for line in files(__package__).joinpath("pg_catalog.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            rows = sections.setdefault(line[1:-1], [])
        elif not line.startswith("# "):
            rows.append(line.split(" ", 1))
    categories = {name: mark for mark, names in sections["types"] for name in names.split("|")}
    return Catalogue(
        {name: _signatures(text) for name, text in sections["functions"]},
        {name: _signatures(text) for name, text in sections["operators"]},
        {
            (source, target): context
            for context, text in sections["casts"]
            for source, _, targets in (text.partition(">"),)
            for target in targets.split("|")
        },
        {name: mark[0] for name, mark in categories.items()},
        frozenset(name for name, mark in categories.items() if mark.endswith("!")),
    )


def _signatures(text: str) -> tuple[Signature, ...]:
    """`text,integer>text|bytea,integer>bytea`."""
    pairs = (signature.rpartition(">") for signature in text.split("|"))
    return tuple(Signature(tuple(takes.split(",")) if takes else (), gives) for takes, _, gives in pairs)
