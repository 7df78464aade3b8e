"""Can a host type hold what a column sends?

What comes in: a host type, a column's type, the driver and the dialect. What goes out: a verdict. Sources: docs.rs/sqlx, modules
`sqlx::postgres::types`, `sqlx::sqlite::types`, `sqlx::mysql::types`; node-postgres "Data types" and `pg-types`; the README of
postgres.js, "Types"; better-sqlite3 "api.md"; node-sqlite3's wiki; mysql2's documentation ("supportBigNumbers"); psycopg 3 "Adapting basic
Python types"; asyncpg "Type conversion"; the standard library's `sqlite3`. A type no table lists is unknown: it may have a codec of its own.
"""

from collections.abc import Mapping
from typing import Literal

from analyzer.catalog.types import ColumnType
from analyzer.facts.model import HostType

Verdict = Literal["fits", "lossy", "incompatible", "unknown"]

# Rust, sqlx over PostgreSQL: the names `format_type` prints that a type accepts. sqlx compares exactly and refuses the rest.
_SQLX_POSTGRES: Mapping[str, frozenset[str]] = {
    "bool": frozenset({"boolean"}),
    "i16": frozenset({"smallint"}),
    "i32": frozenset({"integer"}),
    "i64": frozenset({"bigint"}),
    "f32": frozenset({"real"}),
    "f64": frozenset({"double precision"}),
    "String": frozenset({"text", "character varying", "character", "name", "citext"}),
    "str": frozenset({"text", "character varying", "character", "name", "citext"}),
    "Uuid": frozenset({"uuid"}),
    "Decimal": frozenset({"numeric"}),
    "BigDecimal": frozenset({"numeric"}),
    "NaiveDateTime": frozenset({"timestamp without time zone"}),
    "PrimitiveDateTime": frozenset({"timestamp without time zone"}),
    "DateTime": frozenset({"timestamp with time zone"}),
    "OffsetDateTime": frozenset({"timestamp with time zone"}),
    "NaiveDate": frozenset({"date"}),
    "NaiveTime": frozenset({"time without time zone"}),
}

# Rust over SQLite and MySQL, by family: SQLite's types are affinities, sqlx accepts what the storage class can give.
_RUST_LOOSE: Mapping[str, frozenset[str]] = {
    "bool": frozenset({"bool", "int", "decimal"}),
    **dict.fromkeys(("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "isize"), frozenset({"int", "bool", "timestamp", "date", "decimal"})),
    **dict.fromkeys(("f32", "f64"), frozenset({"float", "decimal", "int"})),
    **dict.fromkeys(("String", "str"), frozenset({"text", "timestamp", "timestamptz", "date", "time", "json", "uuid", "enum", "decimal"})),
}  # fmt: skip

# TypeScript: what each driver makes of a family when nobody installs a parser of their own.
_NUMBER, _STRING, _BOOLEAN, _DATE = (frozenset({name}) for name in ("number", "string", "boolean", "Date"))
_JS_PG: Mapping[str, frozenset[str]] = {
    "int": _NUMBER, "float": _NUMBER, "decimal": _STRING, "text": _STRING, "uuid": _STRING, "bool": _BOOLEAN,
    "timestamp": _DATE, "timestamptz": _DATE, "date": frozenset({"Date", "string"}), "enum": _STRING, "inet": _STRING,
    "bytes": frozenset({"Buffer", "Uint8Array"}),
}  # fmt: skip
_JS_SQLITE: Mapping[str, frozenset[str]] = {
    "int": frozenset({"number", "bigint"}), "float": _NUMBER, "text": _STRING, "bool": _NUMBER, "bytes": frozenset({"Buffer", "Uint8Array"}),
}  # fmt: skip
_JS_MYSQL: Mapping[str, frozenset[str]] = {
    "int": frozenset({"number", "bigint", "string"}), "float": _NUMBER, "decimal": frozenset({"string", "number"}), "text": _STRING,
    "bool": frozenset({"number", "boolean"}), "timestamp": frozenset({"Date", "string"}), "timestamptz": frozenset({"Date", "string"}),
    "date": frozenset({"Date", "string"}), "enum": _STRING, "bytes": frozenset({"Buffer"}),
}  # fmt: skip
_JS_KNOWN = frozenset({"number", "string", "boolean", "Date", "Buffer", "bigint", "Uint8Array"})

_PY_POSTGRES: Mapping[str, frozenset[str]] = {
    "int": frozenset({"int"}), "float": frozenset({"float"}), "decimal": frozenset({"Decimal"}), "text": frozenset({"str"}),
    "bool": frozenset({"bool"}), "uuid": frozenset({"UUID"}), "timestamp": frozenset({"datetime"}), "timestamptz": frozenset({"datetime"}),
    "date": frozenset({"date"}), "time": frozenset({"time"}), "interval": frozenset({"timedelta"}), "bytes": frozenset({"bytes", "memoryview"}),
    "enum": frozenset({"str"}),
}  # fmt: skip
_PY_SQLITE: Mapping[str, frozenset[str]] = {
    "int": frozenset({"int", "bool", "float"}), "float": frozenset({"float"}), "text": frozenset({"str"}), "bytes": frozenset({"bytes"}),
}  # fmt: skip
_PY_KNOWN = frozenset(
    {"int", "float", "Decimal", "str", "bool", "UUID", "datetime", "date", "time", "timedelta", "bytes"}
)

# What PostgreSQL takes for a parameter that sqlx declares with the type of the bound value: the families it casts by itself.
_TIMES = frozenset({"timestamp", "timestamptz", "date"})
_NUMBERS = frozenset({"int", "float", "decimal"})
_BOUND_POSTGRES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("i16", "i32", "i64", "f32", "f64", "Decimal", "BigDecimal"), _NUMBERS),
    **dict.fromkeys(("DateTime", "OffsetDateTime", "NaiveDateTime", "PrimitiveDateTime", "NaiveDate"), _TIMES),
    **dict.fromkeys(("String", "str"), frozenset({"text"})),
    "bool": frozenset({"bool"}),
    "Uuid": frozenset({"uuid"}),
}
# What a driver, or the engine behind it, refuses of a value whatever it is: node-postgres sends a text that the column's type cannot be read
# from, asyncpg encodes by the column's type, better-sqlite3 binds no booleans and no objects.
_ANY_FAMILY = frozenset(
    {"int", "float", "decimal", "text", "bool", "timestamp", "timestamptz", "date", "unknown", "json"}
)
_REFUSED: Mapping[tuple[str, str], Mapping[str, frozenset[str]]] = {
    ("pg", "postgres"): {
        "number": frozenset({"timestamp", "timestamptz", "uuid"}),
        "boolean": frozenset({"int", "float", "decimal", "timestamp", "timestamptz", "date", "uuid"}),
        "Date": frozenset({"int", "float", "decimal", "bool", "uuid"}),
    },
    ("asyncpg", "postgres"): {
        "str": frozenset({"int", "float", "bool", "timestamp", "timestamptz", "date", "interval", "bytes"}),
        "int": frozenset({"text", "uuid", "timestamp", "timestamptz", "date", "interval", "bytes"}),
        "float": frozenset({"text", "uuid", "timestamp", "timestamptz", "date", "interval", "bytes"}),
        "datetime": frozenset({"int", "float", "text", "bool", "uuid"}),
        "UUID": frozenset({"int", "float", "text", "bool", "timestamp", "timestamptz", "date"}),
    },
    ("better-sqlite3", "sqlite"): {"boolean": _ANY_FAMILY, "Date": _ANY_FAMILY},
}
_COMPARABLE = frozenset({"int", "float", "decimal", "text", "bool", "uuid", "timestamp", "timestamptz", "date"})

_WIDENED: Mapping[str, frozenset[str]] = {
    "i32": frozenset({"smallint"}),
    "i64": frozenset({"smallint", "integer"}),
    "i128": frozenset({"smallint", "integer", "bigint"}),
    "f64": frozenset({"smallint", "integer", "real"}),
    "f32": frozenset({"smallint"}),
}

_RUST_INTEGERS = {"i8": 1, "i16": 2, "i32": 4, "i64": 8}
_WIDTHS = {"smallint": 2, "integer": 4, "int": 4, "bigint": 8}


def verdict(host: HostType, column: ColumnType, language: str, framework: str, dialect: str) -> Verdict:
    """Whether the driver can put this column into this type."""
    if not host.name or not column.is_known:
        return "unknown"
    match language:
        case "rust":
            return _rust(host, column, framework, dialect)
        case "typescript" | "tsx":
            table = {"postgres": _JS_PG, "sqlite": _JS_SQLITE, "mysql": _JS_MYSQL}.get(dialect, {})
            return _javascript(host, column, table)
        case "python":
            table = {"postgres": _PY_POSTGRES, "sqlite": _PY_SQLITE}.get(dialect, {})
            return _listed(host.name, _PY_KNOWN, table.get(column.family))
        case _:
            return "unknown"


def bound_verdict(host: HostType, column: ColumnType, framework: str, dialect: str) -> Verdict:
    """Whether driver and engine take a bound value of this type where this column is written or compared."""
    refused = _REFUSED.get((framework, dialect))
    if refused is not None:
        return "incompatible" if column.family in refused.get(host.name, ()) and not host.arguments else "unknown"
    accepted = _BOUND_POSTGRES.get(host.name)
    if framework != "sqlx" or dialect != "postgres" or accepted is None or column.family not in _COMPARABLE:
        return "unknown"
    return "fits" if column.family in accepted else "incompatible"


def converts(host: HostType, column: ColumnType) -> bool:
    """Whether the `.into()` that sqlx's macros put behind each column widens it to this type."""
    return column.name in _WIDENED.get(host.name, frozenset())


def accepts_null(host: HostType) -> bool:
    """Types with a null of their own: a JSON value."""
    return host.optional or host.name in ("Value", "JsonValue")


def _rust(host: HostType, column: ColumnType, framework: str, dialect: str) -> Verdict:
    if dialect != "postgres":
        accepted = _RUST_LOOSE.get(host.name)
        if accepted is None or column.family in ("array", "enum"):
            return "unknown"
        return "fits" if column.family in accepted else "incompatible"
    if framework != "sqlx" or host.name not in _SQLX_POSTGRES:
        return "unknown"
    # A domain over a text or number type is read as its base by some drivers and refused by others.
    if column.family in ("json", "array", "enum") and host.name not in ("String", "str", "i32", "i64", "bool", "f64"):
        return "unknown"
    if column.name in _SQLX_POSTGRES[host.name]:
        return "fits"
    return (
        "lossy" if column.family == "int" and host.name in _RUST_INTEGERS and _narrows(host, column) else "incompatible"
    )


def _narrows(host: HostType, column: ColumnType) -> bool:
    return _RUST_INTEGERS[host.name] < _WIDTHS.get(column.name, 0)


def _javascript(host: HostType, column: ColumnType, table: Mapping[str, frozenset[str]]) -> Verdict:
    # node-postgres and postgres.js give 64-bit integers as strings, because a number cannot hold them all.
    if table is _JS_PG and column.name == "bigint":
        return _listed(host.name, _JS_KNOWN, frozenset({"string", "bigint"}))
    return _listed(host.name, _JS_KNOWN, table.get(column.family))


def _listed(name: str, known: frozenset[str], accepted: frozenset[str] | None) -> Verdict:
    if accepted is None or name not in known:
        return "unknown"
    return "fits" if name in accepted else "incompatible"
