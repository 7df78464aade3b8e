"""Can a host type hold what a column sends, and does the engine take a bound value for it?

What comes in: a host type, a column's type as it is sent, and the tables of the drivers that may be meant. What goes out: a verdict. A pair is
incompatible where a table lists the type and the column, and not together; what no table lists is unknown: it may have a codec of its own.
Where several drivers may be meant, they must agree. This module does not know queries.
"""

import re
from collections.abc import Callable
from typing import Literal

from analyzer.catalog.types import ColumnType, parse_type
from analyzer.facts.model import HostType
from analyzer.link.drivers.tables import Columns, Driver

Verdict = Literal["fits", "lossy", "incompatible", "unknown"]

_GENERIC = re.compile(r"([\w.:]+)\s*[<\[](.+)[>\]]", re.DOTALL)
_NULLS = re.compile(r"\s*\|\s*(?:null|undefined|None)\b")
_SEPARATOR = re.compile(r"::|\.")


def decoded(host: HostType, column: ColumnType, tables: tuple[Driver, ...], *, converted: bool = False) -> Verdict:
    """Whether a driver can put this column into this type; `converted` where `.into()` stands between them."""
    return _agreed(tables, lambda table: _decoded(host, column, table, converted=converted))


def decoded_unasked(host: HostType, column: ColumnType, tables: tuple[Driver, ...]) -> Verdict:
    """The same where the driver decodes without asking whether the types go together."""

    def judged(table: Driver) -> Verdict:
        if not table.unchecked or column.family == "array":
            return "unknown"
        found = _decoded(host, column, table, converted=False)
        same = table.column(column) in table.unchecked.get(_key(host, table.unchecked), frozenset())
        return "fits" if same else found

    return _agreed(tables, judged)


def encoded(
    host: HostType, column: ColumnType, tables: tuple[Driver, ...], *, written: bool, checked: bool = False
) -> Verdict:
    """Whether the engine takes a bound value where this column is `written` or compared; `checked` where the build compares the types."""
    return _agreed(tables, lambda table: _encoded(host, column, table, written=written, checked=checked))


def accepts_null(host: HostType) -> bool:
    """Types with a null of their own: a JSON value."""
    return host.optional or host.name in ("Value", "JsonValue", "any", "unknown", "Any", "object", "None")


def written_type(text: str) -> HostType:
    """A type as the text of an argument or an override has it: `Option<uuid::Uuid>`, `string | null`."""
    plain, optional = _NULLS.subn("", text.strip().lstrip("&"))
    if plain.endswith("[]"):
        return HostType("array", optional > 0, (plain[:-2].strip("()"),))
    generic = _GENERIC.fullmatch(plain)
    if generic is None:
        name = _SEPARATOR.split(plain)[-1]
        return HostType(name if name.isidentifier() else "", optional > 0)
    name = _SEPARATOR.split(generic[1])[-1]
    if name in ("Option", "Optional"):
        inner = written_type(generic[2])
        return HostType(inner.name, True, inner.arguments)
    return HostType(name, optional > 0, tuple(part.strip() for part in generic[2].split(",")))


def _agreed(tables: tuple[Driver, ...], judge: Callable[[Driver], Verdict]) -> Verdict:
    found = {judge(table) for table in tables}
    return found.pop() if len(found) == 1 else "unknown"


def _key(host: HostType, *tables: Columns) -> str:
    """The key under which a table lists a type: with its arguments, else without."""
    arguments = ", ".join(_SEPARATOR.split(argument)[-1] for argument in host.arguments)
    full = f"{host.name}<{arguments}>" if arguments else host.name
    return full if any(full in table for table in tables) else host.name


def _decoded(host: HostType, column: ColumnType, table: Driver, *, converted: bool) -> Verdict:
    key, name = _key(host, table.decodes, table.lossy), table.column(column)
    if converted and not host.optional and name in table.converts.get(key, frozenset()):
        return "fits"
    if host.name in table.arrays and (key not in table.decodes or column.family == "array"):
        return _elements(host, column, table)
    found = _looked_up(key, name, table.decodes, table)
    return "lossy" if found == "incompatible" and name in table.lossy.get(key, frozenset()) else found


def _elements(host: HostType, column: ColumnType, table: Driver) -> Verdict:
    """A list against an array: its elements'; against anything else that is known it does not go."""
    if column.family != "array":
        return "incompatible" if table.knows(table.column(column)) else "unknown"
    if len(host.arguments) != 1 or not column.element:
        return "unknown" if host.arguments else "fits"
    found = _decoded(written_type(host.arguments[0]), _element(column, table), table, converted=False)
    return "unknown" if found == "lossy" else found


def _element(column: ColumnType, table: Driver) -> ColumnType:
    return parse_type(column.element, table.dialect)


def _encoded(host: HostType, column: ColumnType, table: Driver, *, written: bool, checked: bool) -> Verdict:
    name = table.column(column)
    # `= ANY($1)` and `$1 = ANY(column)`: one side is a list of the other.
    if (column.family == "array") != (host.name in table.arrays and _key(host, table.decodes) == host.name):
        return "unknown"
    # Only PostgreSQL tells a build what its parameters are.
    if table.exact or (checked and table.encodes):
        found = _decoded(host, column, table, converted=False)
        if found != "unknown":
            return "incompatible" if found == "lossy" else found
    key = _key(host, table.encodes)
    if key not in table.encodes:
        return "unknown"
    assigned = table.assigned.get("any", frozenset()) | table.assigned.get(key, frozenset())
    if written and not checked and name in assigned:
        return "fits"
    return _looked_up(key, name, table.encodes, table)


def _looked_up(key: str, name: str, listed: Columns, table: Driver) -> Verdict:
    if key not in listed or not table.knows(name):
        return "unknown"
    return "fits" if name in listed[key] else "incompatible"
