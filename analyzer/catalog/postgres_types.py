"""PostgreSQL's spelling of types: what a declared text names, and the text that `format_type` prints for it.

What comes in: a declared text. What goes out: its parts, or the printed text. Sources: PostgreSQL's documentation, chapter 8 (names, aliases,
implied lengths); `format_type_extended` (src/backend/utils/adt/format_type.c) and `quote_identifier` (ruleutils.c). This module does not know
which types exist.
"""

import re

from msgspec import Struct

_TOKEN = re.compile(r'"(?:[^"]|"")*"|[\w$]+|[^\s]')
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")
# Words that `quote_identifier` quotes: `pg_get_keywords()` without category U, of those that name a type somebody may make.
_KEYWORDS = frozenset(
    """all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check
    coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join json
    lateral leading least left like limit localtime localtimestamp national natural nchar none normalize not notnull null nullif numeric offset on
    only or order out outer overlaps overlay placing position precision primary real references returning right row select session_user setof
    similar smallint some substring symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique user
    using values varchar variadic verbose when where window with""".split()  # noqa: SIM905 - a list of words reads best as words
)
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "to"})


class Declared(Struct, frozen=True):
    """`head` is in lower case but where it was quoted; `modifier` stands behind it with its parentheses; `fields` are an interval's."""

    head: str
    namespace: str = ""
    modifier: str = ""
    fields: str = ""
    array: bool = False
    quoted: bool = False


def declared(raw: str) -> Declared:
    """The parts of a declared type; what is not understood stays in `head`."""
    tokens = _TOKEN.findall(raw)
    tokens, array = _without_array(tokens)
    tokens, modifier = _without_modifier(tokens)
    namespace = ""
    while len(tokens) > 2 and tokens[1] == ".":
        namespace, tokens = _unquoted(tokens[0]), tokens[2:]
    quoted = len(tokens) == 1 and tokens[0].startswith('"')
    words = [_unquoted(token) for token in tokens]
    fields = ""
    if words[:1] == ["interval"]:
        fields = " ".join(words[1:]) if _FIELDS.issuperset(words[1:]) else ""
        words = words[:1] if fields else words
    return Declared(" ".join(words), namespace, modifier, fields, array, quoted)


def _without_array(tokens: list[str]) -> tuple[list[str], bool]:
    array = False
    while tokens and tokens[-1] == "]" and "[" in tokens:
        at = len(tokens) - 1 - tokens[::-1].index("[")
        tokens, array = tokens[:at], True
    if len(tokens) > 1 and tokens[-1].lower() == "array":
        return tokens[:-1], True
    return tokens, array


def _without_modifier(tokens: list[str]) -> tuple[list[str], str]:
    if "(" not in tokens or ")" not in tokens:
        return tokens, ""
    start, end = tokens.index("("), len(tokens) - 1 - tokens[::-1].index(")")
    return tokens[:start] + tokens[end + 1 :], "".join(tokens[start : end + 1])


def _unquoted(token: str) -> str:
    return token[1:-1].replace('""', '"') if token[:1] == '"' else token.lower()


def quoted(name: str) -> str:
    """A name as PostgreSQL prints it: in quotes where it could not be written without."""
    if _PLAIN.match(name) and name not in _KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def printed(name: str, modifier: str) -> str:
    """A built-in type's canonical name with its modifier where `format_type` puts it: in front of `without time zone` and `[]`."""
    base, array = (name[:-2], "[]") if name.endswith("[]") else (name, "")
    head, space, zone = base.partition(" with")
    if modifier.startswith(" "):
        return f"{base}{modifier}{array}"
    return f"{head}{modifier}{space}{zone}{array}"
