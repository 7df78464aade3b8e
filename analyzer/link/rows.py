"""The row a site expects beside the columns its query gives.

What comes in: a linked query. What goes out: the same with field and column paired, by name or by position, and an unresolved link for each
field that no column serves. Only results whose columns are all known are paired. This module does not judge types.
"""

import msgspec

from analyzer.catalog.schema import Schema
from analyzer.facts.model import Field, Model
from analyzer.facts.query import Row
from analyzer.facts.reference import Reference
from analyzer.link.graph import Link, LinkedQuery, RowPair
from analyzer.program.program import Program
from analyzer.sql.resolution import OutputColumn


def pair_rows(linked: LinkedQuery, program: Program, schema: Schema | None) -> LinkedQuery:
    """The query with its rows, where the row's type is known."""
    row = linked.query.row
    if row is None:
        return linked
    model = program.model(row.model, linked.file) if row.model is not None else None
    if model is not None and row.framework and model.framework != row.framework:
        return linked
    columns = linked.columns
    fields = model.fields if model is not None else row.fields
    if not columns or not fields or schema is None:
        return msgspec.structs.replace(linked, model=model)
    resolved = tuple(msgspec.structs.replace(column, type=schema.column_type(column.type)) for column in columns)
    pairs = tuple(_pairs(row, model, fields, resolved))
    served = {pair.field for pair in pairs}
    # Elsewhere code may add to a row before a type takes it: `User(**row, name=name)`.
    asks = row.strict and row.by == "name" and row.framework != ""
    lacking = [field for field in fields if asks and field not in served and _is_needed(field)]
    links = (*linked.links, *(_lack(field, linked, schema) for field in lacking))
    return msgspec.structs.replace(linked, rows=pairs, model=model, links=links)


def _lack(field: Field, linked: LinkedQuery, schema: Schema) -> Link:
    """The driver asks the row for a column the query does not give."""
    return Link(
        reference=Reference(field.span, "", field.column, "read"),
        status="unresolved",
        reason="row",
        candidates=linked.tables,
        schema=schema.name,
        symbol=linked.symbol,
        query=linked.query.text.span,
    )


def _is_needed(field: Field) -> bool:
    """`flatten` and the like read columns of other names; a default fills in what is missing."""
    return not (field.skip or field.default or field.opaque)


def _pairs(
    row: Row, model: Model | None, fields: tuple[Field, ...], columns: tuple[OutputColumn, ...]
) -> list[RowPair]:
    read = [field for field in fields if not field.skip]
    if row.by == "position":
        matched = list(zip(read, columns, strict=False))
    elif row.by == "index":
        places = [(field, int(field.column)) for field in read if field.column.isdigit()]
        matched = [(field, columns[place]) for field, place in places if place < len(columns)]
    else:
        by_name = {column.name.lower(): column for column in columns}
        matched = [(field, by_name[field.column.lower()]) for field in read if field.column.lower() in by_name]
    return [RowPair(field, column, field.span if model is not None else row.span) for field, column in matched]
