"""Diesel: https://diesel.rs. `tables` reads the schema's macros, `forms` structs, `fragments` functions that give parts of queries, `queries` what runs."""

from collections.abc import Iterator

from analyzer.extract.frameworks.diesel import tables
from analyzer.extract.frameworks.diesel.forms import forms
from analyzer.extract.frameworks.diesel.fragments import fragments
from analyzer.extract.frameworks.diesel.queries import refine
from analyzer.extract.frameworks.framework import Declared, Framework, Site


def declare(site: Site) -> Iterator[Declared]:
    match site.settings.get("kind", ""):
        case "macro":
            yield from tables.declare(site)
        case "struct":
            yield from forms(site)
        case "part":
            yield from fragments(site)


FRAMEWORKS = (
    Framework(
        "diesel",
        ("rust",),
        frozenset({"diesel", "diesel-async", "diesel_async"}),
        (b"diesel::",),
        refine=refine,
        declare=declare,
    ),
)
