"""Column types: the declared text beside the engine's canonical name and a family that two engines' types can share.

Sources of the tables: PostgreSQL's documentation, chapter 8 (names and aliases; `format_type` prints the canonical one);
"Datatypes In SQLite", section 3.1 (affinity of a declared type); MySQL's reference manual, chapter 13.
"""

import re
from typing import Literal

from msgspec import Struct

from analyzer.catalog.postgres_types import declared, printed, quoted
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
    "national character varying": ("character varying", "text"), "national char varying": ("character varying", "text"),
    "nchar varying": ("character varying", "text"), "national character": ("character", "text"), "national char": ("character", "text"),
    "bpchar": ("bpchar", "text"), "nchar": ("character", "text"), "name": ("name", "text"), "citext": ("citext", "text"),
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
    "int4multirange": ("int4multirange", "other"), "int8multirange": ("int8multirange", "other"), "nummultirange": ("nummultirange", "other"),
    "tsmultirange": ("tsmultirange", "other"), "tstzmultirange": ("tstzmultirange", "other"), "datemultirange": ("datemultirange", "other"),
    "box": ("box", "other"), "circle": ("circle", "other"), "line": ("line", "other"), "lseg": ("lseg", "other"), "path": ("path", "other"),
    "polygon": ("polygon", "other"), "pg_lsn": ("pg_lsn", "other"), "xid": ("xid", "other"), "xid8": ("xid8", "other"), "jsonpath": ("jsonpath", "other"),
    "regproc": ("regproc", "other"), "regtype": ("regtype", "other"), "regrole": ("regrole", "other"), "regnamespace": ("regnamespace", "other"),
}  # fmt: skip

_PRINTED = frozenset({name for name, _ in _POSTGRES.values()} | {'"char"'})

_MYSQL: dict[str, Family] = {
    "tinyint": "int", "smallint": "int", "mediumint": "int", "int": "int", "integer": "int", "bigint": "int", "serial": "int", "year": "int",
    "bit": "int", "float": "float", "double": "float", "double precision": "float", "real": "float", "decimal": "decimal",
    "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "char": "text", "varchar": "text", "tinytext": "text", "text": "text",
    "mediumtext": "text", "longtext": "text", "set": "text", "enum": "enum", "binary": "bytes", "varbinary": "bytes", "tinyblob": "bytes",
    "blob": "bytes", "mediumblob": "bytes", "longblob": "bytes", "json": "json", "date": "date", "datetime": "timestamp",
    "timestamp": "timestamptz", "time": "time", "bool": "bool", "boolean": "bool", "uuid": "uuid",
}  # fmt: skip

# MySQL's types.
_SHAPE = re.compile(
    r"^(?P<head>[^()\[\]]*?)\s*(?:\((?P<args>[^()]*)\))?\s*(?P<tail>[^()\[\]]*?)\s*(?P<array>(?:\[\s*\d*\s*\])+|\barray\b(?:\[\d*\])?)?$",
    re.IGNORECASE | re.DOTALL,
)


class ColumnType(Struct, frozen=True):
    """`raw` is the declared text; `name` what the engine prints (PostgreSQL: without length, `[]` for arrays; SQLite: as declared).

    `family` compares across engines; "array" has its element's type name in `element`. `length` is n of varchar(n), bytes or
    characters as the engine counts. An empty raw text is SQLite's column without a type. `modifier` is what PostgreSQL prints behind the
    name's first words: `(10,2)`, ` day to second`; `namespace` is set for a type somebody made outside the default one.
    """

    raw: str
    name: str
    family: Family
    length: int | None = None
    element: str = ""
    modifier: str = ""
    namespace: str = ""

    @property
    def is_known(self) -> bool:
        return self.family not in ("unknown", "other")


UNKNOWN = ColumnType("", "", "unknown")


def parse_type(raw: str, dialect: Dialect) -> ColumnType:
    """The type a declared text means; family "unknown" for names no built-in has (an enum, a domain, an extension's type)."""
    text = " ".join(raw.split())
    if dialect == "sqlite":
        return _sqlite(text)
    if dialect == "postgres":
        return _postgres(text)
    shape = _SHAPE.match(text)
    if shape is None:
        return ColumnType(text, text.lower(), "unknown")
    head = " ".join(f"{shape['head']} {shape['tail'] or ''}".lower().split())
    return _mysql(text, head, _length(shape["args"]))


def format_type(type_: ColumnType) -> str:
    """PostgreSQL's own text of a type, with its modifiers; "" where none is known."""
    base = type_.name.removesuffix("[]")
    if type_.namespace or base not in _PRINTED:
        head = quoted(type_.namespace) + "." + quoted(base) if type_.namespace else base and quoted(base)
        return printed(type_.name.replace(base, head) if base else "", type_.modifier)
    return printed(type_.name, type_.modifier)


def _postgres(text: str) -> ColumnType:
    parts = declared(text)
    own = parts.namespace in ("", "pg_catalog") or parts.head == "citext"
    name, family = _POSTGRES.get(parts.head, (parts.head, "unknown")) if own else (parts.head, "unknown")
    if parts.quoted and parts.head == "char":
        name, family = '"char"', "text"
    length = _length(parts.modifier.strip("()"))
    name, modifier = _modified(name, parts.head, parts.modifier, length)
    namespace = "" if own or parts.namespace == "public" else parts.namespace
    if parts.fields:
        modifier = f" {parts.fields}{modifier}"
    if parts.array:
        return ColumnType(text, f"{name}[]", "array", length, name, modifier, namespace)
    return ColumnType(text, name, family, length if family == "text" else None, "", modifier, namespace)


def _modified(name: str, head: str, modifier: str, length: int | None) -> tuple[str, str]:
    """Sections 8.1.2, 8.1.3, 8.3 and 8.10: what a missing or short modifier means."""
    if head == "float" and length is not None:
        return ("real" if length < 25 else "double precision"), ""
    if head == "bpchar" and modifier:
        return "character", modifier
    if name in ("character", "bit") and not modifier:
        return name, "(1)"
    if name == "numeric" and modifier and "," not in modifier:
        return name, modifier.replace(")", ",0)")
    return name, modifier


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
