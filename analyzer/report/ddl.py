"""`schema --format sql`: statements that make a schema anew, in an empty database of its dialect.

What comes in: a Schema. What goes out: SQL text; every name is quoted, so that no reserved word needs to be known. What the
schema only half knows (a view without text, a tainted name, a composite type) stands there as a comment; functions, extensions and
triggers are no part of a schema. This module does not run SQL.
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.catalog.schema import Column, ForeignKey, Index, Schema, Table
from analyzer.facts.source import Dialect
from analyzer.report.schema import target_columns

_SEQUENCE = re.compile(r"\bnextval\s*\(\s*'([^']+)'", re.IGNORECASE)
# PostgreSQL's documentation, Appendix F; the READMEs of pgvector and PostGIS.
_EXTENSIONS = {
    "citext": "citext",
    "hstore": "hstore",
    "ltree": "ltree",
    "vector": "vector",
    "geometry": "postgis",
    "geography": "postgis",
}
_IDENTITY = {"always": "ALWAYS", "default": "BY DEFAULT"}


def schema_sql(schemas: Sequence[Schema]) -> str:
    """The statements of each schema, under a comment with its name."""
    return "\n".join("".join(f"{statement}\n" for statement in _statements(schema)) for schema in schemas)


def _statements(schema: Schema) -> Iterator[str]:
    dialect = schema.dialect
    tables = [table for table in schema.tables.values() if table.kind == "table"]
    yield f"-- schema {_comment(schema.name)} ({dialect})"
    for name in sorted(schema.tainted):
        yield f"-- not known for sure: {_comment(name)}"
    if dialect != "sqlite":
        for namespace in sorted(schema.namespaces - {""}):
            yield f"CREATE SCHEMA {quoted(namespace, dialect)};"
    if dialect == "postgres":
        yield from (f"CREATE EXTENSION IF NOT EXISTS {name};" for name in _extensions(tables))
    for enum in schema.enums.values():
        values = ", ".join(f"{literal(value)}" for value in enum.values)
        yield f"CREATE TYPE {name_of(enum.name, enum.namespace, dialect)} AS ENUM ({values});"
    for domain in schema.types.values():
        if domain.base is None:
            yield f"-- type {_comment(domain.name)}: its definition is not known"
        else:
            ending = " NOT NULL" if domain.not_null else ""
            yield f"CREATE DOMAIN {name_of(domain.name, domain.namespace, dialect)} AS {domain.base.raw}{ending};"
    sequences = (
        name for table in tables for column in table.columns for name in _SEQUENCE.findall(column.default or "")
    )
    yield from (f"CREATE SEQUENCE IF NOT EXISTS {name};" for name in dict.fromkeys(sequences))
    yield from (_table(table, schema) for table in tables)
    if dialect != "sqlite":
        yield from (_added(table, key, schema) for table in tables for key in table.foreign_keys)
    yield from (_index(index, table) for table in tables for index in table.indexes)
    yield from (_view(view) for view in schema.tables.values() if view.kind == "view")


def _extensions(tables: Sequence[Table]) -> list[str]:
    """Extensions whose types the columns have."""
    types = {column.type.name.removesuffix("[]") for table in tables for column in table.columns}
    return sorted({_EXTENSIONS[name] for name in types if name in _EXTENSIONS})


def quoted(name: str, dialect: Dialect) -> str:
    """A name as the dialect quotes it."""
    mark = "`" if dialect == "mysql" else '"'
    return mark + name.replace(mark, mark * 2) + mark


def name_of(name: str, namespace: str, dialect: Dialect) -> str:
    """A name with its namespace; SQLite's namespaces are databases, which no script makes."""
    return ".".join(
        quoted(part, dialect) for part in (namespace, name) if part and (dialect != "sqlite" or part is name)
    )


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _comment(text: str) -> str:
    return " ".join(text.split())


def _list(names: Sequence[str], dialect: Dialect) -> str:
    return ", ".join(quoted(name, dialect) for name in names)


def _table(table: Table, schema: Schema) -> str:
    dialect = table.dialect
    inline = _is_inline(table)
    lines = [_column(column, table, inline=inline) for column in table.columns]
    if table.primary_key is not None and not inline:
        lines.append(f"PRIMARY KEY ({_list(table.primary_key.columns, dialect)})")
    lines += [f"UNIQUE ({_list(key.columns, dialect)})" for key in table.unique]
    lines += [f"CHECK ({check.sql})" for check in table.checks]
    if dialect == "sqlite":
        lines += [_key(key, schema) for key in table.foreign_keys]
    body = ",\n  ".join(lines)
    ending = "".join(f" {option.upper()}" for option in ("without rowid",) if option in table.options)
    return f"CREATE TABLE {name_of(table.name, table.namespace, dialect)} (\n  {body}\n){ending};"


def _is_inline(table: Table) -> bool:
    """SQLite makes a column an alias of the rowid, and MySQL lets it count, where the key stands at the column."""
    key = table.primary_key
    return (
        table.dialect != "postgres"
        and key is not None
        and len(key.columns) == 1
        and table.column(key.columns[0]) is not None
    )


def _column(column: Column, table: Table, *, inline: bool) -> str:
    dialect = table.dialect
    unknown = "" if dialect == "sqlite" else "text /* its type is not known */"
    parts = [quoted(column.name, dialect), column.type.raw or unknown]
    if column.generated in _IDENTITY:
        parts.append(f"GENERATED {_IDENTITY[column.generated]} AS IDENTITY")
    elif column.generated in ("stored", "virtual"):
        parts.append(f"GENERATED ALWAYS AS ({column.default}) {column.generated.upper()}")
    elif column.default is not None:
        parts.append(f"DEFAULT {_default(column.default, dialect)}")
    is_key = inline and table.primary_key is not None and table.column(table.primary_key.columns[0]) is column
    if not column.nullable and not (is_key and dialect == "sqlite" and column.generated == "auto"):
        parts.append("NOT NULL")
    if is_key:
        parts.append("PRIMARY KEY")
    if column.generated == "auto" and dialect == "mysql" and "serial" not in column.type.raw.lower():
        parts.append("AUTO_INCREMENT")
    return " ".join(part for part in parts if part)


def _default(default: str, dialect: Dialect) -> str:
    """SQLite takes an expression in parentheses only ("CREATE TABLE", section 3.2)."""
    return f"({default})" if dialect == "sqlite" and "(" in default and not default.startswith("(") else default


def _key(key: ForeignKey, schema: Schema) -> str:
    dialect = schema.dialect
    action = f" ON DELETE {key.on_delete.upper()}" if key.on_delete else ""
    target = target_columns(schema, key)
    columns = f" ({_list(target, dialect)})" if target else ""
    return f"FOREIGN KEY ({_list(key.columns, dialect)}) REFERENCES {name_of(key.table, key.namespace, dialect)}{columns}{action}"


def _added(table: Table, key: ForeignKey, schema: Schema) -> str:
    return f"ALTER TABLE {name_of(table.name, table.namespace, schema.dialect)} ADD {_key(key, schema)};"


def _index(index: Index, table: Table) -> str:
    dialect = table.dialect
    parts = [
        f"({column})" if position in index.expressions else quoted(column, dialect)
        for position, column in enumerate(index.columns)
    ]
    unique = "UNIQUE " if index.unique else ""
    where = f" WHERE {index.where}" if index.where else ""
    on = name_of(table.name, table.namespace, dialect)
    return f"CREATE {unique}INDEX {quoted(index.name, dialect)} ON {on} ({', '.join(parts)}){where};"


def _view(view: Table) -> str:
    name = name_of(view.name, view.namespace, view.dialect)
    if not view.query:
        return f"-- view {_comment(view.name)}: its text is not known"
    kind = "MATERIALIZED VIEW" if "materialized" in view.options else "VIEW"
    return f"CREATE {kind} {name} AS {view.query.strip().rstrip(';')};"
