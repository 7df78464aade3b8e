"""Files of plain SQL queries: each statement is a query site of its own.

What comes in: a Source of SQL with its dialect. What goes out: its facts, with its statements as queries. `check` does not ask for
this: of a repository's SQL files nobody knows who runs them. This module does not know schemas.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.extract import extract
from analyzer.extract.scripts import script_text
from analyzer.facts.file import FileFacts
from analyzer.facts.query import Query
from analyzer.facts.source import Dialect, Source
from analyzer.sql.splitting import split


def extract_queries(source: Source, dialect: Dialect) -> FileFacts:
    """The facts of a file whose statements are all queries in one dialect."""
    return msgspec.structs.replace(extract(source), queries=tuple(_queries(source, dialect)))


def _queries(source: Source, dialect: Dialect) -> Iterator[Query]:
    sql = source.content.decode("utf-8", "surrogateescape")
    at, passed = 0, 0
    for first, last in split(sql, dialect):
        at += len(sql[passed:first].encode("utf-8", "surrogateescape"))
        end = at + len(sql[first:last].encode("utf-8", "surrogateescape"))
        text = script_text(source, at, end)
        if text.parts:
            yield Query(text.span, text, "sql", dialect_hint=dialect)
        at, passed = end, last
