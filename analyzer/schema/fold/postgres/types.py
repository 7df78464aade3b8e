"""Which of PostgreSQL's own types go together in a foreign key, and which become one another without USING.

Both tables were taken from PostgreSQL 18: every pair of types was tried, the first with `CREATE TABLE ... REFERENCES` (which wants an equality
operator, in pg_amop, and an implicit cast, in pg_cast), the second with `ALTER COLUMN ... TYPE` on an empty table (which wants an assignment cast,
or the text form of a value). A domain is as its base. This module does not know schemas but to look up a type's name.
"""

from analyzer.catalog.schema import Schema
from analyzer.catalog.types import ColumnType

_TEXTS = frozenset({"character", "character varying", "name", "text"})
_NUMBERS = frozenset({"bigint", "integer", "numeric", "real", "double precision", "smallint"})
_TIMES = frozenset({"date", "timestamp with time zone", "timestamp without time zone"})

# The key's type -> the types of columns that may refer to it, beside its own.
_REFERRING: dict[str, frozenset[str]] = {
    "bigint": frozenset({"integer", "smallint"}),
    "integer": frozenset({"bigint", "smallint"}),
    "smallint": frozenset({"bigint", "integer"}),
    "numeric": frozenset({"bigint", "integer", "smallint"}),
    "real": _NUMBERS,
    "double precision": _NUMBERS,
    "oid": frozenset({"bigint", "integer", "regclass", "smallint"}),
    "regclass": frozenset({"bigint", "integer", "oid", "smallint"}),
    "bit": frozenset({"bit varying"}),
    "bit varying": frozenset({"bit"}),
    "character": _TEXTS,
    "character varying": _TEXTS,
    "text": _TEXTS,
    "name": _TEXTS,
    "cidr": frozenset({"inet"}),
    "inet": frozenset({"cidr"}),
    "macaddr": frozenset({"macaddr8"}),
    "macaddr8": frozenset({"macaddr"}),
    "date": _TIMES,
    "timestamp with time zone": _TIMES,
    "timestamp without time zone": _TIMES,
    "interval": frozenset({"time without time zone"}),
    "time with time zone": frozenset({"time without time zone"}),
} | {name: frozenset[str]() for name in ("boolean", "bytea", "daterange", "int4range", "int8range", "jsonb", "money")} | {
    name: frozenset[str]() for name in ("numrange", "time without time zone", "tsrange", "tstzrange", "uuid")
}  # fmt: skip

# A column's type -> the types that its values take without USING, beside its own and those of text.
_BECOMING: dict[str, frozenset[str]] = {
    "bigint": _NUMBERS | {"money", "oid", "regclass"},
    "integer": _NUMBERS | {"money", "oid", "regclass"},
    "smallint": _NUMBERS | {"oid", "regclass"},
    "numeric": _NUMBERS | {"money"},
    "real": _NUMBERS,
    "double precision": _NUMBERS,
    "money": frozenset({"numeric"}),
    "oid": frozenset({"bigint", "integer", "regclass"}),
    "regclass": frozenset({"bigint", "integer", "oid"}),
    "bit": frozenset({"bit varying"}),
    "bit varying": frozenset({"bit"}),
    "character varying": frozenset({"regclass"}),
    "text": frozenset({"regclass"}),
    "character": frozenset(),
    "name": frozenset(),
    "cidr": frozenset({"inet"}),
    "inet": frozenset({"cidr"}),
    "macaddr": frozenset({"macaddr8"}),
    "macaddr8": frozenset({"macaddr"}),
    "date": _TIMES,
    "timestamp with time zone": _TIMES | {"time with time zone", "time without time zone"},
    "timestamp without time zone": _TIMES | {"time without time zone"},
    "time with time zone": frozenset({"time without time zone"}),
    "time without time zone": frozenset({"interval", "time with time zone"}),
    "interval": frozenset({"time without time zone"}),
    "json": frozenset({"jsonb"}),
    "jsonb": frozenset({"json"}),
} | {name: frozenset[str]() for name in ("boolean", "bytea", "daterange", "int4range", "int8range", "numrange", "point")} | {
    name: frozenset[str]() for name in ("tsquery", "tsrange", "tstzrange", "tsvector", "uuid", "xml")
}  # fmt: skip
_ENUM = "enum "


def may_refer(schema: Schema, type_: ColumnType, key: ColumnType) -> bool:
    """True where a column of the first type may refer to a key of the second, or it is not known."""
    name, target = _name(schema, type_), _name(schema, key)
    if name is None or target is None or name == target:
        return True
    return not target.startswith(_ENUM) and name in _REFERRING.get(target, frozenset({name}))


def becomes(schema: Schema, type_: ColumnType, to: ColumnType) -> bool:
    """True where a column's values become the other type without USING, or it is not known."""
    name, target = _name(schema, type_), _name(schema, to)
    if name is None or target is None or name == target:
        return True
    return target in _TEXTS or target in _BECOMING.get(name, frozenset())


def _name(schema: Schema, type_: ColumnType) -> str | None:
    """The type's canonical name, a domain's base for it; None for arrays, and for types that something else defines."""
    if type_.family == "array":
        return None
    if type_.name in _BECOMING:
        return type_.name
    enum, domain = schema.enum(type_.name), schema.type(type_.name)
    if type_.family != "unknown" or schema.is_tainted(type_.name) or (enum is not None and domain is not None):
        return None
    if enum is not None:
        return f"{_ENUM}{enum.namespace}.{enum.name}"
    return _name(schema, domain.base) if domain is not None and domain.base is not None else None
