"""node-sqlite3 and the promises of npm `sqlite`: what their `.scm` cannot say.

What comes in: a Site. What goes out: Queries. Source: the wiki page named in the `.scm`: values stand behind the text one by one, as an
array or as an object whose keys have their sigil; a function behind them is a callback. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import Shape, with_reads
from analyzer.extract.javascript.rows import cast_row, row_of, type_arguments
from analyzer.extract.javascript.statements import prepared
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.query import Query

_DRIVER = "node_sqlite3"
_SHAPES: dict[str, Shape] = {"get": "row", "all": "rows", "each": "row"}


def refine(site: Site) -> Iterator[Query]:
    call = site.captures["query"][0]
    given = [node for node in calls.values(call) if not calls.is_function(node)]
    if not given or not calls.is_driver(site, _DRIVER):
        return
    method, text = text_of(site.captures["_method"][0]), site.scope.text(given[0])
    if not calls.is_plausible(site, text, _DRIVER, shared=method != "prepare"):
        return
    if method == "prepare":
        yield prepared(site, _DRIVER, text, None)
        return
    types = type_arguments(call)
    query = make_query(site, _DRIVER, call, text, dialect="sqlite")
    if method == "exec":
        yield msgspec.structs.replace(query, operation="script")
        return
    row = row_of(types[0], site) if types else cast_row(call, site)
    if method in _SHAPES:
        row = with_reads(site, call, _SHAPES[method], row, callback=_SHAPES[method])
    yield msgspec.structs.replace(query, arguments=calls.bound_values(site, given[1:]), row=row)


FRAMEWORKS = (
    Framework(
        name=_DRIVER,
        languages=("javascript", "typescript", "tsx"),
        dependencies=calls.PACKAGES[_DRIVER],
        tokens=(b"'sqlite3'", b'"sqlite3"', b"'sqlite'", b'"sqlite"'),
        dialect="sqlite",
        refine=refine,
    ),
)
