"""A small shop as a catalogue, and the same as DDL for the engines that are asked about it."""

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Key, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.source import Dialect, Span

DEFINED = Span("schema.sql", 0, 1)
TABLES: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "users": (
        ("id", "INTEGER", False), ("email", "TEXT", False), ("name", "TEXT", True), ("age", "INTEGER", True), ("active", "BOOLEAN", False),
        ("created_at", "TIMESTAMP", False),
    ),
    "orders": (
        ("id", "INTEGER", False), ("user_id", "INTEGER", False), ("status", "TEXT", False), ("total", "NUMERIC", True),
        ("created_at", "TIMESTAMP", False), ("shipped_at", "TIMESTAMP", True),
    ),
    "order_items": (
        ("order_id", "INTEGER", False), ("product_id", "INTEGER", False), ("quantity", "INTEGER", False), ("price", "NUMERIC", False),
    ),
    "products": (("id", "INTEGER", False), ("title", "TEXT", False), ("price", "NUMERIC", False), ("tags", "TEXT", True), ("parent_id", "INTEGER", True)),
}  # fmt: skip
KEYS = {"users": ("id",), "orders": ("id",), "order_items": ("order_id", "product_id"), "products": ("id",)}
UNIQUE = {"users": ("email",)}


def ddl() -> str:
    """CREATE TABLE statements both SQLite and PostgreSQL take."""
    out = []
    for table, columns in TABLES.items():
        lines = [f"{name} {type_}{'' if nullable else ' NOT NULL'}" for name, type_, nullable in columns]
        lines.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
        lines += [f"UNIQUE ({', '.join(columns)})" for name, columns in UNIQUE.items() if name == table]
        out.append(f"CREATE TABLE {table} ({', '.join(lines)});")
    return "\n".join(out)


def shop(dialect: Dialect, **changes: object) -> Schema:
    tables = {("", name): _table(name, dialect) for name in TABLES}
    return Schema("main", dialect, tables, **changes)


def _table(name: str, dialect: Dialect) -> Table:
    columns = tuple(
        Column(column, parse_type(type_, dialect), nullable, DEFINED) for column, type_, nullable in TABLES[name]
    )
    unique = (Key(UNIQUE[name], DEFINED),) if name in UNIQUE else ()
    return Table(name, "", "table", dialect, DEFINED, columns, primary_key=Key(KEYS[name], DEFINED), unique=unique)
