"""Sequelize's raw queries. Its models and query builder are not read.

What comes in: a Site. What goes out: Queries. Source: the page named in the `.scm`: replacements are put into the text by name or by question mark,
a table's name among them, and a bind parameter is `$name` or `$1`. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.sites import make_query
from analyzer.facts.query import Arguments, Query
from analyzer.facts.text import LiteralPart
from analyzer.sql.recognise import looks_like_sql

_NAME = "sequelize"


def refine(site: Site) -> Iterator[Query]:
    text = site.scope.text(site.captures["query.sql"][0])
    if text.parts and isinstance(text.parts[0], LiteralPart) and not looks_like_sql(text.skeleton):
        return
    query = make_query(site, _NAME, site.captures["query"][0], text, arguments=Arguments((), complete=False))
    yield msgspec.structs.replace(query, paramstyle="any")


FRAMEWORKS = (
    Framework(
        name=_NAME,
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"sequelize", "sequelize-typescript", "@sequelize/core"}),
        tokens=(b"sequelize.query(",),
        refine=refine,
    ),
)
