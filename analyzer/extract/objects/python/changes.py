"""What alters the dict or list that a name holds, in Python.

What comes in: a file's structure. What goes out: Changes. Source: the Python library reference, "Mapping Types" and "Mutable Sequence Types". That a
function changes what it is given is known of functions of the same file; of another's it is taken to where a call's result is dropped, because
it must have been called for something. Methods of other objects (those of drivers and logs are such) are taken to leave their arguments alone.
"""

import builtins
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.changed import ChangeKind
from analyzer.extract.objects.reader import Change, Reader
from analyzer.extract.texts import text_of
from analyzer.facts.call import Function

_BUILTINS = frozenset(dir(builtins))
_METHODS: dict[str, ChangeKind] = {
    "append": "item",
    "appendleft": "item",
    "add": "item",
    "insert": "item",
    "extend": "items",
    "update": "merge",
    "setdefault": "default",
    "pop": "lost",
}
_DEPTH = 6
_Root = tuple[str, tuple[Node, ...]]


def changes(reader: Reader) -> Iterator[Change]:
    """Everything in a file that alters what a name holds."""
    direct = [*_statements(reader), *_methods(reader)]
    yield from direct
    yield from _handed(reader, direct)


def root(node: Node) -> _Root | None:
    """The name and the keys of `update["$set"]["name"]`, `query.setdefault("$or", [])`."""
    path: list[Node] = []
    for _ in range(_DEPTH):
        if node.type == "identifier":
            return text_of(node), tuple(reversed(path))
        inner = _step(node)
        if inner is None:
            return None
        node, key = inner
        path.append(key)
    return None


def _step(node: Node) -> tuple[Node, Node] | None:
    if node.type == "subscript":
        of, keys = node.child_by_field_name("value"), node.children_by_field_name("subscript")
        return (of, keys[0]) if of is not None and len(keys) == 1 and keys[0].type != "slice" else None
    called = _method(node) if node.type == "call" else None
    if called is None or called[1] != "setdefault" or not called[2]:
        return None
    return called[0], called[2][0]


def _method(call: Node) -> tuple[Node, str, list[Node]] | None:
    """Of a method's call: what it is called on, its name, its arguments."""
    function, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or given is None or function.type != "attribute":
        return None
    of, name = function.child_by_field_name("object"), function.child_by_field_name("attribute")
    arguments = [child for child in given.named_children if child.type != "comment"]
    return (of, text_of(name), arguments) if of is not None and name is not None else None


def _statements(reader: Reader) -> Iterator[Change]:
    for captures, _ in reader.matches("objects"):
        if "change" not in captures:
            continue
        node = captures["change"][0]
        if "entry" in captures:
            yield from _entry(node, captures["entry"][0], "entry", captures["entry.value"][0])
        elif "deleted" in captures:
            for target in captures["deleted"]:
                for one in target.named_children if target.type == "expression_list" else (target,):
                    yield from _entry(node, one, "lost", None)
        elif "grown" in captures:
            yield from _grown(node, captures["grown"][0], captures["grown.value"][0])


def _entry(node: Node, target: Node, kind: ChangeKind, value: Node | None) -> Iterator[Change]:
    found = root(target) if target.type == "subscript" else None
    if found is not None and found[1]:
        yield Change(found[0], node, kind, found[1][-1], value, found[1][:-1])


def _grown(node: Node, target: Node, value: Node) -> Iterator[Change]:
    operator, found = node.child_by_field_name("operator"), root(target)
    kinds: dict[str, ChangeKind] = {"+=": "items", "|=": "merge"}
    kind = kinds.get(text_of(operator)) if operator is not None else None
    if kind is not None and found is not None:
        yield Change(found[0], node, kind, None, value, found[1])


def _methods(reader: Reader) -> Iterator[Change]:
    for captures in reader.scope.structure.call_captures:
        called = _method(captures["call"][0])
        kind = _METHODS.get(called[1]) if called is not None else None
        found = root(called[0]) if called is not None and kind is not None else None
        if called is not None and kind is not None and found is not None and called[2]:
            yield from _called(captures["call"][0], kind, called[2], found)


def _called(node: Node, kind: ChangeKind, arguments: list[Node], found: _Root) -> Iterator[Change]:
    name, path = found
    if kind == "merge":
        for argument in arguments:
            key, value = argument.child_by_field_name("name"), argument.child_by_field_name("value")
            if argument.type == "keyword_argument" and key is not None:
                yield Change(name, node, "entry", text_of(key), value, path)
            else:
                spread = argument.named_children[0] if argument.type == "dictionary_splat" else argument
                yield Change(name, node, "merge", None, spread, path)
    elif kind in ("default", "lost"):
        yield Change(name, node, kind, arguments[0], arguments[1] if len(arguments) > 1 else None, path)
    else:
        yield Change(name, node, kind, None, arguments[-1], path)


# ------------------------------------------------------------------ what others do to it
def _handed(reader: Reader, direct: list[Change]) -> Iterator[Change]:
    structure = reader.scope.structure
    changed = {
        (function.span, change.name)
        for change in direct
        for function in structure.functions.around(change.node.start_byte)
    }
    known: dict[str, list[Function]] = {}
    for function in structure.all_functions:
        known.setdefault(function.name, []).append(function)
    for captures in structure.call_captures:
        call, callee = captures["call"][0], captures["call.callee"][0]
        name = _plain(callee)
        given = call.child_by_field_name("arguments")
        if not name or given is None or name in _BUILTINS:
            continue
        for index, (word, argument) in enumerate(_names(given)):
            if name in known:
                parameters = [(one, _parameter(one, index, word)) for one in known[name]]
                alters = any((one.span, parameter) in changed for one, parameter in parameters)
            else:
                alters = callee.type == "identifier" and _is_dropped(call)
            if alters:
                yield Change(argument, call, "handed")


def _plain(callee: Node) -> str:
    """`f` of `f(..)`, `self.f(..)` and `cls.f(..)`."""
    if callee.type == "identifier":
        return text_of(callee)
    of, name = callee.child_by_field_name("object"), callee.child_by_field_name("attribute")
    return text_of(name) if of is not None and name is not None and text_of(of) in ("self", "cls") else ""


def _names(given: Node) -> Iterator[tuple[str, str]]:
    """Arguments that are names: (the word it is passed by, its name); "" for others, which keep their places."""
    for child in (child for child in given.named_children if child.type != "comment"):
        word, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and word is not None and value is not None:
            yield text_of(word), text_of(value) if value.type == "identifier" else ""
        else:
            yield "", text_of(child) if child.type == "identifier" else ""


def _parameter(function: Function, index: int, word: str) -> str:
    if word:
        return word
    return function.parameters[index].name if index < len(function.parameters) else ""


def _is_dropped(call: Node) -> bool:
    parent = call.parent
    while parent is not None and parent.type in ("await", "parenthesized_expression"):
        parent = parent.parent
    return parent is not None and parent.type == "expression_statement"
