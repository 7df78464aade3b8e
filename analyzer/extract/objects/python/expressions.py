"""Python's expressions as values.

What comes in: nodes of tree-sitter-python. What goes out: Values, None for a shape that no value has. Source: the Python language reference,
"Expressions". This module does not know calls: `calls` does.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.objects.python import operators
from analyzer.extract.objects.python.calls import called
from analyzer.extract.objects.python.pieces import text
from analyzer.extract.objects.reader import Reader
from analyzer.extract.python.strings import prefix_of
from analyzer.extract.texts import folded, text_of
from analyzer.facts.value import (
    Entry,
    FunctionValue,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    ObjectValue,
    TextValue,
    TypedValue,
    UnknownValue,
    Value,
)

_LITERALS = {"integer": "int", "float": "float", "true": "bool", "false": "bool", "none": "null"}
_SEQUENCES = frozenset({"list", "tuple", "set", "expression_list"})
_COMPREHENSIONS = frozenset({"list_comprehension", "set_comprehension", "generator_expression"})


def expression(node: Node, reader: Reader) -> Value | None:
    read = _READERS.get(node.type)
    return read(node, reader) if read is not None else None


def key(node: Node, reader: Reader) -> tuple[str | None, Value | None]:
    """A constant key by its characters, any other as a value."""
    value = reader.value(node)
    if isinstance(value, LiteralValue) and value.kind in ("string", "int"):
        return value.text, None
    return None, value


def _literal(node: Node, reader: Reader) -> Value:
    kind = _LITERALS[node.type]
    words = {"bool": text_of(node).lower(), "null": ""}
    return LiteralValue(reader.span(node), kind, words.get(kind, text_of(node)))  # type: ignore[arg-type]


def _string(node: Node, reader: Reader) -> Value:
    if "b" in prefix_of(node):
        return LiteralValue(reader.span(node), "bytes")
    return text(node, reader)


def _dictionary(node: Node, reader: Reader) -> Value:
    entries = tuple(_entries(node, reader))
    return ObjectValue(reader.span(node), entries, open=node.has_error or reader.is_full)


def _entries(node: Node, reader: Reader) -> list[Entry]:
    found = []
    for child in node.named_children:
        name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "dictionary_splat" and child.named_children:
            found.append(Entry(reader.span(child), None, reader.value(child.named_children[0])))
        elif child.type == "pair" and name is not None and value is not None:
            plain, computed = key(name, reader)
            found.append(Entry(reader.span(child), plain, reader.value(value), computed))
        if reader.is_full:
            break
    return found


def _sequence(node: Node, reader: Reader) -> Value:
    items: list[Value] = []
    more = node.has_error
    for child in node.named_children:
        if reader.is_full:
            more = True
            break
        if child.type in reader.scope.syntax.comments or child.is_error:
            continue
        if child.type != "list_splat" or not child.named_children:
            items.append(reader.value(child))
            continue
        spread = reader.value(child.named_children[0])
        known = isinstance(spread, ListValue)
        items.extend(spread.items if isinstance(spread, ListValue) else ())
        more = more or not known or (isinstance(spread, ListValue) and spread.open)
    return ListValue(reader.span(node), tuple(items), open=more)


def _comprehension(node: Node, reader: Reader) -> Value:
    body = node.child_by_field_name("body")
    return ListValue(reader.span(node), (reader.value(body),) if body is not None else (), open=True)


def _mapping(node: Node, reader: Reader) -> Value:
    """A dict comprehension; one that only leaves entries out is what it leaves them out of."""
    body, span = node.child_by_field_name("body"), reader.span(node)
    name = body.child_by_field_name("key") if body is not None else None
    value = body.child_by_field_name("value") if body is not None else None
    if name is None or value is None:
        return ObjectValue(span, open=True)
    whole = _filtered(node, name, value)
    if whole is not None:
        certain = not any(child.type == "if_clause" for child in node.named_children)
        return ObjectValue(span, (Entry(reader.span(whole), None, reader.value(whole), None, certain),))
    plain, computed = key(name, reader)
    return ObjectValue(span, (Entry(span, plain, reader.value(value), computed, certain=False),))


def _filtered(node: Node, name: Node, value: Node) -> Node | None:
    """`data` of `{k: v for k, v in data.items() if v}`."""
    clauses = [child for child in node.named_children if child.type == "for_in_clause"]
    left = clauses[0].child_by_field_name("left") if len(clauses) == 1 else None
    over = clauses[0].child_by_field_name("right") if len(clauses) == 1 else None
    if left is None or over is None or [text_of(c) for c in left.named_children] != [text_of(name), text_of(value)]:
        return None
    function = over.child_by_field_name("function") if over.type == "call" else None
    method = function.child_by_field_name("attribute") if function is not None else None
    if function is None or method is None or text_of(method) != "items":
        return None
    return function.child_by_field_name("object")


def _attribute(node: Node, reader: Reader) -> Value | None:
    of, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if of is None or name is None:
        return None
    return MemberValue(reader.span(node), reader.value(of), text_of(name))


def _subscript(node: Node, reader: Reader) -> Value | None:
    of, indexes = node.child_by_field_name("value"), node.children_by_field_name("subscript")
    span = reader.span(node)
    if of is None or not indexes:
        return None
    if indexes[0].type == "slice":
        # A part of a list or a cursor holds nothing that the whole does not.
        whole = reader.value(of)
        cut = isinstance(whole, LiteralValue | TextValue | ObjectValue)
        return UnknownValue(span, "slice") if cut else whole
    if text_of(of).rpartition(".")[2] == "Annotated":
        calls = [index for index in indexes[1:] if index.type == "call"]
        return TypedValue(span, folded(indexes[0], 400), reader.value(calls[0])) if calls else None
    if len(indexes) > 1:
        return UnknownValue(span, "type")
    plain, computed = key(indexes[0], reader)
    target = reader.value(of)
    if plain is None or computed is not None:
        return ItemValue(span, target, computed or UnknownValue(span, "key"))
    return _entry(target, plain) or MemberValue(span, target, plain)


def _entry(target: Value, name: str) -> Value | None:
    """What an object or list that is known here holds under a constant key."""
    if isinstance(target, ObjectValue) and not target.open and target.entries:
        for entry in reversed(target.entries):
            if entry.key is None or (entry.key == name and not entry.certain):
                return None
            if entry.key == name:
                return entry.value
    if isinstance(target, ListValue) and not target.open and name.isdecimal() and int(name[:9]) < len(target.items):
        return target.items[int(name)]
    return None


def _named(node: Node, reader: Reader) -> Value | None:
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    return reader.value(value) if value is not None else None


def _lambda(node: Node, reader: Reader) -> Value:
    return FunctionValue(reader.span(node))


_READERS: dict[str, Callable[[Node, Reader], Value | None]] = {
    **dict.fromkeys(_LITERALS, _literal),
    **dict.fromkeys(_SEQUENCES, _sequence),
    **dict.fromkeys(_COMPREHENSIONS, _comprehension),
    "string": _string,
    "concatenated_string": text,
    "dictionary": _dictionary,
    "dictionary_comprehension": _mapping,
    "attribute": _attribute,
    "subscript": _subscript,
    "call": called,
    "boolean_operator": operators.either,
    "conditional_expression": operators.either,
    "binary_operator": operators.operator,
    "unary_operator": operators.sign,
    "comparison_operator": operators.comparison,
    "named_expression": _named,
    "assignment": _named,
    "lambda": _lambda,
}
