"""Python's classes as values, and what parameters are where nobody passes them.

What comes in: a file's structure. What goes out: Classes and Presets. Source: the documentation of `typing` (`Annotated`). This module does not know what a
base or a decorator means.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.python.places import owner_at
from analyzer.extract.objects.reader import Reader
from analyzer.extract.python.parameters import parameter_nodes
from analyzer.extract.texts import folded, text_of
from analyzer.facts.value import Class, Preset, TypedValue, Value


def classes(reader: Reader) -> Iterator[Class]:
    typed: dict[str, list[tuple[str, Node]]] = {}
    for owner, attribute, type_ in _typed(reader):
        typed.setdefault(owner, []).append((attribute, type_))
    for captures, _ in reader.matches("objects"):
        for node in captures.get("class", ()):
            name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
            if name is not None and body is not None:
                full = owner_at(reader, name.start_byte) or text_of(name)
                yield _class(node, full, [*_annotated(body), *typed.get(full, ())], reader)


def _class(node: Node, name: str, fields: list[tuple[str, Node]], reader: Reader) -> Class:
    return Class(
        reader.span(node),
        name,
        tuple(_bases(node, reader)),
        tuple((field, folded(type_, 400)) for field, type_ in fields),
        tuple((field, value) for field, type_ in fields for value in _metadata(type_, reader)),
        tuple(_decorators(node, reader)),
    )


def _typed(reader: Reader) -> Iterator[tuple[str, str, Node]]:
    """`self.users: Users = ..`: (class, attribute, type)."""
    for captures, _ in reader.matches("objects"):
        if "typed" in captures:
            target, type_ = captures["typed"][0], captures["typed.type"][0]
            first, _, rest = folded(target, 200).partition(".")
            if first in ("self", "cls") and rest.isidentifier():
                yield owner_at(reader, target.start_byte), rest, type_


def _annotated(body: Node) -> Iterator[tuple[str, Node]]:
    for statement in body.named_children:
        node = statement.named_children[0] if statement.named_children else None
        if statement.type != "expression_statement" or node is None or node.type != "assignment":
            continue
        name, type_ = node.child_by_field_name("left"), node.child_by_field_name("type")
        if name is not None and type_ is not None and name.type == "identifier":
            yield text_of(name), type_


def _bases(node: Node, reader: Reader) -> Iterator[Value]:
    """What a class takes from; `Repository[User]` is Repository."""
    given = node.child_by_field_name("superclasses")
    for child in given.named_children if given is not None else ():
        if child.type in ("keyword_argument", "dictionary_splat", "list_splat", "comment"):
            continue
        base = child.child_by_field_name("value") if child.type == "subscript" else child
        yield reader.value(base if base is not None else child)


def _decorators(node: Node, reader: Reader) -> Iterator[Value]:
    parent = node.parent
    for child in parent.named_children if parent is not None and parent.type == "decorated_definition" else ():
        if child.type == "decorator" and child.named_children:
            yield reader.value(child.named_children[0])


def _metadata(type_: Node, reader: Reader) -> Iterator[Value]:
    """The calls in a type: `Indexed(str, unique=True)`, those behind the type in `Annotated[..]`."""
    inner = type_.named_children[0] if type_.type == "type" and type_.named_children else type_
    if inner.type == "call":
        yield reader.value(inner)
        return
    if inner.type not in ("generic_type", "subscript") or not inner.named_children:
        return
    head, *rest = inner.named_children
    parts = [part for one in rest for part in (one.named_children if one.type == "type_parameter" else [one])]
    if text_of(head).rpartition(".")[2] in ("Annotated", "Optional"):
        for part in parts:
            yield from _metadata(part, reader)


def presets(reader: Reader) -> Iterator[Preset]:
    for captures, _ in reader.matches("objects"):
        if "parameters" not in captures:
            continue
        span = reader.span(captures["function"][0])
        for index, node in enumerate(parameter_nodes(captures["parameters"][0])):
            value, type_ = node.child_by_field_name("value"), node.child_by_field_name("type")
            if value is not None:
                yield Preset(span, index, reader.value(value))
            for found in _metadata(type_, reader) if type_ is not None else ():
                yield Preset(span, index, found)
            if type_ is not None and value is None:
                yield from (Preset(span, index, found) for found in _alias(type_, reader))


def _alias(type_: Node, reader: Reader) -> Iterator[Value]:
    """What `Db = Annotated[Database, Depends(get_db)]` says of a parameter `db: Db`."""
    bindings = reader.scope.structure.bindings_in.get((text_of(type_), None), []) if len(text_of(type_)) < 80 else []
    value = reader.value(bindings[0].value) if len(bindings) == 1 and bindings[0].value is not None else None
    if isinstance(value, TypedValue) and bindings[0].value is not None and bindings[0].value.type == "subscript":
        yield value.of
