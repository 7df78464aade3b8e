"""tokio-postgres, the blocking `postgres` crate and deadpool: arguments are a slice behind a reference.

What comes in: a Site. What goes out: Queries. Source: docs.rs/tokio-postgres, `Client`. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.rust.reads import row_read
from analyzer.extract.rust.values import typed
from analyzer.extract.sites import bound, make_query
from analyzer.extract.texts import text_of
from analyzer.facts.origin import CallOrigin
from analyzer.facts.part.written import HolePart
from analyzer.facts.query import Arguments, Query

_CRATES = (b"tokio_postgres", b"deadpool_postgres", b"bb8_postgres", b"use postgres::", b"postgres::Client")


def refine(site: Site) -> Iterator[Query]:
    call, sql = site.captures["query"][0], site.captures["query.sql"][0]
    text = site.scope.text(sql)
    first = text.parts[0] if text.parts else None
    imported = any(crate in site.source.content for crate in _CRATES)
    # A prepared statement stands in the same place; a text of another file counts only beside an import.
    if isinstance(first, HolePart) and (is_prepared(first) or not imported):
        return
    method = text_of(site.captures["_method"][0])
    query = make_query(site, "tokio_postgres", call, text, arguments=_bound(site), dialect="postgres")
    if method.startswith("query_typed") or method.endswith("_raw"):
        query = msgspec.structs.replace(query, arguments=Arguments((), complete=False))
    row = row_read(site.scope.structure.root, site.source, call, "tokio_postgres")
    yield msgspec.structs.replace(query, row=row)


def _bound(site: Site) -> Arguments | None:
    """The values of `&[&id, &name]`, with their types."""
    found, node = bound(site), site.node("query.arguments")
    listed = site.scope.unwrapped(node).named_children if node is not None else []
    return typed(found, listed, site.scope) if found is not None else None


def is_prepared(part: HolePart) -> bool:
    """True for the result of a `prepare` call, whose text was read there."""
    return isinstance(part.origin, CallOrigin) and part.origin.callee.rpartition(".")[2].startswith("prepare")


FRAMEWORKS = (
    Framework(
        name="tokio_postgres",
        languages=("rust",),
        dependencies=frozenset({"tokio-postgres", "postgres", "deadpool-postgres", "bb8-postgres", "r2d2_postgres"}),
        tokens=_CRATES,
        dialect="postgres",
        refine=refine,
    ),
)
