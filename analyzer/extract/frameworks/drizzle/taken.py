"""Parameters that a function writes as rows: `insert(users).values(data)`, `update(users).set({ ...data, updatedAt })`.

What comes in: the argument of `values` or `set` and the name of the entity. What goes out: a TakenRow, None where the row is anything else, or where
the function does more with the parameter than to ask for entries of it. This module does not know who calls the function.
"""

from tree_sitter import Node

from analyzer.extract.javascript.changes import touched
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.query import TakenRow


def taken_row(scope: Scope, node: Node, entity: str) -> TakenRow | None:
    node = scope.unwrapped(node)
    children = [child for child in node.named_children if child.type != "comment"]
    if node.type == "identifier":
        return _of_parameter(scope, node, entity, ())
    if node.type == "array" and len(children) == 1 and children[0].type != "spread_element":
        return taken_row(scope, children[0], entity)
    return _spread(scope, children, entity) if node.type == "object" else None


def _spread(scope: Scope, children: list[Node], entity: str) -> TakenRow | None:
    """The last spread of an object, with what is written behind it: that takes the place of the parameter's own."""
    at = max((at for at, child in enumerate(children) if child.type == "spread_element"), default=-1)
    if at < 0 or not children[at].named_children:
        return None
    inner = scope.unwrapped(children[at].named_children[0])
    behind = tuple(_key(child) for child in children[at + 1 :])
    return _of_parameter(scope, inner, entity, behind) if inner.type == "identifier" and "" not in behind else None


def _key(child: Node) -> str:
    """The name of an entry, "" for a computed one."""
    key = child if child.type == "shorthand_property_identifier" else child.child_by_field_name("key")
    return "" if key is None or key.type == "computed_property_name" else text_of(key).strip("'\"")


def _of_parameter(scope: Scope, node: Node, entity: str, behind: tuple[str, ...]) -> TakenRow | None:
    name = text_of(node)
    meaning = scope.meaning(name, node.start_byte)
    index, function = meaning.parameter or (-1, None)
    if function is None or function.span != scope.structure.function_at(node.start_byte):
        return None
    if function.parameters[index].name != name:
        return None
    keys = touched(name, scope.structure, (function.span.start, function.span.end), node)
    return TakenRow(index, entity, tuple(sorted({*behind, *keys}))) if keys is not None else None
