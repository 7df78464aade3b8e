"""Other names of a file's tables: `const accounts = users`, `export { users as accounts }`, `const schema = { users, ...orders }`.

What comes in: a declaration. What goes out: Renamed. This module does not know what is a table.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.chains import entries, plain
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import Renamed

_NAMES = frozenset({"identifier", "shorthand_property_identifier", "member_expression"})
_MOST = 400


def renamed(name: Node, value: Node, site: Site) -> Iterator[Renamed]:
    """A name of the module for another, and the entries of an object that are names."""
    if site.scope.structure.functions.around(name.start_byte):
        return
    own = text_of(name)
    if value.type in _NAMES:
        yield _renamed(own, value, site)
    for key, _, entry in list(entries(value))[:_MOST] if value.type == "object" else ():
        inner = plain(entry)[0] if entry.type == "spread_element" and plain(entry) else entry
        if inner.type in _NAMES and (key is not None or entry.type == "spread_element"):
            yield _renamed(f"{own}.{key if key is not None else '*'}", inner, site)


def renamed_export(node: Node, site: Site) -> Iterator[Renamed]:
    """`export { users as accounts }` of the file's own."""
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    statement = node.parent.parent if node.parent is not None else None
    own = statement is not None and statement.child_by_field_name("source") is None
    if name is not None and alias is not None and own:
        yield _renamed(text_of(alias), name, site)


def _renamed(name: str, target: Node, site: Site) -> Renamed:
    return Renamed(site.scope.structure.span(target), name, folded(target, 200))
