"""Drizzle's column builders: the SQL type that each makes of its options, and the type of its values in TypeScript.

What comes in: a dialect, a builder's name, its options. What goes out: text. Source: drizzle-orm 0.45, `getSQLType` of src/pg-core/columns,
src/mysql-core/columns, src/sqlite-core/columns; https://orm.drizzle.team/docs/column-types/pg. This module does not know the source code.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from analyzer.facts.source import Dialect

Value = str | int | float | bool | None


class Kind(Struct, frozen=True):
    """A builder. In `sql`, `[a, b]` is the bracketed values of the options that are given, without the first nothing; `{a: words}` are words that stand
    where an option is true, `{a}` is an option's value. `host` is the type of values, `modes` those of another `mode`.
    """

    sql: str
    host: str
    modes: Mapping[str, str] = {}


_STRING_NUMBERS = {"number": "number", "bigint": "bigint"}
_DATES = {"string": "string", "date": "Date"}
_WHOLE = "{unsigned: unsigned}"

POSTGRES: Mapping[str, Kind] = {
    "bigint": Kind("bigint", "bigint", _STRING_NUMBERS),
    "bigserial": Kind("bigserial", "bigint", _STRING_NUMBERS),
    "bit": Kind("bit[dimensions]", "string"),
    "boolean": Kind("boolean", "boolean"),
    "bytea": Kind("bytea", "Buffer"),
    "char": Kind("char[length]", "string"),
    "cidr": Kind("cidr", "string"),
    "date": Kind("date", "string", _DATES),
    "decimal": Kind("numeric[precision, scale]", "string", _STRING_NUMBERS),
    "doublePrecision": Kind("double precision", "number"),
    "geometry": Kind("geometry(point)", ""),
    "halfvec": Kind("halfvec[dimensions]", "number[]"),
    "inet": Kind("inet", "string"),
    "integer": Kind("integer", "number"),
    "interval": Kind("interval{fields}[precision]", "string"),
    "json": Kind("json", ""),
    "jsonb": Kind("jsonb", ""),
    "line": Kind("line", ""),
    "macaddr": Kind("macaddr", "string"),
    "macaddr8": Kind("macaddr8", "string"),
    "numeric": Kind("numeric[precision, scale]", "string", _STRING_NUMBERS),
    "point": Kind("point", ""),
    "real": Kind("real", "number"),
    "serial": Kind("serial", "number"),
    "smallint": Kind("smallint", "number"),
    "smallserial": Kind("smallserial", "number"),
    "sparsevec": Kind("sparsevec[dimensions]", "string"),
    "text": Kind("text", "string"),
    "time": Kind("time[precision]{withTimezone: with time zone}", "string"),
    "timestamp": Kind("timestamp[precision]{withTimezone: with time zone}", "Date", _DATES),
    "uuid": Kind("uuid", "string"),
    "varchar": Kind("varchar[length]", "string"),
    "vector": Kind("vector[dimensions]", "number[]"),
}
MYSQL: Mapping[str, Kind] = {
    "bigint": Kind(f"bigint{_WHOLE}", "bigint", _STRING_NUMBERS),
    "binary": Kind("binary[length]", "string"),
    "boolean": Kind("boolean", "boolean"),
    "char": Kind("char[length]", "string"),
    "date": Kind("date", "Date", _DATES),
    "datetime": Kind("datetime[fsp]", "Date", _DATES),
    "decimal": Kind(f"decimal[precision, scale]{_WHOLE}", "string", _STRING_NUMBERS),
    "double": Kind(f"double[precision, scale]{_WHOLE}", "number"),
    "float": Kind(f"float[precision, scale]{_WHOLE}", "number"),
    "int": Kind(f"int{_WHOLE}", "number"),
    "json": Kind("json", ""),
    "longtext": Kind("longtext", "string"),
    "mediumint": Kind(f"mediumint{_WHOLE}", "number"),
    "mediumtext": Kind("mediumtext", "string"),
    "real": Kind("real[precision, scale]", "number"),
    "serial": Kind("serial", "number"),
    "smallint": Kind(f"smallint{_WHOLE}", "number"),
    "text": Kind("text", "string"),
    "time": Kind("time[fsp]", "string"),
    "timestamp": Kind("timestamp[fsp]", "Date", _DATES),
    "tinyint": Kind(f"tinyint{_WHOLE}", "number"),
    "tinytext": Kind("tinytext", "string"),
    "varbinary": Kind("varbinary[length]", "string"),
    "varchar": Kind("varchar[length]", "string"),
    "year": Kind("year", "number"),
}
_INTEGER = Kind("integer", "number", {"timestamp": "Date", "timestamp_ms": "Date", "boolean": "boolean"})
SQLITE: Mapping[str, Kind] = {
    "blob": Kind("blob", "Buffer", {"json": "", "bigint": "bigint"}),
    "int": _INTEGER,
    "integer": _INTEGER,
    "numeric": Kind("numeric", "string", _STRING_NUMBERS),
    "real": Kind("real", "number"),
    "text": Kind("text[length]", "string", {"json": ""}),
}
BUILDERS: Mapping[Dialect, Mapping[str, Kind]] = {"postgres": POSTGRES, "mysql": MYSQL, "sqlite": SQLITE}

_LIST, _WORDS, _VALUE = re.compile(r"\[([a-z, ]+)\]"), re.compile(r"\{(\w+): ([^}]+)\}"), re.compile(r"\{(\w+)\}")


def written(kind: Kind, options: Mapping[str, Value]) -> str:
    """The SQL type of a builder with its options."""

    def listed(match: re.Match[str]) -> str:
        names = match[1].split(", ")
        given = [str(options[name]) for name in names if options.get(name) is not None]
        return f"({', '.join(given)})" if options.get(names[0]) is not None else ""

    text = _WORDS.sub(lambda match: f" {match[2]}" if options.get(match[1]) is True else "", kind.sql)
    text = _VALUE.sub(lambda match: f" {options[match[1]]}" if isinstance(options.get(match[1]), str) else "", text)
    # SQLite's text of JSON takes no length.
    return _LIST.sub(lambda match: "" if options.get("mode") == "json" else listed(match), text)


def host_of(kind: Kind, options: Mapping[str, Value]) -> str:
    """The TypeScript type of its values, "" where that is the code's to say."""
    return kind.modes.get(str(options.get("mode")), kind.host)
