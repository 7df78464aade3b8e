"""Drizzle ORM: https://orm.drizzle.team. Tables and relations are `tables`, calls of the query builder `queries`."""

from analyzer.extract.frameworks.drizzle.queries import refine
from analyzer.extract.frameworks.drizzle.tables import declare
from analyzer.extract.frameworks.framework import Framework

FRAMEWORKS = (
    Framework(
        "drizzle",
        ("javascript", "typescript", "tsx"),
        frozenset({"drizzle-orm"}),
        (b"drizzle-orm",),
        refine=refine,
        declare=declare,
        reexported=True,
    ),
)
