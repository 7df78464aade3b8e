"""better-sqlite3 and the drivers with its interface (node:sqlite, bun:sqlite, Cloudflare D1): what their `.scm` cannot say.

What comes in: a Site. What goes out: Queries. Source: the API pages named in the `.scm`. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.rows import row_of, type_arguments
from analyzer.extract.javascript.statements import prepared
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Query, Row
from analyzer.facts.text import Text

_DRIVER = "better_sqlite3"


def refine(site: Site) -> Iterator[Query]:
    given = calls.values(site.captures["query"][0])
    if not given or not calls.is_driver(site, _DRIVER):
        return
    match text_of(site.captures["_method"][0]):
        case "prepare":
            yield from _prepared(site, given[0], row=_result(site, last=True))
        case "query" if b"bun:sqlite" in site.source.content:
            yield from _prepared(site, given[0], row=_result(site, last=False))
        case "exec":
            yield from _script(site, given[0])
        case "pragma" if calls.is_handle(site, shared=True):
            yield _pragma(site, given[0])


def _prepared(site: Site, sql: Node, row: Row | None) -> Iterator[Query]:
    text = site.scope.text(sql)
    if calls.is_plausible(site, text, _DRIVER):
        yield prepared(site, _DRIVER, text, row)


def _result(site: Site, *, last: bool) -> Row | None:
    """better-sqlite3 `prepare<Parameters, Row>`, bun `query<Row, Parameters>`."""
    types = type_arguments(site.captures["query"][0])
    if last:
        return row_of(types[1], site) if len(types) > 1 else None
    return row_of(types[0], site) if types else None


def _script(site: Site, sql: Node) -> Iterator[Query]:
    text = site.scope.text(sql)
    # `exec` is a method of regular expressions and of shells, but not of anything else that is called `db`.
    if calls.is_plausible(site, text, _DRIVER, shared=calls.handle(site) not in ("db", "database")):
        query = make_query(site, _DRIVER, site.captures["query"][0], text, dialect="sqlite")
        yield msgspec.structs.replace(query, operation="script")


def _pragma(site: Site, source: Node) -> Query:
    """`db.pragma("foreign_keys = ON")` runs `PRAGMA foreign_keys = ON`."""
    text = site.scope.text(source)
    word = LiteralPart("PRAGMA ", text.span, tuple((index, text.span.start) for index in range(7)))
    return make_query(site, _DRIVER, site.captures["query"][0], Text(text.span, (word, *text.parts)), dialect="sqlite")


FRAMEWORKS = (
    Framework(
        name=_DRIVER,
        languages=("javascript", "typescript", "tsx"),
        dependencies=calls.PACKAGES[_DRIVER],
        tokens=(b"better-sqlite3", b"node:sqlite", b"bun:sqlite", b"D1Database"),
        dialect="sqlite",
        refine=refine,
    ),
)
