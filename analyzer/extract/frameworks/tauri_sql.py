"""tauri-plugin-sql: queries of a web page over a database whose migrations stand in Rust.

What comes in: a Site. What goes out: Queries. Source: the page named in the `.scm`: values stand in an array behind the text, `$1` or `?` by the
engine that the URL names; `select` gives rows, its type argument is their list. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import with_reads
from analyzer.extract.javascript.rows import cast_row, row_of, type_arguments
from analyzer.extract.sites import make_query
from analyzer.facts.part.written import LiteralPart, NamePart
from analyzer.facts.query import Query
from analyzer.sql.recognise import looks_like_sql

_NAME = "tauri_sql"
_PACKAGES = frozenset({"@tauri-apps/plugin-sql", "tauri-plugin-sql-api", "tauri-plugin-sql"})


def refine(site: Site) -> Iterator[Query]:
    call = site.captures["query"][0]
    given = calls.values(call)
    text = site.scope.text(given[0]) if given else None
    first = text.parts[0] if text is not None and text.parts else None
    if text is None or not (
        isinstance(first, NamePart) or (isinstance(first, LiteralPart) and looks_like_sql(text.skeleton))
    ):
        return
    types = type_arguments(call)
    arguments = calls.bound_list(site, given[1] if len(given) > 1 else None)
    query = make_query(site, _NAME, call, text, arguments=arguments)
    row = row_of(types[0], site) if types else cast_row(call, site)
    yield msgspec.structs.replace(query, row=with_reads(site, call, "rows", row))


FRAMEWORKS = (
    Framework(
        name=_NAME,
        languages=("javascript", "typescript", "tsx"),
        dependencies=_PACKAGES,
        tokens=tuple(quote + name.encode() for name in sorted(_PACKAGES) for quote in (b"'", b'"')),
        refine=refine,
    ),
)
