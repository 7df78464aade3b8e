"""`schema --diff`: what one schema has and the other has not.

What comes in: Differences with the schemas they are of. What goes out: lists by table for people, or a document. Renames are not guessed. This
module does not know where schemas come from.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.report.color import Line, Style, paint
from analyzer.report.document import document
from analyzer.report.frames import printable
from analyzer.report.places import Json, Places
from analyzer.report.summary import count
from analyzer.schema.differences import Difference

_SIGNS: dict[str, Style] = {"+": "help", "-": "error", "~": "warning"}
# What is a thing of its own, named beside tables.
_OBJECTS = ("table", "view", "enum", "domain")


class Compared(Struct, frozen=True):
    """Two schemas, `names` as they were asked for, and what differs; places are of either side's sources."""

    left: Schema
    right: Schema
    names: tuple[str, str]
    differences: tuple[Difference, ...]


def diff_text(pairs: Sequence[Compared], *, color: bool = False) -> str:
    """Each pair under a headline, grouped by table."""
    return paint((line for pair in pairs for line in _listing(pair)), color=color)


def diff_json(pairs: Sequence[Compared], left: Places, right: Places) -> str:
    """All differences as a document."""
    rows = [_row(pair, one, left, right) for pair in pairs for one in pair.differences]
    return document({"version": 1, "differences": rows})


def _row(pair: Compared, one: Difference, left: Places, right: Places) -> Json:
    return {
        "schema": pair.left.name,
        "kind": one.kind,
        "namespace": one.namespace or ("public" if pair.left.dialect == "postgres" else ""),
        "table": one.table,
        "column": one.column,
        "left": one.left,
        "right": one.right,
        "left_defined": left.place(one.left_at) if one.left_at is not None else None,
        "right_defined": right.place(one.right_at) if one.right_at is not None else None,
    }


def _listing(pair: Compared) -> Iterator[Line]:
    names = " -> ".join(map(printable, pair.names))
    yield (("bold", f"schema {printable(pair.left.name)} ({pair.left.dialect}): {names}"),)
    about: str
    groups: dict[tuple[str, str], list[Difference]] = {}
    for one in pair.differences:
        about = one.kind if one.kind in _OBJECTS else "table"
        groups.setdefault((about, _qualified(one)), []).append(one)
    for (about, name), found in groups.items():
        yield ()
        whole = next((one for one in found if one.kind in _OBJECTS), None)
        if whole is not None:
            yield _line(whole, f"{about} {name}", "")
        else:
            yield (("bold", printable(f"~ {about} {name}")),)
        yield from (_line(one, _subject(one), "  ") for one in found if one is not whole)
    yield ()
    total = count(len(pair.differences), "difference") if pair.differences else "no differences"
    yield (("", total),)


def _qualified(one: Difference) -> str:
    return f"{one.namespace}.{one.table}" if one.namespace else one.table


def _subject(one: Difference) -> str:
    if one.column is None:
        return one.kind
    return f"column {one.column}" if one.kind == "column" else f"column {one.column}: {one.kind}"


def _line(one: Difference, subject: str, indent: str) -> Line:
    sign = "+" if one.left is None else "-" if one.right is None else "~"
    if one.column is not None and one.kind != "column":
        sign = "~"
    sides = [_words(side) for side in (one.left, one.right)]
    change = f"{sides[0]} -> {sides[1]}" if sign == "~" else sides[1] if sign == "+" else sides[0]
    tail = "" if one.kind == "table" and sign != "~" else f" {change}"
    return (("", indent), (_SIGNS[sign], sign), ("", printable(f" {subject}{tail}")))


def _words(side: str | None) -> str:
    return "none" if side is None else " ".join(side.split())
