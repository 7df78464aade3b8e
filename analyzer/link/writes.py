"""What a query site writes and compares: each value with its column, at its place in the source.

What comes in: a resolved text, its way back to the source, what is bound to it, the schema. What goes out: writes to tables of that schema
which are there for sure, and values beside their columns; a literal that is bound is the constant it is. This module does not judge.
"""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.query import Argument, Query
from analyzer.facts.source import Span
from analyzer.sql.embed import EmbeddedSql
from analyzer.sql.resolution import Resolution, SqlValue, ValueKind, Write

# The same in every language: an argument that is the language's own nothing.
_NULLS = frozenset({"null", "none", "undefined"})


class PlacedValue(Struct, frozen=True):
    """A value that is written to or compared with a column of a table.

    `kind`, `text` and `quoted` are as in SqlValue, for a bound literal its own; `type` is what it is cast to, UNKNOWN where it is not. `written`
    is False where it is compared.
    """

    table: Table
    column: Column
    span: Span
    kind: ValueKind
    text: str = ""
    quoted: bool = False
    type: ColumnType = UNKNOWN
    written: bool = True


class LinkedWrite(Struct, frozen=True, dict=True):
    """A Write to a table of the schema. `span` is the table's name in the source, `target` the key that ON CONFLICT names."""

    write: Write
    table: Table
    span: Span
    target: Span
    values: tuple[PlacedValue, ...] = ()
    names: tuple[tuple[str, Span], ...] = ()

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(fold(name, self.table.dialect) for name, _ in self.names)

    @property
    def is_known(self) -> bool:
        """True where the table has no columns but those that are known."""
        return self.table.closed and self.table.kind == "table"

    @property
    def is_listed(self) -> bool:
        """True where the statement lists its columns."""
        return any(column.end for column in self.write.columns)

    @property
    def omitted(self) -> tuple[Column, ...]:
        """The columns that an INSERT leaves to their defaults; () where it may name others besides those that are seen.

        A name that the table does not have may be meant for any of them; one that only may be there is of a table of another shape.
        """
        if self.write.verb != "insert" or not self.write.complete or not self.is_known:
            return ()
        named = [self.table.column(name) for name, _ in self.names]
        if any(column is None or not column.certain for column in named):
            return ()
        return tuple(
            column for column in self.table.columns if fold(column.name, self.table.dialect) not in self._given
        )


class _Site(Struct, frozen=True):
    """What stays the same for the values of one query."""

    query: Query
    embedded: EmbeddedSql
    schema: Schema
    arguments: dict[int | str, Argument]
    names: dict[int, str | None]


def linked_writes(query: Query, embedded: EmbeddedSql, resolution: Resolution, schema: Schema) -> Iterator[LinkedWrite]:
    """Every write of a site. A combination of branches that may never come up says nothing of what is written together."""
    site = _site(query, embedded, resolution, schema)
    for statement in resolution.statements if query.certain else ():
        for write in statement.writes:
            table = schema.table(write.table, write.namespace)
            if table is None or not table.certain or schema.is_tainted(table.name) or _has_namesake(table, schema):
                continue
            conflict = write.conflict
            target = embedded.span(conflict.start, conflict.end) if conflict is not None and conflict.end else None
            span = embedded.span(write.start, write.end)
            names = tuple((one.name, embedded.span(one.start, one.end) if one.end else span) for one in write.columns)
            yield LinkedWrite(write, table, span, target or span, tuple(_values(write, table, site)), names)


def _has_namesake(table: Table, schema: Schema) -> bool:
    """Whether a table outside the default namespace has the name of another: the search path may mean either."""
    if table.namespace in schema.default_namespaces:
        return False
    key = fold(table.name, schema.dialect)
    return sum(name == key for _, name in schema.tables) > 1


def compared_values(
    query: Query, embedded: EmbeddedSql, resolution: Resolution, schema: Schema
) -> Iterator[PlacedValue]:
    """Every constant that a site compares with a column."""
    site = _site(query, embedded, resolution, schema)
    for statement in resolution.statements:
        for compared in statement.compared:
            name, _, column_name = compared.column.rpartition(".")
            table = schema.table(name)
            column = table.column(column_name) if table is not None else None
            if table is not None and column is not None and not schema.is_tainted(name):
                yield _value(compared.value, (table, column), None, site, written=False)


def _site(query: Query, embedded: EmbeddedSql, resolution: Resolution, schema: Schema) -> _Site:
    arguments: dict[int | str, Argument] = {}
    bound = query.arguments
    for position, argument in enumerate(bound.values if bound is not None and bound.complete else (), 1):
        arguments[argument.name if argument.name is not None else position] = argument
    parameters = [parameter for statement in resolution.statements for parameter in statement.parameters]
    return _Site(query, embedded, schema, arguments, {one.position: one.name for one in parameters})


def _values(write: Write, table: Table, site: _Site) -> Iterator[PlacedValue]:
    for row in write.rows:
        for name, value in zip(write.columns, row, strict=False):
            column = table.column(name.name)
            if column is not None:
                place = (name.start, name.end) if name.end else (write.start, write.end)
                yield _value(value, (table, column), place, site, written=True)


def _value(
    value: SqlValue, target: tuple[Table, Column], name: tuple[int, int] | None, site: _Site, *, written: bool
) -> PlacedValue:
    """A value; one that has no place of its own stands at its column's."""
    table, column = target
    place = (value.start, value.end) if value.end or name is None else name
    bound = _bound(value, site) if value.kind == "parameter" else None
    if bound is not None:
        argument, kind, text, quoted = bound
        return PlacedValue(table, column, argument.span, kind, text, quoted, value.type, written)
    span = site.embedded.span(*place)
    return PlacedValue(table, column, span, value.kind, value.text, value.quoted, _cast(value), written)


def _cast(value: SqlValue) -> ColumnType:
    """The type of a constant is only what it was cast to where no literal has it by itself."""
    return value.type if value.kind in ("null", "parameter") or value.type.family == "enum" else UNKNOWN


def _bound(value: SqlValue, site: _Site) -> tuple[Argument, ValueKind, str, bool] | None:
    """The literal that is bound to a parameter."""
    argument = site.arguments.get(site.names.get(value.position) or value.position)
    if argument is None:
        argument = site.arguments.get(value.position)
    origin = argument.origin if argument is not None else None
    if argument is None or argument.path or not isinstance(origin, LiteralOrigin):
        return None
    if origin.kind in _NULLS:
        return argument, "null", "", False
    if isinstance(origin.value, bool):
        return argument, "constant", str(origin.value).lower(), False
    return None if origin.value is None else (argument, "constant", str(origin.value), isinstance(origin.value, str))
