"""The body of a Python class, taken apart as a mapper reads it.

What comes in: the node of a class. What goes out: what it takes from, what it assigns and annotates, its functions. This module does not know what any
of it stands for.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.names import last
from analyzer.extract.texts import folded, text_of

_FUTURE = frozenset({"if_statement", "for_statement", "with_statement", "try_statement"})


class Assignment(Struct, frozen=True):
    """`name: annotation = value`; `node` is the whole. What is assigned under a condition is not `sure`."""

    node: Node
    name: str
    annotation: Node | None
    value: Node | None
    sure: bool = True


class Method(Struct, frozen=True):
    """A function of a class: its decorators' last words, and what it returns where that is one expression."""

    node: Node
    name: str
    decorators: tuple[str, ...]
    value: Node | None
    annotation: Node | None


class Class(Struct, frozen=True):
    """`bases` as written, `keywords` of the class statement."""

    node: Node
    name_node: Node
    name: str
    bases: tuple[Node, ...]
    keywords: Mapping[str, Node]
    decorators: tuple[Node, ...]
    assignments: tuple[Assignment, ...]
    methods: tuple[Method, ...]

    def assigned(self, name: str) -> Node | None:
        return next((one.value for one in self.assignments if one.name == name), None)

    def method(self, name: str) -> Method | None:
        return next((one for one in self.methods if one.name == name), None)

    def said(self, name: str) -> Node | None:
        """What a name of the class is: assigned, or what the function of that name returns."""
        method = self.method(name)
        return self.assigned(name) or (method.value if method is not None else None)


def class_of(node: Node) -> Class | None:
    """A class statement taken apart."""
    name, body, above = (node.child_by_field_name(field) for field in ("name", "body", "superclasses"))
    if name is None or body is None:
        return None
    given = [child for child in above.named_children if child.type != "comment"] if above is not None else []
    keywords = {}
    for child in given:
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key is not None and value is not None:
            keywords[text_of(key)] = value
    return Class(
        node,
        name,
        text_of(name),
        tuple(child for child in given if child.type != "keyword_argument"),
        keywords,
        tuple(_decorators(node)),
        tuple(_assignments(body, sure=True)),
        tuple(_methods(body)),
    )


def _decorators(node: Node) -> Iterator[Node]:
    parent = node.parent
    for child in parent.named_children if parent is not None and parent.type == "decorated_definition" else ():
        if child.type == "decorator" and child.named_children:
            yield child.named_children[0]


def _assignments(body: Node, *, sure: bool) -> Iterator[Assignment]:
    for statement in body.named_children:
        one = statement.named_children[0] if statement.named_children else None
        if statement.type == "expression_statement" and one is not None and one.type == "assignment":
            name = one.child_by_field_name("left")
            if name is not None and name.type == "identifier":
                yield Assignment(
                    one, text_of(name), one.child_by_field_name("type"), one.child_by_field_name("right"), sure
                )
        elif statement.type in _FUTURE and sure:
            for block in statement.named_children:
                inner = block if block.type == "block" else block.child_by_field_name("body")
                yield from _assignments(inner, sure=_is_for_types(statement)) if inner is not None else ()


def _is_for_types(statement: Node) -> bool:
    """`if TYPE_CHECKING:` says what is there anyway."""
    condition = statement.child_by_field_name("condition")
    return condition is not None and folded(condition, 40).endswith("TYPE_CHECKING")


def _methods(body: Node) -> Iterator[Method]:
    for statement in body.named_children:
        node = statement.child_by_field_name("definition") if statement.type == "decorated_definition" else statement
        if node is None or node.type != "function_definition":
            continue
        name = node.child_by_field_name("name")
        if name is not None:
            decorators = tuple(_last(one) for one in _decorators(node))
            yield Method(node, text_of(name), decorators, _returned(node), node.child_by_field_name("return_type"))


def _last(node: Node) -> str:
    """`declared_attr.directive` is told by its whole, `hybrid_property` by its last word."""
    words = folded(node, 120)
    return "declared_attr" if "declared_attr" in words else last(node)


def _returned(node: Node) -> Node | None:
    """The one expression that a function returns."""
    found: list[Node] = []
    stack = [node.child_by_field_name("body")]
    while stack and len(found) < 2:
        at = stack.pop()
        if at is None:
            continue
        if at.type == "return_statement":
            found += at.named_children[:1]
        elif at.type not in ("function_definition", "class_definition", "lambda"):
            stack.extend(at.named_children)
    return found[0] if len(found) == 1 else None
