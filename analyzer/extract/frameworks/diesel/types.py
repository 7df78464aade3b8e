"""The SQL types of Diesel as engines write them.

What comes in: the tokens of a type in `table!`. What goes out: SQL for each engine, and whether NULL is allowed. Sources: docs.rs/diesel,
`sql_types`, `pg::sql_types`, `mysql::sql_types`, `sqlite::sql_types`; what the CLI prints for an engine's types. This module does not know macros.
"""

import re

from msgspec import Struct

# (PostgreSQL, SQLite, MySQL); None where an engine has no such type.
TYPES: dict[str, tuple[str | None, str | None, str | None]] = {
    **dict.fromkeys(("Bool",), ("boolean", "BOOLEAN", "tinyint(1)")),
    **dict.fromkeys(("TinyInt", "Tinyint"), (None, None, "tinyint")),
    **dict.fromkeys(("SmallInt", "Smallint", "Int2"), ("smallint", "SMALLINT", "smallint")),
    **dict.fromkeys(("Integer", "Int4"), ("integer", "INTEGER", "int")),
    **dict.fromkeys(("BigInt", "Bigint", "Int8"), ("bigint", "BIGINT", "bigint")),
    **dict.fromkeys(("Float", "Float4"), ("real", "FLOAT", "float")),
    **dict.fromkeys(("Double", "Float8"), ("double precision", "DOUBLE", "double")),
    **dict.fromkeys(("Numeric", "Decimal"), ("numeric", "NUMERIC", "decimal")),
    **dict.fromkeys(
        ("Text", "VarChar", "Varchar", "Char", "Bpchar", "Tinytext", "Mediumtext", "Longtext", "Citext"),
        ("text", "TEXT", "text"),
    ),
    **dict.fromkeys(
        ("Binary", "Varbinary", "Blob", "Tinyblob", "Mediumblob", "Longblob", "Bytea", "Bit"), ("bytea", "BLOB", "blob")
    ),
    "Date": ("date", "DATE", "date"),
    "Time": ("time without time zone", "TIME", "time"),
    "Timestamp": ("timestamp without time zone", "TIMESTAMP", "timestamp"),
    "Datetime": (None, None, "datetime"),
    "Timestamptz": ("timestamp with time zone", None, None),
    "TimestamptzSqlite": (None, "TIMESTAMP", None),
    "Interval": ("interval", None, None),
    "Json": ("json", "TEXT", "json"),
    "Jsonb": ("jsonb", "BLOB", None),
    "Uuid": ("uuid", None, None),
    "Inet": ("inet", None, None),
    "Cidr": ("cidr", None, None),
    **dict.fromkeys(("MacAddr", "Macaddr"), ("macaddr", None, None)),
    **dict.fromkeys(("MacAddr8", "Macaddr8"), ("macaddr8", None, None)),
    "Money": ("money", None, None),
    "Oid": ("oid", None, None),
    "Int4range": ("int4range", None, None),
    "Int8range": ("int8range", None, None),
    "Numrange": ("numrange", None, None),
    "Tsrange": ("tsrange", None, None),
    "Tstzrange": ("tstzrange", None, None),
    "Daterange": ("daterange", None, None),
    **dict.fromkeys(("TsVector", "Tsvector"), ("tsvector", None, None)),
    **dict.fromkeys(("TsQuery", "Tsquery"), ("tsquery", None, None)),
    "PgLsn": ("pg_lsn", None, None),
    "Year": (None, None, "year"),
}  # fmt: skip
_UNSIGNED = {"TinyInt": "tinyint", "SmallInt": "smallint", "Smallint": "smallint", "Integer": "int", "BigInt": "bigint", "Bigint": "bigint"}  # fmt: skip
_TEXTS = frozenset({"VarChar", "Varchar"})


class SqlType(Struct, frozen=True):
    """`words` are what each engine has; None where the type is not known."""

    words: tuple[str | None, str | None, str | None] | None
    nullable: bool


def sql_type(tokens: list[str], own: dict[str, str], length: str = "") -> SqlType:
    """`Nullable<Array<Text>>` as (text[], ..), nullable. `own` are types that the schema itself declares, by their names in SQL."""
    written = re.sub(r"\w+::", "", "".join(tokens)).replace("<", " < ").replace(">", " > ")
    words = [word for word in written.split() if word != ","]
    nullable = words[:1] == ["Nullable"]
    if nullable:
        words = words[2:-1]
    arrays = 0
    while words[:1] in (["Array"], ["Nullable"]) and len(words) > 3:
        arrays += words[0] == "Array"
        words = words[2:-1]
    name = words[0].rpartition("::")[2] if words else ""
    if name == "Unsigned" and len(words) == 4:
        inner = _UNSIGNED.get(words[2].rpartition("::")[2])
        return SqlType((None, None, f"{inner} unsigned") if inner else None, nullable)
    if name in own:
        known: tuple[str | None, str | None, str | None] = (own[name], None, own[name])
    elif name in TYPES and len(words) == 1:
        known = TYPES[name]
    else:
        return SqlType(None, nullable)
    if arrays:
        known = (f"{known[0]}{'[]' * arrays}" if known[0] else None, None, None)
    elif length.isdigit() and name in _TEXTS:
        known = (f"character varying({length})", f"VARCHAR({length})", f"varchar({length})")
    return SqlType(known, nullable)
