"""Sites of Diesel: the calls that run a chain.

What comes in: a Site of `.load(conn)`, `.first(conn)`, `.execute(conn)` and the like. What goes out: one Query, none where the chain is not Diesel's.
Sources: docs.rs/diesel and docs.rs/diesel_async, `RunQueryDsl`, `SimpleConnection`. This module does not know what chains mean.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.diesel.chains import chains
from analyzer.extract.frameworks.diesel.rows import row_of
from analyzer.extract.frameworks.diesel.statement import Statement
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.rust.items import named
from analyzer.extract.scope import Scope
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.entities import StarPart
from analyzer.facts.part.written import HolePart, NamePart
from analyzer.facts.query import Arguments, Query
from analyzer.facts.text import Text

_CONNECTION = re.compile(r"(?i)conn|\b\w*(?:db|pool|tx|trx|transaction|pg)\b|\bc$")
# Calls that leave no doubt that a chain of unknown beginning is a query.
_DSL = frozenset(
    {
        "filter",
        "select",
        "inner_join",
        "left_join",
        "order",
        "order_by",
        "limit",
        "offset",
        "into_boxed",
        "find",
        "returning",
        "on_conflict",
    }
    | {"group_by", "distinct", "then_order_by", "left_outer_join", "set", "values", "distinct_on"}
)
_LONGEST = 40
_RETURNS = frozenset({"get_result", "get_results", "load", "first", "load_stream", "load_iter"})


# A file that names the types of one engine alone talks to that engine.
_ENGINES = {
    "postgres": (b"PgConnection", b"diesel::pg::"),
    "sqlite": (b"SqliteConnection", b"diesel::sqlite::"),
    "mysql": (b"MysqlConnection", b"diesel::mysql::"),
}


def refine(site: Site) -> Iterator[Query]:
    dialect = _engine(site.source.content)
    for query in _queries(site):
        yield msgspec.structs.replace(query, dialect_hint=dialect)


@lru_cache(maxsize=1)
def _engine(content: bytes) -> str:
    found = [dialect for dialect, names_ in _ENGINES.items() if any(name in content for name in names_)]
    return found[0] if len(found) == 1 else ""


def _queries(site: Site) -> Iterator[Query]:
    call = site.captures["query"][0]
    method = names.called(call)
    if method is None:
        return
    value, name, given, _ = method
    if name == "batch_execute":
        yield from _script(site, call, given)
        return
    if len(given) != 1 or not _CONNECTION.search(text_of(given[0])[:120]):
        return
    found = chains(site.scope).statement(value)
    if found is None or (not found.source and found.raw is None and found.selected is None):
        yield from _unknown(site, call, value)
        return
    if found.why == "function" and not _is_likely(value) and not _is_own(value, site.scope):
        return
    yield _query(site, call, name, found)


def _query(site: Site, call: Node, name: str, found: Statement) -> Query:
    if name == "first":
        found.limited.setdefault("LIMIT", (found.say("1"),))
    if (
        name in _RETURNS
        and found.returned is None
        and found.verb in ("insert", "update", "delete", "replace", "ignore")
    ):
        found.returned = _everything(found)
    text = Text(site.scope.structure.span(call), found.parts())
    raw = found.raw is not None
    query = make_query(site, "diesel", call, text, arguments=Arguments(complete=not raw))
    row = row_of(site, call, name, by_name=raw)
    why = found.why if found.why == "dynamic-table" else ""
    return msgspec.structs.replace(query, row=row, built=not raw, why=why)


def _everything(found: Statement) -> tuple[StarPart | NamePart, ...] | None:
    if found.others:
        return (StarPart(found.span, found.others[0], listed=True),)
    named = [part for part in found.source if isinstance(part, NamePart)]
    return (NamePart(named[0].name.replace(".#table", ".#all"), named[0].span),) if named else None


def _script(site: Site, call: Node, given: list[Node]) -> Iterator[Query]:
    """`conn.batch_execute("..")` sends a text as it is."""
    if len(given) == 1:
        query = make_query(site, "diesel", call, site.scope.text(given[0]))
        yield msgspec.structs.replace(query, operation="script")


def _unknown(site: Site, call: Node, value: Node) -> Iterator[Query]:
    """A chain whose beginning is a parameter, or what some other code gives."""
    if _is_likely(value) or _is_own(value, site.scope):
        span = site.scope.structure.span(call)
        query = make_query(site, "diesel", call, Text(span, (HolePart(span, UnknownOrigin()),)), arguments=Arguments())
        yield msgspec.structs.replace(query, built=True, why="query-from-elsewhere")


def _is_likely(value: Node) -> bool:
    """Whether a chain reads like a query, or a name that is one."""
    inner, links = _beginning(value)
    return not _DSL.isdisjoint(links) or (inner.type == "identifier" and "query" in text_of(inner))


def _is_own(value: Node, scope: Scope) -> bool:
    """Whether a chain begins with a function of the project: other libraries' queries are run by the same words."""
    inner, _ = _beginning(value)
    path = names.callee(inner)
    owner = text_of(path).rpartition("::")[0] if path is not None else ""
    if path is None or not owner:
        return path is not None and named(path, scope.structure.root) is not None
    return owner.rpartition("::")[2][:1].isupper() or owner.partition("::")[0] in ("crate", "self", "super")


def _beginning(value: Node) -> tuple[Node, list[str]]:
    """What a chain begins with, and the names of its links."""
    links: list[str] = []
    for _ in range(_LONGEST):
        method = names.called(names.plain(value))
        if method is None:
            break
        links.append(method[1])
        value = method[0]
    return names.plain(value), links
