"""What JavaScript keeps under names beyond a function, and what parameters are where nobody passes them.

What comes in: a file's Reader. What goes out: Kept and Presets. `module.exports = X` is kept as "module.exports", `exports.f` and `module.exports.f` as
"exports.f", `export default X` as "default". This module does not know who reads a name.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.javascript.expressions import class_name, typed
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import folded, head, text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Kept,
    LiteralValue,
    NameValue,
    ObjectValue,
    Preset,
    TextValue,
    TypedValue,
    UnknownValue,
    Value,
)

_LONGEST = 60_000
_LONGEST_NAME = 120
_FIELDS = frozenset({"field_definition", "public_field_definition"})
_CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})
_MODIFIERS = frozenset({"accessibility_modifier", "readonly", "override_modifier"})


def kept(reader: Reader) -> Iterator[Kept]:
    """Everything that is kept."""
    yield from _module(reader)
    for captures, _ in reader.matches("kept"):
        if "kept" in captures:
            yield from _assigned(captures["kept"][0], captures["target"][0], captures["value"][0], reader)
        elif "class" in captures:
            yield from _fields(captures["class"][0], reader)
        elif "default" in captures or "exported" in captures:
            node = captures["default" if "default" in captures else "exported"][0]
            name = "default" if "default" in captures else "module.exports"
            yield from _one(reader, node, name, _exported(node, reader), None)
        elif "alias.export" in captures and not _is_passed_on(captures["alias.export"][0]):
            alias = text_of(captures["alias"][0])
            yield from _one(reader, captures["name"][0], alias, reader.value(captures["name"][0]), None)


def _exported(node: Node, reader: Reader) -> Value:
    if node.type in _CLASSES:
        return NameValue(reader.span(node), class_name(node))
    return NameValue(reader.span(node), text_of(node)) if node.type.endswith("identifier") else reader.value(node)


def _is_passed_on(specifier: Node) -> bool:
    """`export { a as b } from "./c"` names nothing of this file."""
    outer = specifier.parent.parent if specifier.parent is not None else None
    return outer is None or outer.child_by_field_name("source") is not None


def _module(reader: Reader) -> Iterator[Kept]:
    """Names of the module, wherever they are set."""
    structure = reader.scope.structure
    end = structure.root.end_byte
    for name, bindings in structure.bindings.items():
        for binding in bindings:
            value = binding.value
            if value is None or binding.function is not None or binding.block is not None or binding.mutation:
                continue
            if "." in name or structure.owners.innermost(binding.start) or value.end_byte - value.start_byte > _LONGEST:
                continue
            function = structure.functions.innermost(binding.start)
            found = reader.whole(binding, end) if not binding.destructured else reader.language.part(binding, reader)
            if not _is_import(found):
                yield from _one(reader, value, name, found, function.span if function is not None else None)


def _one(reader: Reader, node: Node, name: str, value: Value, function: Span | None) -> Iterator[Kept]:
    if not isinstance(value, UnknownValue) and not (isinstance(value, NameValue) and value.name == name):
        yield Kept(reader.span(node), name, value, function)


def _is_import(value: Value) -> bool:
    while not isinstance(value, CallValue) and hasattr(value, "of"):
        value = value.of
    callee = value.callee if isinstance(value, CallValue) else None
    return isinstance(callee, NameValue) and callee.name in ("require", "import")


def _assigned(node: Node, target: Node, value: Node, reader: Reader) -> Iterator[Kept]:
    """`this.x = ..`, `module.exports = ..`, `app.locals.db = ..`."""
    too_long = target.end_byte - target.start_byte > _LONGEST_NAME or value.end_byte - value.start_byte > _LONGEST
    name = folded(target).replace("?.", ".").replace("!.", ".") if not too_long else ""
    if not name or not name.replace(".", "").replace("_", "").replace("$", "").replace("#", "").isalnum():
        return
    structure = reader.scope.structure
    root, _, rest = name.partition(".")
    given = reader.value(value)
    if root == "this":
        owner = structure.owners.innermost(node.start_byte) or _constructor(node, reader)
        if not owner or "." in rest:
            return
        name = f"{owner}.{rest}"
    elif name.startswith("module.exports."):
        name = name.removeprefix("module.")
    elif root not in ("module", "exports") and (_is_plain(given) or _is_own_object(target, root, reader)):
        return
    yield from _one(reader, node, name, given, structure.function_at(node.start_byte))


def _constructor(node: Node, reader: Reader) -> str:
    """A function that makes objects has a name that begins like a class's."""
    functions = reader.scope.structure.functions.around(node.start_byte)
    name = next((function.name for function in reversed(functions) if function.name), "")
    return name if name[:1].isupper() else ""


def _is_plain(value: Value) -> bool:
    return isinstance(value, LiteralValue | TextValue | UnknownValue)


def _is_own_object(target: Node, root: str, reader: Reader) -> bool:
    """Whether what is set is an entry of an object literal of the same function: it is part of that value."""
    start = target.start_byte
    value = reader.named(root, Span(reader.scope.structure.source.path, start, start))
    return isinstance(value.of if isinstance(value, TypedValue) else value, ObjectValue)


def _fields(node: Node, reader: Reader) -> Iterator[Kept]:
    """Fields of a class, and parameters of its constructor that are fields."""
    body, owner = node.child_by_field_name("body"), class_name(node)
    for child in body.named_children if body is not None and owner else ():
        if child.type in _FIELDS:
            name = child.child_by_field_name("name") or child.child_by_field_name("property")
            value, type_ = child.child_by_field_name("value"), child.child_by_field_name("type")
            if name is not None and value is not None and value.end_byte - value.start_byte <= _LONGEST:
                given = reader.value(value)
                if type_ is not None and type_.named_children:
                    given = typed(reader.span(value), type_.named_children[0], given)
                yield from _one(reader, child, f"{owner}.{text_of(name)}", given, None)
        elif child.type == "method_definition" and text_of(child.child_by_field_name("name") or child) == "constructor":
            yield from _properties(child, owner, reader)


def _properties(constructor: Node, owner: str, reader: Reader) -> Iterator[Kept]:
    listed, body = constructor.child_by_field_name("parameters"), constructor.child_by_field_name("body")
    for child in listed.named_children if listed is not None and body is not None else ():
        pattern = child.child_by_field_name("pattern")
        if pattern is not None and is_property(child):
            span = (
                Span(reader.scope.structure.source.path, body.start_byte, body.start_byte) if body is not None else None
            )
            if span is not None:
                value = reader.named(text_of(pattern), span)
                yield Kept(reader.span(pattern), f"{owner}.{text_of(pattern)}", value, reader.span(constructor))


def is_property(parameter: Node) -> bool:
    """Whether a parameter of a constructor is a field as well."""
    return any(child.type in _MODIFIERS for child in parameter.children)


def presets(reader: Reader) -> Iterator[Preset]:
    """Defaults and decorators of parameters."""
    structure = reader.scope.structure
    for captures, _ in reader.matches("kept"):
        node = captures["preset"][0] if "preset" in captures else None
        if node is None or node.parent is None or node.parent.type != "formal_parameters":
            continue
        function, listed = structure.functions.innermost(node.start_byte), node.parent
        if function is None or listed is None:
            continue
        inside = [child for child in listed.named_children if child.type != "comment" and head(child, 5) != "this:"]
        value = reader.value(captures["value"][0])
        if node in inside and not isinstance(value, UnknownValue):
            yield Preset(function.span, inside.index(node), value)
