"""Views in an order in which each finds what it reads, and views whose text no longer fits.

What comes in: a Schema. What goes out: its views, and why one cannot be made of its text. This module does not know how a statement is written.
"""

from collections.abc import Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.sql.embed import EmbeddedSql
from analyzer.sql.resolution import Resolution
from analyzer.sql.resolve import resolve


def in_order(schema: Schema) -> list[Table]:
    """A view stands behind those that its text names; those that name one another stay as they are."""
    views = {at: view for at, view in schema.tables.items() if view.kind == "view"}
    done: dict[tuple[str, str], Table] = {}

    def add(at: tuple[str, str], path: tuple[tuple[str, str], ...]) -> None:
        if at in done or at in path:
            return
        for name in _read(views[at], schema):
            if name in views:
                add(name, (*path, at))
        done[at] = views[at]

    for at in views:
        add(at, ())
    return list(done.values())


def outdated(view: Table, schema: Schema) -> str:
    """Why its text cannot be run as it is: PostgreSQL follows a table that is renamed, its text does not. "" where it can."""
    functions = {name.lower() for name in schema.functions}
    if functions and any(f"{name}(" in "".join((view.query or "").lower().split()) for name in functions):
        return "calls a function of its own"
    found = _resolved(view, schema)
    missing = [one for one in found.references if one.status == "unresolved"]
    if not missing:
        return ""
    one = missing[0]
    named = f"{one.table}.{one.column}" if one.column else one.table
    return f"reads {named}, which is not there by that name"


def _read(view: Table, schema: Schema) -> Iterator[tuple[str, str]]:
    for one in _resolved(view, schema).references:
        table = schema.table(one.table, one.namespace) if one.column is None else None
        if table is not None:
            yield next((at for at, known in schema.tables.items() if known is table), ("", ""))


def _resolved(view: Table, schema: Schema) -> Resolution:
    return resolve(EmbeddedSql(view.query or "", ()), schema.dialect, schema)
