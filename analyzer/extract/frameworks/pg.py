"""pg (node-postgres), and the clients with its interface: what its `.scm` cannot say.

What comes in: a Site. What goes out: Queries. Source: node-postgres.com, "Queries", "Parameterized query", "Query config object". This module
does not know SQL.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import with_reads
from analyzer.extract.javascript.rows import cast_row, row_of, type_arguments
from analyzer.extract.sites import make_query
from analyzer.facts.query import Arguments, Query

# Keys that say an object is the options of another library: sequelize, TypeORM.
_FOREIGN = frozenset({"replacements", "bind", "type", "raw", "transaction", "model", "query"})
_RESULTS = frozenset({"rows"})


def refine(site: Site) -> Iterator[Query]:
    call = site.captures["query"][0]
    given = calls.values(call)
    if not given or not calls.is_driver(site, "pg"):
        return
    if call.type == "new_expression" and not calls.is_imported(site, "pg"):
        return
    read = _config(site, given) if _is_config(site, given[0]) else _plain(site, given)
    if read is None:
        return
    sql, arguments, positional = read
    text = site.scope.text(sql)
    if call.type == "call_expression" and not calls.is_plausible(site, text, "pg"):
        return
    ambiguous = "mysql2" in calls.rivals(site, ("mysql2",))
    if ambiguous and "?" in text.skeleton and "$1" not in text.skeleton:
        return
    dialect = "" if ambiguous and "$1" not in text.skeleton else "postgres"
    query = make_query(site, "pg", call, text, arguments=calls.bound_parts(text) or arguments, dialect=dialect)
    types = type_arguments(call)
    row = row_of(types[0], site) if types else cast_row(call, site, _RESULTS)
    row = None if positional else with_reads(site, call, "result", row, callback="result")
    yield msgspec.structs.replace(query, row=row, paramstyle="numeric")


def _is_config(site: Site, node: Node) -> bool:
    found = site.scope.bound(node)
    return found is not None and found[0].type == "object"


def _config(site: Site, given: list[Node]) -> tuple[Node, Arguments, bool] | None:
    """`{ text, values, rowMode }`; values may also stand behind the object."""
    entries = calls.entries(site, given[0])
    if entries is None or "text" not in entries:
        return None
    behind = given[1] if len(given) > 1 else None
    return entries["text"], calls.bound_list(site, entries.get("values", behind)), "rowMode" in entries


def _plain(site: Site, given: list[Node]) -> tuple[Node, Arguments, bool] | None:
    if given[0].type in ("new_expression", "array") or calls.is_function(given[0]):
        return None
    options = calls.entries(site, given[1]) if len(given) > 1 else None
    if options is not None and _FOREIGN & options.keys():
        return None
    return given[0], calls.bound_list(site, given[1] if len(given) > 1 else None), False


FRAMEWORKS = (
    Framework(
        name="pg",
        languages=("javascript", "typescript", "tsx"),
        dependencies=calls.PACKAGES["pg"],
        tokens=tuple(quote + name.encode() for name in sorted(calls.PACKAGES["pg"]) for quote in (b"'", b'"')),
        dialect="postgres",
        refine=refine,
    ),
)
