"""With which words do the statements of a SQL file begin? Enough to tell a schema from queries and from data.

What comes in: the bytes of a SQL file. What goes out: the set of statement kinds. This module does not parse.
"""

import re

from msgspec import Struct

from analyzer.sql.scan import scan

# A dump of megabytes says what it is long before its end.
_HEAD = 65_536
_WORDS = 5
_DEFINED = frozenset(
    {"table", "view", "type", "index", "function", "trigger", "domain", "sequence", "procedure", "materialized"}
)
_QUERIES = frozenset({"select", "with", "insert", "update", "delete", "merge", "replace", "values", "call", "explain"})
_TEMPORARY = frozenset({"temp", "temporary"})
_LATE_TABLE = re.compile(rb"^create[ \t]+(?:unlogged[ \t]+)?table\b", re.IGNORECASE | re.MULTILINE)
_NAMED_QUERY = re.compile(rb"^--[ \t]*name[ \t]*:", re.MULTILINE)


class Contents(Struct, frozen=True):
    """What a SQL file holds: definitions, queries, only rows without parameters; or queries with names (sqlc, aiosql, yesql)."""

    defines: bool = False
    creates_table: bool = False
    queries: bool = False
    only_inserts: bool = False
    named: bool = False


def contents_of(content: bytes) -> Contents:
    """The contents of a SQL file, judged by its first 64 kB."""
    head = content[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    starts, has_parameters = _starts(head)
    # In a template the tag is the first word of the statement behind it.
    late = 0 if "{%" in head else _HEAD
    lasting = [words for words in starts if words[0] == "create" and not _TEMPORARY.intersection(words)]
    creates_table = any("table" in words[:4] for words in lasting) or _LATE_TABLE.search(content, late) is not None
    first = {words[0] for words in starts}
    return Contents(
        defines=creates_table or "alter" in first or any(_DEFINED.intersection(words) for words in lasting),
        creates_table=creates_table,
        queries=bool(first & _QUERIES),
        only_inserts=first - {"set", "begin", "commit", "pragma", "start", "delete", "truncate"} == {"insert"}
        and not has_parameters,
        named=_NAMED_QUERY.search(content, 0, _HEAD) is not None,
    )


def _starts(sql: str) -> tuple[list[tuple[str, ...]], bool]:
    """The first words of each statement, lower-case, and whether any statement has a placeholder."""
    starts: list[tuple[str, ...]] = []
    words: list[str] = []
    has_parameters = False
    for token in scan(sql, "postgres"):
        if token.kind == "word" and len(words) < _WORDS:
            words.append(sql[token.start : token.end].lower())
        elif token.kind == "placeholder":
            has_parameters = True
        elif token.kind == "punctuation" and sql[token.start] == ";":
            starts.append(tuple(words))
            words = []
    starts.append(tuple(words))
    return [each for each in starts if each], has_parameters
