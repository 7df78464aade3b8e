"""Prepared statements of JavaScript drivers: what is called on what `prepare` gives.

What comes in: a Site whose call prepares a text. What goes out: a Query. Where the statement is run in the same expression, or through
the one name it is bound to, the Query stands where it runs: with the values, function and loops of that call. This module does not know
which driver it is.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import Shape, with_reads
from analyzer.extract.javascript.rows import cast_row, row_of, type_arguments
from analyzer.extract.sites import make_query
from analyzer.extract.texts import folded, text_of
from analyzer.facts.query import Arguments, Query, Row
from analyzer.facts.text import Text

# Methods that run a statement with the values they are given; those that run it with values bound before.
_RUNS = frozenset({"run", "get", "all", "iterate", "values", "each"})
_ENDS = frozenset({"first", "raw"})
# Methods that give the statement back: better-sqlite3 `pluck`, `expand`, `safeIntegers`, `columns`.
_PASSES = frozenset({"pluck", "expand", "raw", "safeIntegers", "bind", "setReadBigInts"})
# After these a row is no object by column.
_SHAPES = frozenset({"pluck", "expand", "raw", "values"})
_GIVES: dict[str, Shape] = {"get": "row", "first": "row", "all": "rows", "iterate": "rows"}
_WRAPPERS = frozenset({"await_expression", "parenthesized_expression", "as_expression", "non_null_expression"})


class Step(Struct, frozen=True):
    method: str
    call: Node


def prepared(site: Site, framework: str, text: Text, row: Row | None) -> Query:
    """The Query of a call that prepares; `row` is what the call itself says of it."""
    call = site.captures["query"][0]
    steps = list(_chain(call))
    uses = [steps]
    if not any(step.method in _RUNS or step.method in _ENDS for step in steps):
        uses = [[Step(_method(use), use), *_chain(use)] for use in _uses(call, site)]
        # A statement run at several places is judged at the one deepest in loops.
        steps = max(uses, key=lambda use: len(site.scope.structure.loops_at(use[0].call.start_byte)), default=steps)
    query = make_query(site, framework, call, text, dialect="sqlite")
    if not steps:
        return msgspec.structs.replace(query, operation="prepare", row=row)
    place, structure = steps[0].call, site.scope.structure
    shaped = any(step.method in _SHAPES for step in steps)
    return msgspec.structs.replace(
        query,
        operation="statement",
        arguments=_bound(site, steps),
        row=None if shaped else _read(site, uses, _row(site, steps) or row),
        function=structure.function_at(place.end_byte - 1),
        loops=structure.loops_at(place.end_byte - 1),
    )


def _chain(call: Node) -> Iterator[Step]:
    """The methods called on a call, one on another."""
    while True:
        member = call.parent
        if member is None or member.type != "member_expression" or member.child_by_field_name("object") != call:
            return
        outer = member.parent
        if outer is not None and outer.type == "await_expression":
            # `await a.get<User>(id)` comes as (await a.get)<User>(id).
            outer = outer.parent
        if outer is None or outer.type != "call_expression":
            return
        yield Step(text_of(member.child_by_field_name("property") or member), outer)
        call = outer


def _bound(site: Site, steps: list[Step]) -> Arguments:
    for step in steps:
        given = calls.values(step.call)
        if (step.method == "bind" or step.method in _RUNS) and (given or step.method != "bind"):
            return calls.bound_values(site, given)
        if step.method in _ENDS:
            return Arguments()
    return Arguments((), complete=False)


def _row(site: Site, steps: list[Step]) -> Row | None:
    last = next((step for step in steps if step.method in _RUNS or step.method in _ENDS), steps[-1])
    types = type_arguments(last.call)
    return row_of(types[0], site) if types else cast_row(last.call, site, frozenset({"results"}))


def _read(site: Site, uses: list[list[Step]], row: Row | None) -> Row | None:
    """What is taken from the rows at each place where the statement is run."""
    reads = row.reads if row is not None else ()
    for steps in uses:
        run = next((step for step in steps if step.method in _GIVES), None)
        if run is not None and not any(step.method in _SHAPES for step in steps):
            # D1's `first("name")` gives the value of a column.
            value = run.method == "first" and bool(calls.values(run.call))
            found = None if value else with_reads(site, run.call, _GIVES[run.method], row)
            reads = (*reads, *(found.reads if found is not None else ()))
            row = found or row
    return msgspec.structs.replace(row, reads=reads) if row is not None else None


def _uses(call: Node, site: Site) -> list[Node]:
    """Calls that run the statement through the name it is bound to."""
    structure = site.scope.structure
    name = _name(call)
    found = []
    for use in structure.calls_on.get(name, []) if name else []:
        method = _method(use)
        if (method in _RUNS or method in _PASSES) and _is_same(name, use, call, site):
            found.append(use)
    return found


def _is_same(name: str, use: Node, call: Node, site: Site) -> bool:
    """Whether the name means this statement where it is used."""
    if name.startswith("this."):
        owners = site.scope.structure.owners
        return owners.innermost(use.start_byte) == owners.innermost(call.start_byte)
    bindings = [b for b in site.scope.meaning(name, use.start_byte).bindings if b.value is not None]
    return len(bindings) == 1 and bindings[0].value is not None and site.scope.unwrapped(bindings[0].value) == call


def _name(call: Node) -> str:
    """What the call's result is bound to: `find`, `this.find`, `statements.find`; "" where it is not."""
    keys: list[str] = []
    node, outer = call, call.parent
    while outer is not None:
        if outer.type in ("variable_declarator", "assignment_expression"):
            target = outer.child_by_field_name("name") or outer.child_by_field_name("left")
            return ".".join([folded(target, 80), *keys]) if target is not None and target != node else ""
        if outer.type in ("public_field_definition", "field_definition"):
            name = outer.child_by_field_name("name") or outer.child_by_field_name("property")
            return ".".join(["this", text_of(name), *keys]) if name is not None else ""
        if outer.type == "pair":
            keys.insert(0, text_of(outer.child_by_field_name("key") or outer))
        elif outer.type != "object" and outer.type not in _WRAPPERS:
            return ""
        node, outer = outer, outer.parent
    return ""


def _method(call: Node) -> str:
    callee = call.child_by_field_name("function")
    while callee is not None and callee.type in _WRAPPERS and callee.named_children:
        callee = callee.named_children[0]
    return text_of(callee.child_by_field_name("property") or callee) if callee is not None else ""
