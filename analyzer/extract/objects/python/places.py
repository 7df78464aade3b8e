"""What a Python file keeps: names of the module and its classes, attributes of objects, what functions give beside `return`.

What comes in: a file's structure. What goes out: Kept, and nodes of what is yielded. This module does not know any library.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.python.patterns import item, targets
from analyzer.extract.objects.reader import Reader, typed
from analyzer.extract.texts import folded, text_of
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, Kept, MemberValue, NameValue, Value

_LONGEST = 60_000
_RECEIVERS = ("self", "cls")


def given(reader: Reader) -> Iterator[Node]:
    """What generators yield and what functions without a body give."""
    for captures, _ in reader.matches("objects"):
        yield from captures.get("given", ())


def owner_at(reader: Reader, at: int) -> str:
    """The class around a byte, with those around it: `User.Settings`."""
    return ".".join(reader.scope.structure.owners.around(at))


def kept(reader: Reader) -> Iterator[Kept]:
    shared = _globals(reader)
    for captures, _ in reader.matches("objects"):
        if "kept" not in captures:
            continue
        target, value = captures["kept"][0], captures["kept.value"][0]
        if value.end_byte - value.start_byte > _LONGEST:
            continue
        for node, path in targets(target):
            name = _name(node, reader, shared)
            if name:
                found = _part(value, path, reader)
                yield Kept(reader.span(node), name, _typed(found, value), _function(reader, node))


def _typed(value: Value, node: Node) -> Value:
    type_ = node.parent.child_by_field_name("type") if node.parent is not None else None
    return typed(value, type_) if type_ is not None else value


def _part(node: Node, path: tuple[int, ...], reader: Reader) -> Value:
    value = reader.value(node)
    for index in path:
        value = item(value, index)
    return value


def _function(reader: Reader, node: Node) -> Span | None:
    function = reader.scope.structure.functions.innermost(node.start_byte)
    return function.span if function is not None else None


def _globals(reader: Reader) -> frozenset[tuple[Span, str]]:
    """(function, name) of what `global` makes the module's."""
    found = set()
    for captures, _ in reader.matches("objects"):
        for node in captures.get("global", ()):
            function = _function(reader, node)
            if function is not None:
                found.add((function, text_of(node)))
    return frozenset(found)


def _name(node: Node, reader: Reader, shared: frozenset[tuple[Span, str]]) -> str:
    """The name that outlives the function, "" for none."""
    function = _function(reader, node)
    if node.type == "identifier":
        if function is not None:
            return text_of(node) if (function, text_of(node)) in shared else ""
        owner = owner_at(reader, node.start_byte)
        return f"{owner}.{text_of(node)}" if owner else text_of(node)
    if node.type == "subscript":
        return _entry(node, reader)
    if node.type != "attribute":
        return ""
    return _made(node, reader) or _qualified(folded(node, 200), reader, node.start_byte)


def _made(node: Node, reader: Reader) -> str:
    """`cls._instance.db = ..`, `made.db = ..` in `__new__`: an attribute of the object that it gives."""
    owner = owner_at(reader, node.start_byte)
    of, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    known = reader.scope.structure.functions.innermost(node.start_byte)
    if not owner or known is None or known.name != "__new__" or of is None or name is None:
        return ""
    if of.type == "attribute":
        first, *rest = folded(of, 200).split(".")
        is_made = first in _RECEIVERS and len(rest) == 1
    else:
        value = reader.value(of)
        callee = value.callee if isinstance(value, CallValue) else None
        is_made = isinstance(callee, MemberValue) and callee.name == "__new__"
    return f"{owner}.{text_of(name)}" if is_made else ""


def _qualified(name: str, reader: Reader, at: int) -> str:
    first, _, rest = name.partition(".")
    owner = owner_at(reader, at) if first in _RECEIVERS else ""
    plain = all(part.isidentifier() for part in name.split("."))
    return "" if not plain else f"{owner}.{rest}" if owner else name


def _entry(node: Node, reader: Reader) -> str:
    """`app["db"] = ..` of an object of the module, and of an attribute."""
    of, keys = node.child_by_field_name("value"), node.children_by_field_name("subscript")
    if of is None or len(keys) != 1 or keys[0].type != "string":
        return ""
    key, _ = reader.language.key(keys[0], reader)
    is_outer = of.type == "attribute" or (of.type == "identifier" and isinstance(reader.value(of), NameValue))
    name = _qualified(folded(of, 200), reader, node.start_byte) if is_outer else ""
    return f"{name}.{key}" if name and key else ""
