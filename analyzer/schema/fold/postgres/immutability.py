"""What PostgreSQL does not take in an index: expressions whose value depends on more than the row.

What comes in: an expression's text and the columns of its table. What goes out: the piece that is not IMMUTABLE, or None where none is known. The
names are functions of pg_catalog of which no overload is immutable (`SELECT proname FROM pg_proc GROUP BY 1 HAVING NOT bool_or(provolatile = 'i')`),
and the casts those that CREATE INDEX refused, both in PostgreSQL 18. Functions that the schema defines are not known. This module does not know SQL's
grammar: it reads words in their order.
"""

import re

from analyzer.catalog.table import Column, Table
from analyzer.sql.scan import scan

_KEYWORDS = frozenset({
    "current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "current_user", "session_user",
    "current_role", "current_catalog", "current_schema",
})  # fmt: skip
_FUNCTIONS = frozenset({
    "now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday", "random", "random_normal", "gen_random_uuid",
    "uuidv4", "uuidv7", "nextval", "currval", "lastval", "setval", "txid_current", "current_setting", "set_config", "current_database",
    "to_char", "to_date", "to_number", "concat", "concat_ws", "format", "array_to_string", "array_to_json", "row_to_json", "to_json", "to_jsonb",
    "json_build_object", "jsonb_build_object", "json_build_array", "jsonb_build_array", "make_timestamptz", "pg_typeof", "version",
})  # fmt: skip
_TEXTS = frozenset({"text", "varchar"})
_WORDS = _TEXTS | {"citext"}
# The family of a column -> the types a cast to which depends on the session.
_CASTS: dict[str, frozenset[str]] = {
    "timestamptz": frozenset({"date", "time", "timestamp"}) | _TEXTS,
    "timestamp": frozenset({"timestamptz"}) | _TEXTS,
    "date": frozenset({"timestamptz"}) | _TEXTS,
    "text": frozenset({"date", "timestamp", "timestamptz"}),
    "enum": _TEXTS,
}
# Functions of one zoned time stamp alone; date_trunc takes its unit before, extract too.
_OF_ZONED = re.compile(
    r"date \( (?P<a>\S+) \)|date_trunc \( \S+ , (?P<b>\S+) \)|extract \( \S+ from (?P<c>\S+) \)|date_part \( \S+ , (?P<d>\S+) \)"
)
_CAST = re.compile(r"(?<!\S)(?:\( (?P<a>[^\s()]+) \)|(?P<b>[^\s()]+)) :: (?P<type>[a-z]+)(?! with)(?!\S)")
_CALL = re.compile(r"(?<!\S)cast \( (?P<a>[^\s()]+) as (?P<type>[a-z]+) \)")


def unstable(sql: str, families: dict[str, str], defined: frozenset[str]) -> str | None:
    """The first piece that is not IMMUTABLE. `families` maps the table's folded column names to their types'; `defined` are functions of its schema."""
    words = _words(sql)
    for at, word in enumerate(words):
        called = at + 1 < len(words) and words[at + 1] == "("
        own = at > 0 and words[at - 1] == "." and words[at - 2 : at - 1] != ["pg_catalog"]
        if own or word in defined:
            continue
        if word in _KEYWORDS or (called and word in _FUNCTIONS):
            return f"{word}()" if called else word
    text = " ".join(words)
    for pattern in (_CAST, _CALL):
        for match in pattern.finditer(text):
            name = next(filter(None, (match.groupdict().get(group) for group in "ab")), "")
            if match["type"] in _CASTS.get(families.get(name, ""), frozenset()):
                return f"{name}::{match['type']}"
    for match in _OF_ZONED.finditer(text):
        name = next(filter(None, match.groups()), "")
        if families.get(name) == "timestamptz":
            return f"{match[0].partition(' ')[0]}({name})"
    return None


def _words(sql: str) -> list[str]:
    """Words in lower case, quoted names without their quotes, strings as one mark."""
    words = []
    for token in scan(sql, "postgres"):
        raw = sql[token.start : token.end]
        if token.kind == "quoted":
            words.append(raw[1:-1].replace(" ", "_"))
        elif token.kind == "string":
            words.append("''")
        elif token.kind != "comment":
            words.append(raw.lower())
    return words


def families_of(table: Table, kinds: dict[str, str]) -> dict[str, str]:
    """Columns of a table with the family of their types; `kinds` says what named types are."""
    return {column.name: kinds.get(column.type.name, _family(column)) for column in table.columns if column.certain}


def _family(column: Column) -> str:
    return "" if column.type.name in _WORDS - _TEXTS or "[" in column.type.raw else column.type.family
