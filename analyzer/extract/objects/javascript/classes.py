"""Classes of JavaScript and TypeScript: what they take from, what their attributes are, what decorates them.

What comes in: a file's Reader. What goes out: Classes. Arguments of a base's type are dropped. This module does not know any decorator.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.javascript.expressions import class_name
from analyzer.extract.objects.javascript.keeping import is_property
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.value import Class, Value

_FIELDS = frozenset({"field_definition", "public_field_definition"})
_LONGEST = 300


def classes(reader: Reader) -> Iterator[Class]:
    """Every class that has a name, or is kept or exported under one."""
    for captures, _ in reader.matches("kept"):
        if "class" in captures and class_name(captures["class"][0]):
            yield _class(captures["class"][0], reader)


def _class(node: Node, reader: Reader) -> Class:
    attributes: list[tuple[str, str]] = []
    injected: list[tuple[str, Value]] = []
    pending: list[Node] = []
    body = node.child_by_field_name("body")
    for child in body.named_children if body is not None else ():
        if child.type == "decorator":
            pending.append(child)
            continue
        if child.type in _FIELDS:
            _field(child, child, pending, reader, attributes, injected)
        elif child.type == "method_definition":
            listed = child.child_by_field_name("parameters")
            for parameter in listed.named_children if listed is not None else ():
                if is_property(parameter):
                    _field(parameter, parameter, [], reader, attributes, injected)
        pending = []
    return Class(
        reader.span(node),
        class_name(node),
        tuple(_bases(node, reader)),
        tuple(attributes),
        tuple(injected),
        tuple(_decorator(one, reader) for one in _above(node)),
    )


def _field(
    node: Node,
    holder: Node,
    pending: list[Node],
    reader: Reader,
    attributes: list[tuple[str, str]],
    injected: list[tuple[str, Value]],
) -> None:
    name = (
        node.child_by_field_name("name") or node.child_by_field_name("property") or node.child_by_field_name("pattern")
    )
    if name is None:
        return
    type_ = node.child_by_field_name("type")
    written = text_of(type_).removeprefix(":").strip() if type_ is not None else ""
    attributes.append((text_of(name), written if len(written) <= _LONGEST else ""))
    inside = [child for child in holder.children if child.type == "decorator"]
    injected.extend((text_of(name), _decorator(one, reader)) for one in (*pending, *inside))


def _bases(node: Node, reader: Reader) -> Iterator[Value]:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    for child in heritage.named_children if heritage is not None else ():
        if child.type == "extends_clause":
            value = child.child_by_field_name("value")
            if value is not None:
                yield reader.value(value)
        elif child.type not in ("implements_clause", "comment"):
            yield reader.value(child)


def _above(node: Node) -> list[Node]:
    """Decorators of a class, before or behind `export`."""
    outer = node.parent
    around = outer.children if outer is not None and outer.type == "export_statement" else []
    return [child for child in (*around, *node.children) if child.type == "decorator"]


def _decorator(node: Node, reader: Reader) -> Value:
    return reader.value(node.named_children[0]) if node.named_children else reader.value(node)
