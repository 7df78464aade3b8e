"""`schema --format mermaid`: an entity relationship diagram.

What comes in: schemas. What goes out: Mermaid's `erDiagram`, one a schema. Names and types that its grammar does not take are
written with underscores. Source: Mermaid's documentation, "Entity Relationship Diagrams".
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, ForeignKey, Table
from analyzer.report.schema import is_unique, type_name

_REFUSED = re.compile(r"[^A-Za-z0-9_]+")
_TYPE_REFUSED = re.compile(r"[^A-Za-z0-9_()\[\]-]+")


def schema_mermaid(schemas: Sequence[Schema]) -> str:
    """One diagram a schema, each under a comment with its name."""
    return "\n".join("".join(f"{line}\n" for line in _diagram(schema)) for schema in schemas)


def _diagram(schema: Schema) -> Iterator[str]:
    yield "erDiagram"
    yield f"  %% schema {' '.join(schema.name.split())} ({schema.dialect})"
    for table in schema.tables.values():
        yield f"  {_entity(_full(table))} {{"
        yield from (f"    {_attribute(column, table, schema)}" for column in table.columns)
        yield "  }"
    for table in schema.tables.values():
        yield from (f"  {_relation(table, key, schema)}" for key in table.foreign_keys)


def _attribute(column: Column, table: Table, schema: Schema) -> str:
    type_ = type_name(schema.column_type(column.type), schema.dialect) or "unknown"
    keys = []
    if table.primary_key is not None and column.name in table.primary_key.columns:
        keys.append("PK")
    if any(column.name in key.columns for key in table.foreign_keys):
        keys.append("FK")
    if is_unique(table, (column.name,)) and "PK" not in keys:
        keys.append("UK")
    return " ".join(
        (_word(_TYPE_REFUSED.sub("_", type_)), _word(_REFUSED.sub("_", column.name)), ", ".join(keys))
    ).rstrip()


def _relation(table: Table, key: ForeignKey, schema: Schema) -> str:
    columns = [table.column(name) for name in key.columns]
    one = "|o" if any(column is None or column.nullable for column in columns) else "||"
    many = "o|" if is_unique(table, key.columns) else "o{"
    target = schema.table(key.table, key.namespace)
    name = _full(target) if target is not None else key.table
    return f'{_entity(name)} {one}--{many} {_entity(_full(table))} : "{_label(", ".join(key.columns))}"'


def _full(table: Table) -> str:
    """Two namespaces may have tables of one name."""
    return f"{table.namespace}.{table.name}" if table.namespace else table.name


def _entity(name: str) -> str:
    return f'"{_label(name)}"'


def _label(text: str) -> str:
    """Text between double quotes: the grammar knows no escape."""
    return "".join(character if character.isprintable() and character not in '"%\\' else "_" for character in text)


def _word(text: str) -> str:
    """A word has to begin with a letter."""
    return text if text[:1].isalpha() else f"_{text}" if text[:1] == "_" else f"x_{text}"
