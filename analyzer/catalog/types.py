"""Column types: the declared text beside the engine's canonical name and a family that two engines' types can share.

Sources of the tables: PostgreSQL's documentation, chapter 8 (names and aliases; `format_type` prints the canonical one);
"Datatypes In SQLite", section 3.1 (affinity of a declared type); MySQL's reference manual, chapter 13.
"""

import re
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Dialect

Family = Literal[
    "int", "float", "decimal", "text", "bool", "uuid", "timestamp", "timestamptz", "date", "time", "interval",
    "json", "bytes", "inet", "enum", "array", "other", "unknown",
]  # fmt: skip

_POSTGRES: dict[str, tuple[str, Family]] = {
    "smallint": ("smallint", "int"), "int2": ("smallint", "int"), "smallserial": ("smallint", "int"), "serial2": ("smallint", "int"),
    "integer": ("integer", "int"), "int": ("integer", "int"), "int4": ("integer", "int"), "serial": ("integer", "int"), "serial4": ("integer", "int"),
    "bigint": ("bigint", "int"), "int8": ("bigint", "int"), "bigserial": ("bigint", "int"), "serial8": ("bigint", "int"), "oid": ("oid", "int"),
    "real": ("real", "float"), "float4": ("real", "float"), "double precision": ("double precision", "float"),
    "float8": ("double precision", "float"), "float": ("double precision", "float"), "double": ("double precision", "float"),
    "numeric": ("numeric", "decimal"), "decimal": ("numeric", "decimal"), "dec": ("numeric", "decimal"), "money": ("money", "decimal"),
    "text": ("text", "text"), "character varying": ("character varying", "text"), "varchar": ("character varying", "text"),
    "char varying": ("character varying", "text"), "character": ("character", "text"), "char": ("character", "text"),
    "bpchar": ("character", "text"), "nchar": ("character", "text"), "name": ("name", "text"), "citext": ("citext", "text"),
    "boolean": ("boolean", "bool"), "bool": ("boolean", "bool"), "uuid": ("uuid", "uuid"),
    "timestamp": ("timestamp without time zone", "timestamp"), "timestamp without time zone": ("timestamp without time zone", "timestamp"),
    "timestamptz": ("timestamp with time zone", "timestamptz"), "timestamp with time zone": ("timestamp with time zone", "timestamptz"),
    "date": ("date", "date"), "time": ("time without time zone", "time"), "time without time zone": ("time without time zone", "time"),
    "timetz": ("time with time zone", "time"), "time with time zone": ("time with time zone", "time"), "interval": ("interval", "interval"),
    "json": ("json", "json"), "jsonb": ("jsonb", "json"), "bytea": ("bytea", "bytes"),
    "inet": ("inet", "inet"), "cidr": ("cidr", "inet"), "macaddr": ("macaddr", "other"), "macaddr8": ("macaddr8", "other"),
    "bit": ("bit", "other"), "bit varying": ("bit varying", "other"), "varbit": ("bit varying", "other"), "xml": ("xml", "other"),
    "tsvector": ("tsvector", "other"), "tsquery": ("tsquery", "other"), "point": ("point", "other"), "void": ("void", "other"),
    "regclass": ("regclass", "other"), "record": ("record", "other"),
    "int4range": ("int4range", "other"), "int8range": ("int8range", "other"), "numrange": ("numrange", "other"),
    "tsrange": ("tsrange", "other"), "tstzrange": ("tstzrange", "other"), "daterange": ("daterange", "other"),
}  # fmt: skip

_MYSQL: dict[str, Family] = {
    "tinyint": "int", "smallint": "int", "mediumint": "int", "int": "int", "integer": "int", "bigint": "int", "serial": "int", "year": "int",
    "bit": "int", "float": "float", "double": "float", "double precision": "float", "real": "float", "decimal": "decimal",
    "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "char": "text", "varchar": "text", "tinytext": "text", "text": "text",
    "mediumtext": "text", "longtext": "text", "set": "text", "enum": "enum", "binary": "bytes", "varbinary": "bytes", "tinyblob": "bytes",
    "blob": "bytes", "mediumblob": "bytes", "longblob": "bytes", "json": "json", "date": "date", "datetime": "timestamp",
    "timestamp": "timestamptz", "time": "time", "bool": "bool", "boolean": "bool", "uuid": "uuid",
}  # fmt: skip

_SHAPE = re.compile(
    r"^(?P<head>[^()\[\]]*?)\s*(?:\((?P<args>[^()]*)\))?\s*(?P<tail>[^()\[\]]*?)\s*(?P<array>(?:\[\s*\d*\s*\])+|\barray\b(?:\[\d*\])?)?$",
    re.IGNORECASE | re.DOTALL,
)


class ColumnType(Struct, frozen=True):
    """`raw` is the declared text; `name` what the engine prints (PostgreSQL: without length, `[]` for arrays; SQLite: as declared).

    `family` compares across engines; "array" has its element's type name in `element`. `length` is n of varchar(n), bytes or
    characters as the engine counts. An empty raw text is SQLite's column without a type.
    """

    raw: str
    name: str
    family: Family
    length: int | None = None
    element: str = ""

    @property
    def is_known(self) -> bool:
        return self.family not in ("unknown", "other")


UNKNOWN = ColumnType("", "", "unknown")


def parse_type(raw: str, dialect: Dialect) -> ColumnType:
    """The type a declared text means; family "unknown" for names no built-in has (an enum, a domain, an extension's type)."""
    text = " ".join(raw.split())
    if dialect == "sqlite":
        return _sqlite(text)
    shape = _SHAPE.match(text)
    if shape is None:
        return ColumnType(text, text.lower(), "unknown")
    head = " ".join(f"{shape['head']} {shape['tail'] or ''}".lower().split())
    length = _length(shape["args"])
    if dialect == "mysql":
        return _mysql(text, head, length)
    head = head.removeprefix("pg_catalog.")
    quoted = (shape["head"] or shape["tail"] or "").strip().rpartition(".")[2].strip('"')
    name, family = _POSTGRES.get(head, (quoted if '"' in text else head, "unknown"))
    if shape["array"]:
        return ColumnType(text, f"{name}[]", "array", length, name)
    if head.startswith("interval"):
        name, family = "interval", "interval"
    return ColumnType(text, name, family, length if family == "text" else None)


def _length(args: str | None) -> int | None:
    first = (args or "").split(",")[0].strip()
    return int(first) if first.isdigit() else None


def _mysql(text: str, head: str, length: int | None) -> ColumnType:
    words = [word for word in head.split() if word not in ("unsigned", "zerofill", "signed", "binary")] or head.split()
    name = " ".join(words).split(" character set")[0]
    family = _MYSQL.get(name, _MYSQL.get(name.split(" ")[0], "unknown"))
    if name == "tinyint" and length == 1:
        family = "bool"
    return ColumnType(text, text.lower(), family, length if family == "text" else None)


def _sqlite(text: str) -> ColumnType:
    """The affinity rules decide what is stored; well-known declared names say what drivers make of it."""
    upper = text.upper()
    length = _length(text.partition("(")[2].rstrip(")"))
    word = upper.partition("(")[0].strip()
    if word in ("BOOLEAN", "BOOL"):
        return ColumnType(text, text, "bool")
    if word in ("DATETIME", "TIMESTAMP"):
        return ColumnType(text, text, "timestamp")
    if word in ("DATE", "TIME"):
        return ColumnType(text, text, "date" if word == "DATE" else "time")
    if word in ("JSON", "JSONB"):
        return ColumnType(text, text, "json")
    if "INT" in upper:
        return ColumnType(text, text, "int")
    if any(part in upper for part in ("CHAR", "CLOB", "TEXT")):
        return ColumnType(text, text, "text", length)
    if not upper:
        return ColumnType(text, text, "unknown")
    if "BLOB" in upper:
        return ColumnType(text, text, "bytes")
    if any(part in upper for part in ("REAL", "FLOA", "DOUB")):
        return ColumnType(text, text, "float")
    return ColumnType(text, text, "decimal" if word in ("NUMERIC", "DECIMAL") else "unknown")
