"""Keys, members and calls of JavaScript as values.

What comes in: nodes, and a Reader that is asked for what lies inside of them. What goes out: Values. This module does not know what a call does.
"""

from tree_sitter import Node

from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Entry,
    FunctionValue,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    ObjectValue,
    Value,
)


def key(node: Node, reader: Reader) -> tuple[str | None, Value | None]:
    """A property's name, or what it is computed of."""
    match node.type:
        case "property_identifier" | "private_property_identifier" | "number":
            return text_of(node), None
        case "computed_property_name" if node.named_children:
            return key(node.named_children[-1], reader)
    value = reader.value(node)
    if isinstance(value, LiteralValue) and value.kind in ("string", "int"):
        return value.text, None
    return None, value


def listed(node: Node, reader: Reader) -> tuple[tuple[Value, ...], bool]:
    """Items or arguments; what is spread among them where it is known, else the items before it."""
    items: list[Value] = []
    more = False
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.type != "spread_element":
            items.append(reader.value(child))
            continue
        inner = reader.value(child.named_children[-1]) if child.named_children else None
        if isinstance(inner, ListValue) and not inner.open:
            items.extend(inner.items)
        else:
            more = True
            if isinstance(inner, ListValue):
                items.extend(inner.items)
    return tuple(items), more


def accessed(node: Node, reader: Reader) -> Value | None:
    target = node.child_by_field_name("object")
    name = node.child_by_field_name("property" if node.type == "member_expression" else "index")
    if target is None or name is None:
        return None
    plain, computed = key(name, reader)
    of, span = reader.value(target), reader.span(node)
    if plain is None:
        return ItemValue(span, of, computed) if computed is not None else None
    # What a method is called on is told with all that was set on it: `user.name = ..; user.save()`.
    outer = node.parent
    is_callee = outer is not None and outer.type == "call_expression" and outer.child_by_field_name("function") == node
    return MemberValue(span, of, plain) if is_callee else member(span, of, plain)


def member(span: Span, of: Value, name: str) -> Value:
    """`of.name`; of an object whose entries are known the entry's value."""
    found = [entry for entry in of.entries if entry.key in (name, None)] if isinstance(of, ObjectValue) else []
    last = found[-1] if found and isinstance(of, ObjectValue) and not of.open else None
    if last is None or not last.certain or last.computed is not None or isinstance(last.value, FunctionValue):
        return MemberValue(span, of, name)
    return last.value if last.key == name else member(span, last.value, name)


def called(node: Node, reader: Reader) -> Value | None:
    made = node.type == "new_expression"
    callee = node.child_by_field_name("constructor" if made else "function")
    arguments = node.child_by_field_name("arguments")
    if callee is None:
        return None
    span, of = reader.span(node), reader.value(callee)
    if arguments is None:
        return CallValue(span, of, made=made)
    if arguments.type == "template_string":
        return CallValue(span, of, (reader.value(arguments),))
    if text_of(callee) == "Object.assign" and arguments.named_children:
        return _merged(span, arguments, reader)
    given, more = listed(arguments, reader)
    return CallValue(span, of, given, made=made, open=more)


def _merged(span: Span, arguments: Node, reader: Reader) -> Value:
    """`Object.assign({}, a, b)` is `{...a, ...b}`."""
    parts = [child for child in arguments.named_children if child.type != "comment"]
    entries: list[Entry] = []
    more = False
    for child in parts:
        if child.type == "spread_element":
            more = True
            continue
        value = reader.value(child)
        if isinstance(value, ObjectValue) and not value.open:
            entries.extend(value.entries)
        else:
            entries.append(Entry(reader.span(child), None, value))
    return ObjectValue(span, tuple(entries), more)
