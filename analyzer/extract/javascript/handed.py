"""Objects that calls hand on, as far as their entries are plain strings: what a function that writes rows is given.

What comes in: an argument and its Scope. What goes out: HandedRows. An entry counts where nothing behind it can take its place: a later spread, an
assignment, code that asks for it first. Of an expression that may be one object or another nothing is known. This module does not know what the
callee does.
"""

from collections.abc import Iterable, Iterator

from tree_sitter import Node

from analyzer.extract.binding import LoopNode
from analyzer.extract.javascript.changes import occurrences, touched
from analyzer.extract.meanings import Meaning
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.call import HandedRow, HandedValue
from analyzer.facts.origin import LiteralOrigin

_DEPTH, _ROWS, _ENTRIES, _LONGEST = 6, 50, 100, 80
_OBJECTS = frozenset({"object", "array", "identifier", "call_expression"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression"})

Entries = dict[str, Node]


def handed_rows(scope: Scope, arguments: Iterable[Node]) -> Iterator[HandedRow]:
    """The objects among the arguments of a call, or in lists of them, that have an entry which is a plain string."""
    for position, argument in enumerate(arguments):
        if scope.unwrapped(argument).type in _OBJECTS:
            for row in rows(scope, argument):
                values = tuple(_values(scope, row))
                if values:
                    yield HandedRow(position, values)


def _values(scope: Scope, row: Entries) -> Iterator[HandedValue]:
    for key, node in row.items():
        origin = scope.origin(node)
        if isinstance(origin, LiteralOrigin) and isinstance(origin.value, str) and len(origin.value) <= _LONGEST:
            yield HandedValue(key, scope.structure.span(node), origin.value)


def rows(scope: Scope, node: Node, depth: int = 0) -> list[Entries]:
    """The objects that an expression holds: the one it is, those of a list, those that a promise will bring."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return []
    match node.type:
        case "object":
            return [entries(scope, node, depth)]
        case "array":
            children = node.named_children[:_ROWS]
            return [row for child in children for row in rows(scope, child, depth + 1)][:_ROWS]
        case "identifier":
            return _named(scope, node, depth)
        case "call_expression":
            return _called(scope, node, depth)
        case _:
            return []


def entries(scope: Scope, node: Node, depth: int) -> Entries:
    """What an object literal holds for sure, by key; a spread of what is not known may set any of those in front of it."""
    found: Entries = {}
    for child in node.named_children[:_ENTRIES]:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "shorthand_property_identifier":
            found[text_of(child)] = child
        elif child.type == "pair" and key is not None and value is not None and key.type != "computed_property_name":
            found[text_of(key).strip("'\"")] = value
        elif child.type == "spread_element" and child.named_children:
            found = _spread(scope, child.named_children[0], found, depth)
        elif child.type != "comment":
            found = {}
    return found if len(node.named_children) <= _ENTRIES else {}


def _spread(scope: Scope, node: Node, before: Entries, depth: int) -> Entries:
    """What is known behind a spread: nothing, unless what is spread stands in the source with all of its entries."""
    inner = scope.unwrapped(node)
    found = scope.bound(inner)
    if found is None or found[1] or not _is_whole(found[0]):
        return {}
    own = entries(scope, found[0], depth + 1)
    if inner.type == "object":
        return before | own
    set_ = touched(text_of(inner), scope.structure, _around(scope, found[0].start_byte), inner)
    return {} if set_ is None else {key: value for key, value in (before | own).items() if key not in set_}


def _is_whole(node: Node) -> bool:
    """Whether an object literal has entries by name alone."""
    keys = [child.child_by_field_name("key") for child in node.named_children]
    return (
        node.type == "object"
        and all(child.type in ("pair", "shorthand_property_identifier", "comment") for child in node.named_children)
        and not any(key is not None and key.type == "computed_property_name" for key in keys)
    )


# ---------------------------------------------------------------------- names
def _named(scope: Scope, node: Node, depth: int) -> list[Entries]:
    """What a name is bound to once; an element of what a loop goes through."""
    name = text_of(node)
    meaning = scope.meaning(name, node.start_byte)
    if meaning.loop is not None:
        return _element(scope, meaning.loop, node, depth)
    value = _once(meaning)
    if value is None:
        return []
    value = scope.unwrapped(value)
    place = _around(scope, meaning.bindings[0].start)
    if value.type == "array" and not value.named_children:
        return _pushed(scope, node, place, depth)
    if value.type == "identifier":
        return []
    return _untouched(scope, node, place, rows(scope, value, depth + 1))


def _once(meaning: Meaning) -> Node | None:
    """The one value of a name; a mutation is an assignment to an entry, or a push: both are looked for at the name itself."""
    plain = [one for one in meaning.bindings if not one.mutation]
    return plain[0].value if len(plain) == 1 and not plain[0].destructured else None


def _around(scope: Scope, at: int) -> tuple[int, int]:
    function = scope.structure.functions.innermost(at)
    root = scope.structure.root
    return (function.span.start, function.span.end) if function is not None else (root.start_byte, root.end_byte)


def _untouched(scope: Scope, node: Node, place: tuple[int, int], found: list[Entries]) -> list[Entries]:
    """Objects without the entries that code asks for or sets under their name."""
    keys = touched(text_of(node), scope.structure, place, node) if any(found) else None
    return [] if keys is None else [{key: row[key] for key in row if key not in keys} for row in found]


def _element(scope: Scope, loop: LoopNode, node: Node, depth: int) -> list[Entries]:
    if loop.over is None or loop.loop.variables[:1] != (text_of(node),):
        return []
    head = loop.over.parent
    operator = head.child_by_field_name("operator") if head is not None else None
    is_of = operator is not None and text_of(operator) == "of" and len(loop.loop.variables) == 1
    if not is_of and not (loop.loop.kind == "callback" and _method(loop.over.parent) in ("map", "forEach")):
        return []
    span = loop.loop.span
    return _untouched(scope, node, (span.start, span.end), rows(scope, loop.over, depth + 1))


def _method(member: Node | None) -> str:
    name = member.child_by_field_name("property") if member is not None else None
    return text_of(name) if name is not None else ""


def _pushed(scope: Scope, node: Node, place: tuple[int, int], depth: int) -> list[Entries]:
    """What is pushed on a list that begins empty, where nothing else is done with it but to ask how long it is."""
    found: list[Entries] = []
    for one in occurrences(text_of(node), scope.structure, place):
        outer = one.parent
        is_member = outer is not None and outer.type == "member_expression" and outer.parent is not None
        if is_member and outer is not None and outer.parent is not None and _method(outer) == "push":
            arguments = outer.parent.child_by_field_name("arguments")
            pushed = arguments.named_children if arguments is not None else []
            found += [row for value in pushed[:_ROWS] for row in rows(scope, value, depth + 1)]
        elif not (one.id == node.id or (is_member and _method(outer) == "length") or _is_declared(one)):
            return []
    return found[:_ROWS]


def _is_declared(node: Node) -> bool:
    outer = node.parent
    return outer is not None and outer.type == "variable_declarator" and outer.child_by_field_name("name") == node


# ---------------------------------------------------------------------- calls
def _called(scope: Scope, node: Node, depth: int) -> list[Entries]:
    """What `Promise.all(list)`, `promise.then((one) => ({ .. }))` and `list.map((one) => ({ .. }))` give."""
    callee, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    if callee is None or callee.type != "member_expression" or len(given) != 1:
        return []
    home, method = callee.child_by_field_name("object"), _method(callee)
    if method == "all" and home is not None and text_of(home) == "Promise":
        return rows(scope, given[0], depth + 1)
    made = _result(scope.unwrapped(given[0])) if method in ("then", "map") else None
    return rows(scope, made, depth + 1) if made is not None else []


def _result(function: Node) -> Node | None:
    """The one expression that a function gives, its only return at its end."""
    body = function.child_by_field_name("body") if function.type in _FUNCTIONS else None
    if body is None or body.type != "statement_block":
        return body
    last = body.named_children[-1] if body.named_children else None
    if last is None or last.type != "return_statement" or not last.named_children:
        return None
    return last.named_children[0] if (body.text or b"").count(b"return") == 1 else None
