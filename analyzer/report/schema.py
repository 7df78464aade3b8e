"""`schema`: what the live schemas hold, and where they come from.

What comes in: histories. What goes out: JSON by the contract, version 1, or lists for people. This module does not know queries:
relations are those that keys declare.
"""

from collections.abc import Iterable, Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, ForeignKey, Index, Table
from analyzer.catalog.types import ColumnType, format_type
from analyzer.facts.source import Dialect
from analyzer.report.color import Line, paint
from analyzer.report.document import document
from analyzer.report.frames import printable
from analyzer.report.json import schema_source
from analyzer.report.places import Json, Places
from analyzer.schema.history import History, SchemaSource
from analyzer.sql.canonical import printed_index


def schema_json(histories: Sequence[History], places: Places) -> str:
    """All live schemas as a document."""
    return document({"version": 1, "schemas": [_schema(history, places) for history in histories]})


def schema_text(histories: Sequence[History], *, color: bool = False) -> str:
    """Tables with their columns and keys, one line a column."""
    return paint((line for history in histories for line in _listing(history)), color=color)


def sources_text(sources: Iterable[SchemaSource], *, color: bool = False) -> str:
    """Every candidate for a live schema, whether it counts, and why."""
    lines: list[Line] = []
    for source in sources:
        tool = f" ({source.tool})" if source.tool else ""
        verdict: Line = (("help", "live"),) if source.live else (("dim", "not live"),)
        lines.append(
            (("bold", printable(source.path or ".")), ("", f": {source.kind}{tool}, "), *verdict, ("", f": {source.reason}"))
        )  # fmt: skip
    return paint(lines or [(("", "no schema found"),)], color=color)


def relations(schema: Schema) -> Iterator[Json]:
    """One a foreign key, in the order of tables."""
    for table in schema.tables.values():
        for key in table.foreign_keys:
            target = schema.table(key.table, key.namespace)
            yield {
                "from": _end(table.name, key.columns),
                "to": _end(target.name if target is not None else key.table, target_columns(schema, key)),
                "cardinality": "one-to-one" if is_unique(table, key.columns) else "many-to-one",
                "basis": key.basis,
            }


def target_columns(schema: Schema, key: ForeignKey) -> tuple[str, ...]:
    """The columns a key points to: where none are written, the target's primary key."""
    target = schema.table(key.table, key.namespace)
    if key.target or target is None or target.primary_key is None:
        return key.target
    return target.primary_key.columns


def is_unique(table: Table, columns: Sequence[str]) -> bool:
    """True where no two rows can share these columns' values."""
    keys = [key.columns for key in (table.primary_key, *table.unique) if key is not None]
    keys += [index.columns for index in table.indexes if index.unique and index.where is None and not index.expressions]
    return any(key and set(key) <= set(columns) for key in keys)


def type_name(type_: ColumnType, dialect: Dialect) -> str | None:
    """The engine's canonical name; PostgreSQL's with its modifiers, as `format_type` prints them. None where unknown."""
    if dialect != "postgres" or not type_.name:
        return type_.name or type_.raw or None
    return format_type(type_)


def _schema(history: History, places: Places) -> Json:
    schema = history.schema
    return {
        "name": schema.name,
        "dialect": schema.dialect,
        "sources": [schema_source(source) for source in history.sources],
        "tables": [_table(table, schema, places) for table in schema.tables.values()],
        "relations": list(relations(schema)),
        "enums": [{"name": enum.name, "values": enum.values} for enum in schema.enums.values()],
        "tainted": sorted(schema.tainted),
    }


def _table(table: Table, schema: Schema, places: Places) -> Json:
    return {
        "name": table.name,
        "namespace": table.namespace or ("public" if schema.dialect == "postgres" else ""),
        "kind": table.kind,
        "closed": table.closed,
        "defined": places.place(table.defined),
        "columns": [_column(column, schema, places) | _evidence(column) for column in table.columns],
        "primary_key": table.primary_key.columns if table.primary_key is not None else (),
        "unique": [key.columns for key in table.unique],
        "checks": [{"sql": check.sql, "column": check.column, "values": check.values} for check in table.checks],
        "indexes": [
            {
                "name": index.name,
                "columns": index_columns(index, table, schema),
                "unique": index.unique,
                "where": index.where,
                "method": index.method,
                "include": index.include,
            }
            for index in table.indexes
        ],
        "foreign_keys": [_foreign_key(key, schema) for key in table.foreign_keys],
    }


def index_columns(index: Index, table: Table, schema: Schema) -> list[str]:
    """Names, and expressions as the engine prints them."""
    types = column_types(table, schema)
    return [
        printed_index(column, schema.dialect, types) if at in index.expressions else column
        for at, column in enumerate(index.columns)
    ]


def column_types(table: Table, schema: Schema) -> dict[str, str]:
    """The types of columns by name; a domain's is left out, because what is asked of it is asked of its base."""
    return {
        column.name: type_name(schema.column_type(column.type), schema.dialect) or ""
        for column in table.columns
        if schema.type(column.type.name) is None
    }


def _column(column: Column, schema: Schema, places: Places) -> Json:
    return {
        "name": column.name,
        "type": type_name(schema.column_type(column.type), schema.dialect),
        "nullable": column.nullable,
        "default": column.default,
        "generated": bool(column.generated),
        "defined": places.place(column.defined),
    }


def _evidence(column: Column) -> Json:
    """What says that there is such a field, for documents."""
    return {"evidence": column.evidence} if column.evidence else {}


def _foreign_key(key: ForeignKey, schema: Schema) -> Json:
    return {
        "columns": key.columns,
        "table": key.table,
        "target": target_columns(schema, key),
        "on_delete": key.on_delete or "no action",
        "on_update": key.on_update or "no action",
    }


def _end(table: str, columns: Sequence[str]) -> str:
    """`orders.user_id`; of several columns `orders.(shop_id, user_id)`."""
    return f"{table}.{columns[0]}" if len(columns) == 1 else f"{table}.({', '.join(columns)})"


def _listing(history: History) -> Iterator[Line]:
    schema = history.schema
    yield (("bold", f"schema {printable(schema.name)}"), ("", f" ({schema.dialect})"))
    for table in schema.tables.values():
        what = "fields" if table.kind == "collection" else "columns"
        open_ = "" if table.closed else f", other {what} may exist"
        yield ()
        yield (("bold", printable(table.name)), ("", f" ({table.kind}{open_})"))
        yield from (_column_line(column, table, schema) for column in table.columns)
        for key in table.foreign_keys:
            target = _end(key.table, target_columns(schema, key))
            yield (("dim", printable(f"  {', '.join(key.columns)} -> {target}")),)
        # Of documents indexes are half of what is known.
        for index in table.indexes if table.kind == "collection" else ():
            unique = "unique index" if index.unique else "index"
            yield (("dim", printable(f"  {unique} ({_directed(index)})")),)
    if schema.tainted:
        yield ()
        yield (("", f"not known for sure: {printable(', '.join(sorted(schema.tainted)))}"),)
    yield ()


def _directed(index: Index) -> str:
    """`order, created_at -1`."""
    ways = index.options or ("",) * len(index.columns)
    return ", ".join(
        name if way in ("", "1") else f"{name} {way}" for name, way in zip(index.columns, ways, strict=True)
    )


def _column_line(column: Column, table: Table, schema: Schema) -> Line:
    marks = [type_name(schema.column_type(column.type), schema.dialect) or "unknown type"]
    marks += [] if column.nullable else ["not null"]
    marks += ["key"] if table.primary_key is not None and column.name in table.primary_key.columns else []
    told = f"  ({', '.join(column.evidence)})" if column.evidence else ""
    return (("", printable(f"  {column.name}: {', '.join(marks)}")), ("dim", told))
