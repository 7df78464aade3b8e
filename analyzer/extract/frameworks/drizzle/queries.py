"""Drizzle's query builder: which chains of calls are queries, and where they run.

What comes in: a Site of the call that begins a chain. What goes out: its Query, as SQL. Other libraries have methods of the same names: a chain counts by
its shape, and where the shape says too little, by its table being an entity. This module does not know what a table declares.
"""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.links import Link, continued, given, link, outermost, target, upward, variable
from analyzer.extract.frameworks.drizzle.operators import OPERATORS, SELECTS, SETS
from analyzer.extract.frameworks.drizzle.refs import Table
from analyzer.extract.frameworks.drizzle.relational import Relational
from analyzer.extract.frameworks.drizzle.rows import Rows
from analyzer.extract.frameworks.drizzle.statements import ROOTS
from analyzer.extract.frameworks.drizzle.taken import taken_row
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.query import Arguments, Query, TakenRow

_FINDS = frozenset({"findMany", "findFirst"})
_RUNS = frozenset({"execute", "run", "all", "get", "values"})
# Mappers and builders with methods of the same names, in files that import no Drizzle.
_RIVALS = frozenset({
    "typeorm", "knex", "kysely", "mongoose", "mongodb", "objection", "sequelize", "@supabase/supabase-js", "@mikro-orm/core", "@prisma/client",
})  # fmt: skip
_BUILDERS = frozenset({"createQueryBuilder", "queryBuilder", "qb", "getQuery"})
_CLIMB = 40
_ENDS = frozenset({"statement_block", "await_expression", "program", "class_body", "yield_expression"})
_LITERALS = frozenset(
    {
        "string",
        "template_string",
        "number",
        "object",
        "array",
        "arrow_function",
        "function_expression",
        "new_expression",
        "null",
        "true",
        "false",
        "this",
        "undefined",
    }
)


def refine(site: Site) -> Iterator[Query]:
    """The query of one chain of calls."""
    call = site.captures["query"][0]
    first = link(call)
    if first is None:
        return
    if first.method in _FINDS:
        yield from _found(site, call, first)
    elif first.method in _RUNS:
        yield from _sent(site, call, first)
    elif first.method in ROOTS:
        yield from _chained(site, call, first)


# ---------------------------------------------------------------------- chains
def _chained(site: Site, call: Node, first: Link) -> Iterator[Query]:
    whole = outermost(call)
    links = [*_before(call), first, *upward(call), *continued(call, site.scope)]
    if not _is_query(first, links, call, site) or links[-1].method == "as" or _is_inside(whole):
        return
    writer = Relational(site.scope)
    sources = [one.first for one in links if one.method == "from"] if first.method in SELECTS else [first.first]
    found = writer.names.ref(sources[0]) if sources and sources[0] is not None else None
    prepared = _prepared(links, site)
    writer.executed = prepared.values if prepared is not None else {}
    writer.chain(links, whole)
    query = _query(site, whole, writer)
    needs = isinstance(found, Table) and found.known and (_says_little(links) or _is_rivalled(site))
    if isinstance(found, Table) and needs:
        query = msgspec.structs.replace(query, only=found.name)
    if isinstance(found, Table) and found.known:
        query = msgspec.structs.replace(query, taken=tuple(_taken(links, found.name, site)))
    yield _placed(query, prepared, site)


def _taken(links: list[Link], entity: str, site: Site) -> Iterator[TakenRow]:
    """The parameters of the function that a write puts into its table as they are."""
    given = [one.first for one in links if one.method in ("values", "set")]
    row = taken_row(site.scope, given[0], entity) if len(given) == 1 and given[0] is not None else None
    if row is not None:
        yield row


def _before(call: Node) -> list[Link]:
    """`db.with(totals)` in front of the statement."""
    home = target(call)
    found = link(home) if home is not None and home.type == "call_expression" else None
    return [found] if found is not None and found.method == "with" else []


def _is_query(first: Link, links: list[Link], call: Node, site: Site) -> bool:
    """Whether a chain has the shape of Drizzle's alone."""
    methods = {one.method for one in links}
    if _is_builder(call) or any(node.type in _LITERALS for node in first.given[:1] if first.method not in SELECTS):
        return False
    if first.method in SELECTS:
        sources = [one for one in links if one.method == "from"]
        listed = all(node.type not in ("string", "template_string", "number") for node in first.given)
        return bool(sources) and listed and _is_table(sources[0], site)
    if not _is_table(first, site):
        return False
    match first.method:
        case "insert":
            select = any(one.method == "select" and one.given for one in links)
            return "values" in methods or select
        case "update":
            return "set" in methods
        case "delete":
            return bool(methods & {"where", "returning"}) or _is_bare(links, site)
        case _:
            return True


def _is_table(one: Link, site: Site) -> bool:
    """Whether a call has one argument that is no plain value."""
    if one.first is None or (len(one.given) != 1 and one.method != "$count"):
        return False
    inner = site.scope.unwrapped(one.given[0])
    bound = site.scope.bound(inner) if inner.type == "identifier" else None
    return inner.type not in _LITERALS and (bound is None or bound[0].type not in _LITERALS)


def _is_bare(links: list[Link], site: Site) -> bool:
    """`db.delete(users)`: a map's `delete(key)` looks the same, but nobody imports a key that is an entity."""
    found = Relational(site.scope).names.ref(links[0].given[0])
    return _says_little(links) and isinstance(found, Table) and found.known


def _says_little(links: list[Link]) -> bool:
    """Whether nothing follows that only a query has."""
    return links[0].method == "delete" and all(one.method in _RUNS or one.method == "prepare" for one in links[1:])


def _is_builder(call: Node) -> bool:
    """Whether it is another library's builder that the chain is called on."""
    home = target(call)
    found = link(home) if home is not None and home.type == "call_expression" else None
    if found is None:
        return False
    named = found.first is not None and found.first.type in ("string", "template_string")
    return found.method in _BUILDERS or (named and found.method in ("from", "table", "into"))


def _is_rivalled(site: Site) -> bool:
    modules = site.scope.structure.modules
    return bool(modules & _RIVALS) and not any(module.startswith("drizzle-orm") for module in modules)


def _is_inside(whole: Node) -> bool:
    """Whether a chain is a part of another statement, which says it as a subquery."""
    node, outer = whole, whole.parent
    for _ in range(_CLIMB):
        if outer is None or outer.type in _ENDS:
            return False
        if outer.type == "template_substitution":
            return True
        if outer.type == "call_expression" and outer.child_by_field_name("arguments") == node:
            found = link(outer)
            name = text_of(outer.child_by_field_name("function") or outer)
            if (found is None and name in OPERATORS and name not in SETS) or (
                found is not None and _takes(found, outer)
            ):
                return True
        elif outer.type == "member_expression" and text_of(outer.child_by_field_name("property") or outer) == "as":
            return True
        elif outer.type in ("variable_declarator", "return_statement", "expression_statement"):
            return False
        node, outer = outer, outer.parent
    return False


def _takes(one: Link, call: Node) -> bool:
    """Whether a method of a chain makes a subquery of what it is given."""
    if one.method in OPERATORS and one.method not in SETS:
        return True
    if (
        one.method in SETS
        or one.method in ("as", "from", "where", "having", "values", "set", "select", "orderBy", "onConflictDoUpdate")
        or one.method.endswith("Join")
    ):
        node: Node | None = call
        for _ in range(_CLIMB):
            found = link(node) if node is not None and node.type == "call_expression" else None
            if found is None:
                return False
            if found.method in ROOTS or found.method == "$with":
                return True
            node = target(found.call)
    return False


# ---------------------------------------------------------------------- relational queries
def _found(site: Site, call: Node, first: Link) -> Iterator[Query]:
    """`db.query.users.findMany(..)`"""
    table = target(call)
    home = table.child_by_field_name("object") if table is not None else None
    if table is None or home is None or home.type != "member_expression":
        return
    if text_of(home.child_by_field_name("property") or home) not in ("query", "_query"):
        return
    writer = Relational(site.scope)
    prepared = _prepared([first, *upward(call)], site)
    writer.executed = prepared.values if prepared is not None else {}
    name, index = table.child_by_field_name("property"), table.child_by_field_name("index")
    word = text_of(name) if name is not None else writer.names.word(index) if index is not None else ""
    writer.find(word, first.first, call, single=first.method == "findFirst")
    yield _placed(_query(site, outermost(call), writer), prepared, site)


# ---------------------------------------------------------------------- templates that are sent
def _sent(site: Site, call: Node, first: Link) -> Iterator[Query]:
    """``db.execute(sql`..`)``, through a name as well."""
    if len(first.given) != 1:
        return
    writer = Relational(site.scope)
    node = site.scope.unwrapped(first.given[0])
    if node.type == "identifier":
        found = writer.built(node)
        node = found[0] if len(found) == 1 else node
    if writer.is_template(node):
        writer.fragment(node)
        yield _query(site, outermost(call), writer)


def _query(site: Site, call: Node, writer: Relational) -> Query:
    query = make_query(site, "drizzle", call, writer.text(call), arguments=Arguments(tuple(writer.arguments)))
    return msgspec.structs.replace(query, built=True, why=writer.why, paramstyle="numeric")


class _Prepared(Struct, frozen=True):
    """Where a prepared statement is executed, and what it binds there by name."""

    call: Node | None = None
    values: Mapping[str, Node] = {}


def _prepared(links: list[Link], site: Site) -> _Prepared | None:
    """The execution of a statement that is prepared, the one deepest in loops; None where it is not prepared."""
    last = next((one for one in links if one.method == "prepare"), None)
    if last is None:
        return None
    here = [one.call for one in upward(last.call) if one.method in _RUNS]
    name = variable(last.call)
    uses = site.scope.structure.calls_on.get(text_of(name), []) if name is not None else []
    found = (link(use) for use in uses if use.start_byte > last.call.start_byte)
    runs = here or [one.call for one in found if one is not None and one.method in _RUNS]
    if not runs:
        return _Prepared()
    deepest = max(runs, key=lambda use: len(site.scope.structure.loops_at(use.start_byte)))
    bound = given(deepest)
    return _Prepared(deepest, dict(Rows(site.scope).row(bound[0]).values) if bound else {})


def _placed(query: Query, prepared: _Prepared | None, site: Site) -> Query:
    """A statement that is prepared stands where it is executed."""
    if prepared is None:
        return query
    if prepared.call is None:
        return msgspec.structs.replace(query, operation="prepare")
    structure, start = site.scope.structure, prepared.call.end_byte - 1
    return msgspec.structs.replace(query, function=structure.function_at(start), loops=structure.loops_at(start))
