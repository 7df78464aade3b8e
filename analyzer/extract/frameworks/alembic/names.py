"""What a name of a migration stands for, and plain values.

What comes in: nodes and their Scope, which knows what parameters and loop variables are just now. What goes out: the node that is meant, strings, flags; None
for what is not known. This module does not know lists or arguments.
"""

from tree_sitter import Node

from analyzer.extract.binding import Binding
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import LiteralPart

_DEPTH = 12
_BLOCKS = frozenset({"block", "module"})


def meant(node: Node, scope: Scope, depth: int = 0) -> Node:
    """The expression a name stands for where it is used; an expression stands for itself."""
    node = scope.unwrapped(node)
    if node.type != "identifier" or depth > _DEPTH:
        return node
    name = text_of(node)
    meaning = scope.meaning(name, node.start_byte)
    handed = scope.handed(meaning, name)
    if handed is not None:
        return meant(handed, scope, depth + 1)
    bound = _last([one for one in meaning.bindings if not one.mutation], node)
    if bound is None or bound.value is None or bound.destructured:
        return node
    return meant(bound.value, scope, depth + 1)


def _last(bindings: list[Binding], node: Node) -> Binding | None:
    """The binding that surely holds at a place: the only one, or the last in front of it that the place cannot be reached without."""
    if len(bindings) <= 1:
        return bindings[0] if bindings else None
    before = [one for one in bindings if one.start < node.start_byte]
    value = before[-1].value if before else None
    block = value
    while block is not None and block.type not in _BLOCKS:
        block = block.parent
        if block is not None and block.type == "with_statement":
            break
    holds = block is not None and block.start_byte <= node.start_byte < block.end_byte
    return before[-1] if holds else None


def is_changed(node: Node, scope: Scope) -> bool:
    """Whether something is added to what a name is bound to."""
    node = scope.unwrapped(node)
    if node.type != "identifier":
        return False
    return any(one.mutation for one in scope.meaning(text_of(node), node.start_byte).bindings)


def plain(node: Node | None, scope: Scope) -> str | None:
    """The text of a plain string, through names; a keyword's name is its own."""
    if node is None:
        return None
    if node.type == "identifier" and node.parent is not None and node.parent.child_by_field_name("name") == node:
        return text_of(node)
    inner = meant(node, scope)
    if inner.type in ("integer", "float", "none", "true", "false") or is_sql(inner):
        return None
    parts = scope.text(inner).parts
    if inner.type in ("string", "concatenated_string") and not parts:
        return ""
    if parts and all(isinstance(part, LiteralPart) for part in parts):
        return "".join(part.value for part in parts if isinstance(part, LiteralPart))
    return None


def is_sql(node: Node) -> bool:
    """Whether an expression says that its text is SQL, no name: `sa.text("lower(name)")`."""
    return node.type == "call" and method(node)[1] in ("text", "literal_column", "DDL")


def flag(node: Node | None, scope: Scope, default: bool | None = None) -> bool | None:
    """True or False where the source says so, `default` where nothing is said, None where it is not known."""
    if node is None:
        return default
    kind = meant(node, scope).type
    return True if kind == "true" else False if kind == "false" else default if kind == "none" else None


def is_none(node: Node | None, scope: Scope) -> bool:
    return node is None or meant(node, scope).type == "none"


def method(call: Node) -> tuple[Node | None, str]:
    """What a call is made on, None for a plain function, and its name."""
    function = call.child_by_field_name("function") if call.type == "call" else None
    if function is None:
        return None, ""
    if function.type == "attribute":
        name = function.child_by_field_name("attribute")
        return function.child_by_field_name("object"), text_of(name) if name is not None else ""
    return None, text_of(function) if function.type == "identifier" else ""
