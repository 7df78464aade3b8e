"""The arguments of a call, the elements of a list, the entries of a dictionary.

What comes in: nodes and their Scope, which knows what parameters and loop variables are just now. What goes out: nodes; None for what
is not known. This module does not know operations.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.names import is_changed, meant, method, plain
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of

_DEPTH = 12
_MANY = 400
# Lists spread into one list, and what one more level of them costs of the depth.
_SPREAD = 4
_LISTS = frozenset({"list", "tuple", "set"})
PARAMETERS = frozenset({"identifier", "typed_parameter", "default_parameter", "typed_default_parameter"})
_COPIES = frozenset({"list", "tuple", "sorted", "reversed", "set"})


class Given(Struct, frozen=True):
    """The arguments of a call. `whole` is False where a spread may add some."""

    node: Node
    positional: tuple[Node, ...]
    named: Mapping[str, Node]
    whole: bool

    def get(self, at: int, *names: str) -> Node | None:
        """An argument by place or by one of its names."""
        if at < len(self.positional):
            return self.positional[at]
        return next((self.named[name] for name in names if name in self.named), None)


def given(call: Node, scope: Scope, depth: int = 0) -> Given:
    """The arguments of a call, spread lists among them where they are known."""
    arguments = call.child_by_field_name("arguments") if call.type == "call" else None
    positional: list[Node] = []
    named: dict[str, Node] = {}
    whole = True
    for child in arguments.named_children if arguments is not None else ():
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key is not None and value is not None:
            named[text_of(key)] = value
        elif child.type == "list_splat":
            inner = elements(child.named_children[0], scope, depth + 1) if child.named_children else None
            positional += inner or ()
            whole = whole and inner is not None
        elif child.type == "dictionary_splat" and (kept := _kept(child, scope)) is not None:
            named |= kept
        elif child.type == "dictionary_splat":
            entries = pairs(child.named_children[0], scope, depth + 1) if child.named_children else None
            named |= {name: value for key, value in entries or () if (name := plain(key, scope)) is not None}
            whole = whole and entries is not None
        elif child.type not in ("comment", "keyword_argument"):
            positional.append(child)
    return Given(call, tuple(positional), named, whole)


def _kept(splat: Node, scope: Scope) -> dict[str, Node] | None:
    """`**options`, where that is a parameter that takes all that is left by name."""
    name = splat.named_children[0] if splat.named_children else splat
    if name.type != "identifier":
        return None
    found = scope.spread(scope.meaning(text_of(name), name.start_byte), text_of(name))
    return dict(_named(found)) if found is not None else None


def _named(nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """Arguments given by name, among others."""
    for node in nodes:
        key, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if node.type == "keyword_argument" and key is not None and value is not None:
            yield text_of(key), value


def elements(node: Node, scope: Scope, depth: int = 0) -> tuple[Node, ...] | None:
    """The elements of a list that stands in the source; None where something may be added."""
    if is_changed(node, scope) or depth > _DEPTH:
        return None
    value = meant(node, scope)
    if value.type == "identifier":
        return scope.spread(scope.meaning(text_of(value), value.start_byte), text_of(value))
    if value.type in _LISTS:
        return _listed(value, scope, depth)
    if value.type == "binary_operator" and (value.child_by_field_name("operator") or value).type == "+":
        sides = [elements(side, scope, depth + 2) for side in value.named_children]
        return tuple(one for side in sides for one in side or ()) if None not in sides else None
    if value.type == "call":
        function = value.child_by_field_name("function")
        inner = value.child_by_field_name("arguments")
        if function is not None and text_of(function) in _COPIES and inner is not None and inner.named_child_count == 1:
            return elements(inner.named_children[0], scope, depth + 1)
        return _given_back(value, scope, depth)
    return None


def _listed(value: Node, scope: Scope, depth: int) -> tuple[Node, ...] | None:
    found: list[Node] = []
    if sum(child.type == "list_splat" for child in value.named_children) > _SPREAD:
        return None
    for child in value.named_children[:_MANY]:
        if child.type == "list_splat":
            inner = elements(child.named_children[0], scope, depth + _SPREAD) if child.named_children else None
            if inner is None:
                return None
            found += inner
        elif child.type != "comment":
            found.append(child)
    return tuple(found)


def returned(function: Node) -> Node | None:
    """What a function of one return gives."""
    body = function.child_by_field_name("body")
    found: list[Node] = []
    pending = list(body.named_children) if body is not None else []
    while pending:
        node = pending.pop()
        if node.type == "return_statement":
            found.append(node)
        elif node.type not in ("function_definition", "lambda", "class_definition"):
            pending.extend(node.named_children)
    return found[0].named_children[0] if len(found) == 1 and found[0].named_children else None


def _function(name: str, scope: Scope) -> Node | None:
    """A function of the file by its name."""
    span = next((one.span for one in scope.structure.all_functions if one.name == name and not one.owner), None)
    node = scope.structure.root.descendant_for_byte_range(span.start, span.end) if span is not None else None
    return node if node is not None and node.type == "function_definition" else None


def _given_back(call: Node, scope: Scope, depth: int) -> tuple[Node, ...] | None:
    """`*timestamps()`: the list that a function of the file returns, as this call makes it."""
    target, name = method(call)
    function = _function(name, scope) if target is None and name else None
    value = returned(function) if function is not None else None
    if function is None or value is None:
        return None
    span = scope.structure.span(function)
    scope.given.update({(span, key): found for key, found in parameters(function, call, scope).items()})
    return elements(value, scope, depth + 2)


def pairs(node: Node, scope: Scope, depth: int = 0) -> tuple[tuple[Node, Node], ...] | None:
    """The entries of a dictionary that stands in the source; None where something may be added."""
    if depth > _DEPTH:
        return None
    value = meant(node, scope)
    if value.type == "call" and folded(value.child_by_field_name("function") or value, 40) == "dict":
        inner = given(value, scope, depth + 1)
        return None if inner.positional or not inner.whole else tuple(_keywords(value))
    if value.type != "dictionary" or is_changed(node, scope):
        return None
    found = []
    for child in value.named_children[:_MANY]:
        key, entry = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key is not None and entry is not None:
            found.append((key, entry))
        elif child.type != "comment":
            return None
    return tuple(found)


def _keywords(call: Node) -> Iterator[tuple[Node, Node]]:
    arguments = call.child_by_field_name("arguments")
    for child in arguments.named_children if arguments is not None else ():
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if key is not None and value is not None:
            yield key, value


def parameters(function: Node, call: Node, scope: Scope) -> dict[str, Node | tuple[Node, ...]]:
    """What the parameters of a function are in one call: its arguments, else their defaults."""
    declared = function.child_by_field_name("parameters")
    arguments = given(call, scope)
    found: dict[str, Node | tuple[Node, ...]] = {}
    at = 0
    for child in declared.named_children if declared is not None else ():
        if child.type == "list_splat_pattern" and arguments.whole and child.named_children:
            found[text_of(child.named_children[0])] = arguments.positional[at:]
            at = len(arguments.positional)
        if child.type == "dictionary_splat_pattern" and arguments.whole and child.named_children:
            found[text_of(child.named_children[0])] = _left(call, found)
        if child.type not in PARAMETERS:
            continue
        name = parameter_name(child)
        value = arguments.get(at, name) or child.child_by_field_name("value")
        at += 1
        if value is not None:
            found[name] = value
    return found


def _left(call: Node, taken: Mapping[str, object]) -> tuple[Node, ...]:
    """The arguments by name that no parameter takes."""
    inner = call.child_by_field_name("arguments")
    nodes = inner.named_children if inner is not None else []
    return tuple(node for node in nodes for name, _ in _named([node]) if name not in taken)


def parameter_name(node: Node) -> str:
    """The name that a parameter's node declares."""
    named = node.child_by_field_name("name") or (node if node.type == "identifier" else node.named_children[0])
    return text_of(named)


def defaults(function: Node) -> Iterator[tuple[str, Node]]:
    """The parameters that need not be given, with what they are then."""
    declared = function.child_by_field_name("parameters")
    for child in declared.named_children if declared is not None else ():
        value = child.child_by_field_name("value") if child.type in PARAMETERS else None
        if value is not None:
            yield parameter_name(child), value
