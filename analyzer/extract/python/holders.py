"""Classes of Python by what their objects keep.

What comes in: nodes of tree-sitter-python. What goes out: Holders. Sources: the language reference, 8.8 "Class definitions"; the documentation of
`dataclasses`. This module does not know what a name means.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.texts import folded, text_of
from analyzer.facts.holder import Holder, Kept
from analyzer.facts.source import Source, Span

_MAKER = "__init__"
_DATACLASSES = frozenset({"dataclass", "dataclasses.dataclass", "define", "attrs.define", "attr.s", "frozen"})
_PROPERTIES = frozenset({"property", "cached_property", "functools.cached_property"})
_BLOCKS = frozenset(
    {
        *("module", "block", "class_definition", "decorated_definition"),
        *("if_statement", "else_clause", "elif_clause", "try_statement", "except_clause"),
    }
)
_SEVERAL = ("pattern_list", "tuple_pattern", "expression_list", "tuple")
_LONG = 200
_DEPTH = 60


def holders(root: Node, source: Source) -> tuple[Holder, ...]:
    """Every class of a module, but those that functions make."""
    return tuple(one for node in _classes(root) if (one := _holder(node, source)) is not None)


def _classes(root: Node) -> Iterator[Node]:
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if node.type == "class_definition":
            yield node
        if node.type in _BLOCKS and depth < _DEPTH:
            stack += [(one, depth + 1) for one in reversed(node.named_children)]


def _holder(node: Node, source: Source) -> Holder | None:
    name, body, above = (node.child_by_field_name(field) for field in ("name", "body", "superclasses"))
    if name is None or body is None:
        return None
    bases = (
        [base for base in above.named_children if base.type in ("identifier", "attribute", "subscript")]
        if above
        else []
    )
    methods = dict(_methods(body))
    maker = next((one for one in methods if _name(one) == _MAKER), None)
    is_data = any(word in _DATACLASSES for word in _decorators(node))
    return Holder(
        _span(node, source),
        text_of(name),
        tuple(
            dotted
            for base in bases
            if (dotted := _dotted(base.child_by_field_name("value") if base.type == "subscript" else base))
        ),
        tuple(dotted for base in bases for one in base.children_by_field_name("subscript") if (dotted := _dotted(one))),
        (*_own(body), *_properties(methods), *(kept for one in methods for kept in _set(one, source))),
        _span(maker, source) if maker is not None else None,
        tuple(_defaults(maker)) if maker is not None else (),
        tuple(text_of(left) for left, _ in _assigned(body) if left.type == "identifier") if is_data else (),
    )


def _assigned(body: Node) -> Iterator[tuple[Node, Node | None]]:
    """What the statements of a block set, with the value; `self.a, self.b = a, b` one by one."""
    for statement in (one for one in body.named_children if one.type == "expression_statement"):
        inner = statement.named_children[0] if statement.named_children else None
        left = inner.child_by_field_name("left") if inner is not None and inner.type == "assignment" else None
        right = inner.child_by_field_name("right") if inner is not None and left is not None else None
        if left is None:
            continue
        names = left.named_children if left.type in _SEVERAL else [left]
        values = right.named_children if right is not None and right.type in _SEVERAL else [right]
        yield from zip(names, values, strict=True) if len(names) == len(values) else ((one, None) for one in names)


def _own(body: Node) -> Iterator[Kept]:
    for left, right in _assigned(body):
        if left.type == "identifier" and right is not None and right.type in ("identifier", "attribute", "call"):
            yield Kept(text_of(left), _dotted(right))


def _methods(body: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The methods of a class, with their decorators."""
    for one in body.named_children:
        definition = one.child_by_field_name("definition") if one.type == "decorated_definition" else one
        if definition is not None and definition.type == "function_definition":
            yield definition, tuple(_decorators(definition))


def _properties(methods: dict[Node, tuple[str, ...]]) -> Iterator[Kept]:
    """A property that does nothing but give a name."""
    for one, decorators in methods.items():
        body = one.child_by_field_name("body")
        last = body.named_children[-1] if body is not None and body.named_children else None
        if last is not None and last.type == "return_statement" and last.named_children and _PROPERTIES & {*decorators}:
            yield Kept(_name(one), _dotted(last.named_children[0]))


def _set(method: Node, source: Source) -> Iterator[Kept]:
    """What a method sets on its object."""
    stack, depth = [(method.child_by_field_name("body"), 0)], 0
    while stack:
        block, depth = stack.pop()
        if block is None or depth > _DEPTH:
            continue
        for left, right in _assigned(block):
            if (
                left.type == "attribute"
                and right is not None
                and text_of(left.child_by_field_name("object") or left) == "self"
            ):
                value = _dotted(right)
                if value or right.type in ("call", "boolean_operator", "conditional_expression", "subscript"):
                    yield Kept(text_of(left.child_by_field_name("attribute") or left), value, _span(method, source))
        stack += [
            (one, depth + 1)
            for one in block.named_children
            if one.type not in ("expression_statement", "function_definition")
        ]


def _defaults(maker: Node) -> Iterator[tuple[str, str]]:
    parameters = maker.child_by_field_name("parameters")
    for one in parameters.named_children if parameters is not None else ():
        name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
        if name is not None and value is not None and (dotted := _dotted(value)):
            yield text_of(name), dotted


def _decorators(definition: Node) -> Iterator[str]:
    around = definition.parent
    for one in around.named_children if around is not None and around.type == "decorated_definition" else ():
        if one.type == "decorator" and one.named_children:
            yield folded(one.named_children[0], _LONG).partition("(")[0]


def _dotted(node: Node | None) -> str:
    """A name or dotted name; "" for another expression."""
    text = folded(node, _LONG) if node is not None and node.type in ("identifier", "attribute", "type") else ""
    return text if text and all(word.isidentifier() for word in text.split(".")) else ""


def _name(definition: Node) -> str:
    return text_of(definition.child_by_field_name("name") or definition)


def _span(node: Node, source: Source) -> Span:
    return Span(source.path, node.start_byte, node.end_byte)
