"""The row a site expects beside the columns its query gives.

What comes in: a linked query. What goes out: the same with field and column paired, by name or by position, and an unresolved link for each
field that no column serves. Only results whose columns are all known are paired. This module does not judge types.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Field, Model
from analyzer.facts.query import Row
from analyzer.facts.reference import Reference
from analyzer.link.linked import Link, LinkedQuery, RowPair
from analyzer.link.types import whole_model
from analyzer.link.values import followed, seen_through
from analyzer.program.program import Program
from analyzer.sql.resolution import OutputColumn

_FLAT = 4


def pair_rows(linked: LinkedQuery, program: Program, schema: Schema | None) -> LinkedQuery:
    """The query with its rows, where the row's type is known."""
    row = linked.query.row
    if row is None:
        return linked
    model = whole_model(row.model, program, linked.file) if row.model is not None else None
    if model is not None and row.framework and model.framework != row.framework:
        return linked
    columns = linked.columns
    fields = tuple(_typed(field, program, linked.file) for field in _expected(linked, model, program))
    if not columns or not (fields or row.reads) or schema is None:
        return replace(linked, model=model)
    resolved = tuple(replace(column, type=schema.column_type(column.type)) for column in columns)
    rust = linked.file.language == "rust"
    pairs = (*_pairs(row, fields, resolved, own=model is not None or rust), *_read(row, resolved))
    served = {pair.field for pair in pairs}
    beyond = tuple(field for field in fields if rust and _is_numbered(row, field) and int(field.column) >= len(columns))
    # Elsewhere code may add to a row before a type takes it: `User(**row, name=name)`.
    asks = row.strict and row.framework != "" and (row.by == "name" or (rust and row.by == "index"))
    lacking = [field for field in fields if asks and field not in served and field not in beyond and _is_needed(field)]
    if not rust:
        given = [column.name for column in resolved] if linked.is_one_result else []
        lacking = [
            field for field in lacking if given and not any(_gives(n, field.column, linked.dialect) for n in given)
        ]
    unread = _unread(row, resolved, linked.dialect) if linked.is_one_result else []
    links = (
        *linked.links,
        *(_lack(field, linked, schema) for field in lacking),
        *(replace(_lack(field, linked, schema), reason="read") for field in unread),
    )
    return replace(
        linked, rows=pairs, model=model, links=links, beyond=tuple(field for field in beyond if _is_needed(field))
    )


def _expected(linked: LinkedQuery, model: Model | None, program: Program) -> tuple[Field, ...]:
    """The fields of the row; those of a model that the build compares by their own names, without what its attributes say."""
    row = linked.query.row
    if model is None or row is None:
        return _in_a_row(row, linked, program) if row is not None else ()
    if model.language != "rust":
        return _placed(row, model)
    if model.reads is not None and row.framework:
        return model.reads
    if linked.query.checked:
        return tuple(replace(field, column=field.name, skip=False) for field in model.fields)
    return tuple(_flattened(model.fields, program, linked.file, 0))


def _in_a_row(row: Row, linked: LinkedQuery, program: Program) -> tuple[Field, ...]:
    """The values of a row by position, a type that stands for several taken apart; none where another number of them is given."""
    if not any(field.flat for field in row.fields):
        return row.fields
    found = tuple(one for field in row.fields for one in _apart(field, row, program, linked.file, 0))
    columns = linked.columns or ()
    if len(found) != len(columns):
        return ()
    # The types of expressions are the library's own.
    return tuple(
        field if column.source else replace(field, opaque=True) for field, column in zip(found, columns, strict=True)
    )


def _apart(field: Field, row: Row, program: Program, file: FileFacts, depth: int) -> Iterator[Field]:
    home = program.files.get(field.span.path, file)
    inner = program.model(field.type.name, home) if field.flat and depth < _FLAT else None
    if inner is None or inner.framework != row.framework or field.opaque:
        yield replace(field, flat=False)
        return
    for one in inner.fields:
        type_ = replace(one.type, optional=one.type.optional or field.type.optional)
        # What a tuple struct or a nested struct holds is taken apart in turn where it is a row itself.
        yield from _apart(replace(one, type=type_, flat=True), row, program, home, depth + 1)


def _flattened(fields: tuple[Field, ...], program: Program, file: FileFacts, depth: int) -> Iterator[Field]:
    """Fields, with those of a flat one's type in its place; it is opaque where nobody knows them."""
    for field in fields:
        home = program.files.get(field.span.path, file)
        inner = program.model(field.type.name, home) if field.flat and depth < _FLAT else None
        if inner is not None and inner.framework and not field.type.optional:
            nested = tuple(_flattened(inner.reads or inner.fields, program, home, depth + 1))
            yield from (replace(one, default=one.default or field.default) for one in nested)
        else:
            yield replace(field, opaque=True) if field.flat else field


def _typed(field: Field, program: Program, file: FileFacts) -> Field:
    """A field with the type that its path leads to, and that the database sees of it."""
    home = program.files.get(field.span.path, file)
    type_ = seen_through(followed(field.type, field.path, program, home), program, home)
    return field if type_ == field.type and not field.path else replace(field, type=type_, path=())


def _placed(row: Row, model: Model) -> tuple[Field, ...]:
    """The model's fields; where the code says which column each one takes, those it names, by name or by place."""
    if not row.fields:
        return model.fields
    given = [field for field in model.fields if not field.skip]
    known = {field.name: field for field in given} | {str(at): field for at, field in enumerate(given)}
    return tuple(
        replace(known[taken.name], column=taken.column, span=taken.span) for taken in row.fields if taken.name in known
    )


def _read(row: Row, columns: tuple[OutputColumn, ...]) -> list[RowPair]:
    found = [(read, _taken(read.column, columns)) for read in row.reads]
    return [RowPair(read, column, read.span) for read, column in found if column is not None]


def _taken(name: str, columns: tuple[OutputColumn, ...]) -> OutputColumn | None:
    """The column that a name or a number takes."""
    if name.isdigit():
        return columns[int(name)] if int(name) < len(columns) else None
    return next((column for column in columns if column.name.lower() == name.lower()), None)


def _unread(row: Row, columns: tuple[OutputColumn, ...], dialect: str) -> list[Field]:
    """What the code reads by a name that no column has."""
    return [
        read
        for read in row.reads
        if not read.column.isdigit()
        and not read.default
        and not any(_gives(column.name, read.column, dialect) for column in columns)
    ]


def _gives(column: str, read: str, dialect: str) -> bool:
    """Whether a name reads a column: as it is, or as drivers and helpers write `user_id` in camel case.

    PostgreSQL sends `userId` as userid where it is not quoted; the others send what somebody wrote, in the table or in the query.
    """
    if "_" in column and "_" not in read:
        return column.replace("_", "").lower() == read.lower()
    same = "".join(column.split()).lower() == "".join(read.split()).lower()
    return same and (dialect != "postgres" or column == read or not column.islower())


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


def _is_numbered(row: Row, field: Field) -> bool:
    """Whether a field is read by its number: the fields of a tuple struct are."""
    return row.by != "position" and field.column.isdigit()


def _pairs(row: Row, fields: tuple[Field, ...], columns: tuple[OutputColumn, ...], *, own: bool) -> list[RowPair]:
    """`own` says that a finding belongs to the field, not to the query."""
    read = [field for field in fields if not field.skip]
    if row.by == "position":
        matched = list(zip(read, columns, strict=False))
    else:
        by_name = {column.name.lower(): column for column in columns}
        if own or row.by == "index":
            by_name.update((str(place), column) for place, column in enumerate(columns))
        matched = [(field, by_name[field.column.lower()]) for field in read if field.column.lower() in by_name]
    return [RowPair(field, column, field.span if own else row.span) for field, column in matched]
