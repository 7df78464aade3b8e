"""Sequelize's raw queries. Its models and query builder are not read.

What comes in: a Site. What goes out: Queries. Source: the page named in the `.scm`: replacements are put into the text by name or by question mark,
a table's name among them, and a bind parameter is `$name` or `$1`. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import with_reads
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Arguments, Query, Row
from analyzer.sql.recognise import looks_like_sql

_NAME = "sequelize"
# Options that make something else of a row than an object by column.
_SHAPES = frozenset({"model", "mapToModel", "nest", "plain", "fieldMap", "instance"})


def refine(site: Site) -> Iterator[Query]:
    text = site.scope.text(site.captures["query.sql"][0])
    if text.parts and isinstance(text.parts[0], LiteralPart) and not looks_like_sql(text.skeleton):
        return
    query = make_query(site, _NAME, site.captures["query"][0], text, arguments=Arguments((), complete=False))
    yield msgspec.structs.replace(query, paramstyle="any", row=_row(site))


def _row(site: Site) -> Row | None:
    """What is read of the result: rows beside their description, rows alone where the options say that it is a SELECT."""
    call = site.captures["query"][0]
    given = calls.values(call)
    options = calls.entries(site, given[1]) if len(given) > 1 else {}
    if options is None or _SHAPES & options.keys():
        return None
    type_ = text_of(options["type"]) if "type" in options else ""
    if type_ and not type_.endswith("SELECT"):
        return None
    return with_reads(site, call, "rows" if type_ else "pair", None)


FRAMEWORKS = (
    Framework(
        name=_NAME,
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"sequelize", "sequelize-typescript", "@sequelize/core"}),
        tokens=(b"sequelize.query(",),
        refine=refine,
    ),
)
