"""mysql2 and mysql: what their `.scm` cannot say.

What comes in: a Site. What goes out: Queries. Source: the pages named in the `.scm`: `?` is a value, `??` an identifier, an object for `SET ?`
becomes `a = 1, b = 2`, an array of arrays for `VALUES ?` becomes rows; with named placeholders an object binds `:name`.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.mysql_placeholders import expanded
from analyzer.extract.javascript.reads import with_reads
from analyzer.extract.javascript.rows import cast_row, row_of, type_arguments
from analyzer.extract.sites import collect, make_query
from analyzer.facts.query import Arguments, Query
from analyzer.facts.text import Text

_DRIVER = "mysql2"
# Packages whose promises are of the rows alone.
_PLAIN = frozenset({"mariadb", "promise-mysql"})
_ARRAYS = frozenset({"rowsAsArray", "nestTables"})


def refine(site: Site) -> Iterator[Query]:
    call = site.captures["query"][0]
    given = calls.values(call)
    if not given or not calls.is_driver(site, _DRIVER):
        return
    read = _read(site, given)
    if read is None:
        return
    sql, values, shaped = read
    text = site.scope.text(sql)
    ambiguous = "pg" in calls.rivals(site, ("pg",))
    if not calls.is_plausible(site, text, _DRIVER) or (ambiguous and "$1" in text.skeleton):
        return
    dialect = "" if ambiguous and "?" not in text.skeleton else "mysql"
    text, arguments, named = _bound(site, text, values)
    query = make_query(site, _DRIVER, call, text, arguments=calls.bound_parts(text) or arguments, dialect=dialect)
    types = type_arguments(call)
    row = row_of(types[0], site) if types else cast_row(call, site)
    plain = bool(site.scope.structure.modules & _PLAIN)
    row = None if shaped else with_reads(site, call, "rows" if plain else "pair", row, callback="rows")
    yield msgspec.structs.replace(query, row=row, paramstyle="named" if named else "qmark")


def _read(site: Site, given: list[Node]) -> tuple[Node, Node | None, bool] | None:
    """Text, values and whether rows are no objects: of `(sql, values)` or `({ sql, values }, values)`."""
    behind = given[1] if len(given) > 1 and not calls.is_function(given[1]) else None
    found = site.scope.bound(given[0])
    if found is not None and found[0].type == "object":
        entries = calls.entries(site, given[0])
        if entries is None or "sql" not in entries:
            return None
        return entries["sql"], entries.get("values", behind), bool(_ARRAYS & entries.keys())
    if given[0].type in ("new_expression", "array") or calls.is_function(given[0]):
        return None
    return given[0], behind, False


def _bound(site: Site, text: Text, values: Node | None) -> tuple[Text, Arguments, bool]:
    if values is None:
        return text, Arguments(), False
    found = site.scope.bound(values)
    kind = found[0].type if found is not None else ""
    if kind == "object" and "?" not in text.skeleton:
        return text, calls.bound_object(site, calls.entries(site, values)), True
    if found is not None and kind == "array" and not found[1]:
        elements = [node for node in found[0].named_children if node.type != "comment"]
        return *expanded(site, text, elements), False
    if kind == "array" or kind in ("", "identifier", "member_expression", "call_expression"):
        whole, _ = expanded(site, text, None)
        # A name may stand for one value or for all: what it comes from is known, how many it is not.
        known = () if kind == "array" else collect(site, [values]).values
        return whole, Arguments(known, complete=False), False
    return *expanded(site, text, [values]), False


FRAMEWORKS = (
    Framework(
        name=_DRIVER,
        languages=("javascript", "typescript", "tsx"),
        dependencies=calls.PACKAGES[_DRIVER],
        tokens=(b"mysql", b"mariadb", b"@planetscale/database"),
        dialect="mysql",
        refine=refine,
    ),
)
