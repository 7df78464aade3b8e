"""What PostgreSQL's catalogue says of its own types, functions, operators and system relations.

What goes out: signatures by name, casts, categories, columns, as `postgres.txt` beside this module has them: pg_proc, pg_operator, pg_cast, pg_type
and pg_attribute of PostgreSQL 18, without what the engine keeps for itself. This module does not know expressions.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

ELEMENTS = frozenset({"anyelement", "anyarray", "anynonarray", "anyenum", "anyrange", "anymultirange"})
COMPATIBLE = frozenset(
    {"anycompatible", "anycompatiblearray", "anycompatiblenonarray", "anycompatiblerange", "anycompatiblemultirange"}
)
ANY = ELEMENTS | COMPATIBLE
_KINDS: Mapping[str, Literal["aggregate", "window"]] = {"a": "aggregate", "w": "window"}


class Signature(Struct, frozen=True):
    """`takes` and `gives` are names as format_type prints them; a prefix operator takes "" on its left.

    `columns` are the names and types of a record's fields. `strict` is False where it is called with NULL too. `defaults` is how many of the
    last arguments may be left out; the last one of a `variadic` one is an array whose elements are given one by one.
    """

    takes: tuple[str, ...]
    gives: str
    kind: Literal["", "aggregate", "window"] = ""
    rows: bool = False
    variadic: bool = False
    strict: bool = True
    defaults: int = 0
    columns: tuple[tuple[str, str], ...] = ()

    def of(self, count: int) -> "tuple[str, ...] | None":
        """The types of `count` arguments, None where it does not take so many."""
        least = len(self.takes) - self.defaults - (1 if self.variadic else 0)
        if count <= len(self.takes) - (1 if self.variadic else 0):
            return self.takes[:count] if count >= least else None
        if not self.variadic:
            return None
        last = self.takes[-1]
        element = {"anyarray": "anyelement", "anycompatiblearray": "anycompatible"}.get(last, last.removesuffix("[]"))
        return self.takes[:-1] + (element,) * (count - len(self.takes) + 1)


class Catalogue(Struct, frozen=True, dict=True):
    """`casts` is "i" (implicit), "a" (on assignment) or "e" (explicit) by source and target; `categories` are letters, `preferred` types of them.

    `ranges` are a range's element and multirange. What functions, operators and relations there are is read where one is first asked for.
    """

    functions_text: Mapping[str, str]
    operators_text: Mapping[str, str]
    relations_text: Mapping[str, str]
    casts: Mapping[tuple[str, str], str]
    categories: Mapping[str, str]
    preferred: frozenset[str]
    ranges: Mapping[str, tuple[str, str]]

    def functions(self, name: str) -> tuple[Signature, ...]:
        """The functions of a name, () where there is none."""
        return _functions(self.functions_text.get(name, ""))

    def operators(self, sign: str) -> tuple[Signature, ...]:
        """The operators of a sign, () where there is none."""
        return _operators(self.operators_text.get(sign, ""))

    def columns(self, namespace: str, name: str) -> tuple[tuple[str, str, bool], ...]:
        """Name, type and whether NULL can be, of the columns of a system relation; () where there is none."""
        text = self.relations_text.get(f"{namespace}.{name}", "")
        pairs = (column.partition(" ") for column in text.split(",") if column)
        return tuple((column, type_.removesuffix("!"), not type_.endswith("!")) for column, _, type_ in pairs)

    def is_type(self, name: str) -> bool:
        """Of PostgreSQL's own, or an array of one."""
        return name.removesuffix("[]") in self.categories


@cache
def catalogue() -> Catalogue:
    """Read once, where first asked."""
    sections: dict[str, list[list[str]]] = {}
    for line in files(__package__).joinpath("postgres.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            rows = sections.setdefault(line[1:-1], [])
        elif not line.startswith("# "):
            rows.append(line.split(" ", 1))
    categories = {name: mark for mark, names in sections["types"] for name in names.split("|")}
    return Catalogue(
        dict(sections["functions"]),
        dict(sections["operators"]),
        dict(sections["relations"]),
        {
            (source, target): context
            for context, text in sections["casts"]
            for source, _, targets in (text.partition(">"),)
            for target in targets.split("|")
        },
        {name: mark[0] for name, mark in categories.items()},
        frozenset(name for name, mark in categories.items() if mark.endswith("!")),
        {name: (element, multi) for name, text in _ranges(sections["ranges"]) for element, _, multi in (text,)},
    )


def _ranges(rows: list[list[str]]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for name, text in rows:
        yield name, text.partition("|")


@cache
def _operators(text: str) -> tuple[Signature, ...]:
    """`text,integer>text|bytea,integer>bytea`."""
    pairs = (signature.rpartition(">") for signature in text.split("|") if signature)
    return tuple(Signature(tuple(takes.split(",")), gives) for takes, _, gives in pairs)


@cache
def _functions(text: str) -> tuple[Signature, ...]:
    """`v2;text,text[];text|sn;json;{key text,value json}`."""
    return tuple(_function(*signature.split(";")) for signature in text.split("|") if signature)


def _function(flags: str, takes: str, gives: str) -> Signature:
    columns = tuple(_field(field) for field in gives[1:-1].split(",")) if gives.startswith("{") else ()
    digits = flags.lstrip("awsvn")
    return Signature(
        tuple(takes.split(",")) if takes else (), "record" if columns else gives, _KINDS.get(flags[:1], ""), "s" in flags, "v" in flags,
        "n" not in flags, int(digits or 0), columns,
    )  # fmt: skip


def _field(text: str) -> tuple[str, str]:
    name, _, type_ = text.partition(" ")
    return name, type_
