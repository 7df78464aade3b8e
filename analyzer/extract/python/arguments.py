"""What a call of a Python driver binds to its statement.

What comes in: the arguments behind the statement. What goes out: Arguments. PEP 249 takes one sequence or mapping, asyncpg each value by
itself; `values=`, `params=` and the like name the sequence. This module does not know whether the call is a query.
"""

import re
from collections.abc import Sequence

from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.python.drivers import Evidence
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.python.values import value_type
from analyzer.extract.sites import argument, collect
from analyzer.extract.texts import text_of
from analyzer.facts.query import Arguments

_LISTS = frozenset({"list", "tuple", "set"})
_KEYWORDS = frozenset({"params", "parameters", "args", "values", "vars", "bind_arguments"})
_NUMBERED = re.compile(r"\$\d")
# The first argument behind the statement is the connection or the file.
_OTHER_FIRST = frozenset({"read_sql", "read_sql_query", "copy_expert", "copy"})


def bound_values(site: Site, name: str, others: Sequence[Node], skeleton: str, known: Evidence) -> Arguments:
    """The values of a call; incomplete where they stand elsewhere."""
    named = [node for node in others if node.type == "keyword_argument" and _key(node) in _KEYWORDS]
    positional = [node for node in others if node.type not in ("keyword_argument", "dictionary_splat")]
    if name in _OTHER_FIRST:
        positional = []
    if any(node.type == "dictionary_splat" for node in others):
        return Arguments((), complete=False)
    if named and not positional:
        value = named[0].child_by_field_name("value")
        return _sequence(site, value) if value is not None else Arguments((), complete=False)
    if _is_rest(skeleton, known):
        return collect(site, positional, value_type)
    if not positional:
        return Arguments()
    if len(positional) > 1 and site.scope.unwrapped(positional[0]).type not in _LISTS | {"dictionary"}:
        return Arguments(collect(site, positional, value_type).values, complete=False)
    return _sequence(site, positional[0])


def _key(node: Node) -> str:
    key = node.child_by_field_name("name")
    return text_of(key) if key is not None else ""


def _is_rest(skeleton: str, known: Evidence) -> bool:
    """The way of asyncpg, `fetch(sql, *values)`: the driver is imported, or the placeholders are numbered and no other driver is."""
    if known.drivers:
        return known.drivers == {"asyncpg"} or ("asyncpg" in known.drivers and _NUMBERED.search(skeleton) is not None)
    return _NUMBERED.search(skeleton) is not None


def _sequence(site: Site, node: Node, depth: int = 0) -> Arguments:
    """A sequence or mapping of values, in place or bound to a name that nothing changes."""
    node = site.scope.unwrapped(node)
    if node.type in _LISTS:
        return collect(site, node.named_children, value_type)
    if node.type == "dictionary":
        return _mapping(site, node)
    if node.type == "none":
        return Arguments()
    if node.type == "call" and text_of(node.child_by_field_name("function") or node) == "dict":
        return _keywords(site, node)
    if node.type == "identifier" and depth == 0:
        bindings = site.scope.meaning(text_of(node), node.start_byte).bindings
        if len(bindings) == 1 and (value := bindings[0].value) is not None and not bindings[0].destructured:
            return (
                _sequence(site, value, depth + 1) if bindings[0].function is not None else Arguments((), complete=False)
            )
    return Arguments((), complete=False)


def _mapping(site: Site, node: Node) -> Arguments:
    values, complete = [], True
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "comment":
            continue
        if child.type != "pair" or key is None or value is None or not is_plain(key):
            complete = False
            continue
        name = literal(key, site.source).value
        values.append(argument(site, value, name, value_type))
    return Arguments(tuple(values), complete)


def _keywords(site: Site, node: Node) -> Arguments:
    arguments = node.child_by_field_name("arguments")
    children = arguments.named_children if arguments is not None else []
    values = tuple(
        argument(site, value, _key(child), value_type)
        for child in children
        if child.type == "keyword_argument" and (value := child.child_by_field_name("value")) is not None
    )
    return Arguments(values, complete=len(values) == len(children))
