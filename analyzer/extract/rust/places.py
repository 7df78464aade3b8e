"""Places that a value of Rust goes to: fields of structs, operands, arguments, and the uses of a name.

What comes in: an expression and what stands around it. What goes out: what is wanted of it there. This module does not follow values further.
"""

from tree_sitter import Node

from analyzer.extract.rust.items import named, owner, takes_self
from analyzer.extract.rust.layers import (
    BOOL,
    OPTIONAL,
    PRESENT,
    TAKES_OPTION,
    UNKNOWN,
    Destination,
    Further,
    Layers,
    declared,
)
from analyzer.extract.rust.lexical import anchored, parameters_of
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "<<", ">>"})
_COMPARES = frozenset({"==", "!=", "<", ">", "<=", ">="})
_LOGIC = frozenset({"&&", "||"})


def argument(node: Node, listed: Node, layers: Layers, root: Node) -> Further | Destination:
    call = listed.parent
    callee = call.child_by_field_name("function") if call is not None else None
    if call is None or callee is None:
        return UNKNOWN
    if callee.type == "generic_function":
        callee = callee.child_by_field_name("function") or callee
    name = folded(callee, 200)
    head, _, last = name.rpartition("::")
    if last in ("Ok", "Some") and not head:
        return Further(call, ("Result" if last == "Ok" else OPTIONAL, *layers))
    function = named(callee, root)
    given = [child for child in listed.named_children if "comment" not in child.type]
    if function is not None:
        index = given.index(node) - (takes_self(function) and callee.type == "scoped_identifier")
        return _taken(function, index, layers, root), ()
    if layers or callee.type == "field_expression":
        return UNKNOWN
    made = head.rpartition("::")[2]
    if last == "from" and made[:1].isupper() and made not in TAKES_OPTION:
        return PRESENT
    if last[:1].isupper() and last not in TAKES_OPTION and not made[:1].isupper():
        return HostType(owner(anchored(callee, root)) if last == "Self" else last), (str(given.index(node)),)
    return UNKNOWN


def _taken(function: Node, index: int, layers: Layers, root: Node) -> HostType:
    listed = function.child_by_field_name("parameters")
    parameters = parameters_of(listed) if listed is not None else []
    written = parameters[index][1] if 0 <= index < len(parameters) else None
    return declared(written, layers, function, root)


def is_tail(node: Node, block: Node) -> bool:
    last = [child for child in block.named_children if "comment" not in child.type][-1:]
    return last == [node]


def member(initializer: Node, field: str, root: Node) -> Destination:
    """The type of a struct's field; a variant of an enum is no struct."""
    listed = initializer.parent
    struct = listed.parent if listed is not None else None
    name = struct.child_by_field_name("name") if struct is not None and struct.type == "struct_expression" else None
    if struct is None or name is None or name.type == "generic_type_with_turbofish":
        return UNKNOWN
    head, _, last = text_of(name).rpartition("::")
    if head.rpartition("::")[2][:1].isupper():
        return UNKNOWN
    return HostType(owner(anchored(struct, root)) if last == "Self" else last), (field,)


def assigned(left: Node | None, root: Node) -> Destination:
    """`self.id = ..` is the type of that field."""
    steps: list[str] = []
    while left is not None and left.type == "field_expression":
        steps.append(text_of(left.child_by_field_name("field") or left))
        left = left.child_by_field_name("value")
    if left is None or left.type != "self" or not steps:
        return UNKNOWN
    return HostType(owner(anchored(left, root))), tuple(reversed(steps))


def operand(node: Node, outer: Node) -> Destination:
    operator = text_of(outer.child_by_field_name("operator") or outer)
    if operator in _LOGIC:
        return BOOL
    if operator in _ARITHMETIC:
        return PRESENT
    other = next(
        (child for child in (outer.child_by_field_name("left"), outer.child_by_field_name("right")) if child != node),
        None,
    )
    return PRESENT if operator in _COMPARES and other is not None and other.type.endswith("_literal") else UNKNOWN


def uses(name: str, behind: list[Node]) -> list[Node]:
    """Identifiers of that name, in order, up to where it is bound anew."""
    found: list[Node] = []
    wanted, budget = name.encode(), 4000
    for statement in behind:
        stack = [statement]
        while stack and budget:
            node, budget = stack.pop(), budget - 1
            if node.type == "identifier" and node.text == wanted:
                found.append(node)
            elif node.type not in ("token_tree", "tuple_struct_pattern", "function_item"):
                stack.extend(reversed(node.named_children))
        if statement.type == "let_declaration":
            pattern = statement.child_by_field_name("pattern")
            if pattern is not None and pattern.text == wanted:
                break
    pattern_names = {"let_declaration", "closure_parameters"}
    return [
        node for node in found if node.parent is not None and (node.parent.type not in pattern_names or _is_value(node))
    ]


def _is_value(node: Node) -> bool:
    return (
        node.parent is not None
        and node.parent.type == "let_declaration"
        and node.parent.child_by_field_name("value") == node
    )
