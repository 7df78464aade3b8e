"""Which words of a Python file are SQLAlchemy's, and the pieces of a call.

What comes in: nodes and their Scope. What goes out: the library's own name for what is called, the arguments by place and name. Source: the
API reference of SQLAlchemy 2.0 and 1.4, SQLModel's and Flask-SQLAlchemy's pages. This module does not know what a call means.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.binding import Binding
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of

_LIBRARIES = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy", "sqlalchemy_utils"})
# Functions that are statements, or parts of them.
FUNCTIONS = frozenset({
    "select", "insert", "update", "delete", "union", "union_all", "intersect", "intersect_all", "except_", "except_all", "exists",
    "and_", "or_", "not_", "func", "case", "cast", "try_cast", "type_coerce", "literal", "literal_column", "text", "column", "table",
    "null", "true", "false", "distinct", "asc", "desc", "nullsfirst", "nullslast", "nulls_first", "nulls_last", "over", "extract",
    "tuple_", "between", "any_", "all_", "collate", "label", "bindparam", "aliased", "lateral", "values", "within_group", "col", "alias",
    "array", "aggregate_order_by", "with_polymorphic", "funcfilter", "bitwise_not", "cte", "subquery",
})  # fmt: skip
_HANDLE = re.compile(
    r"(?:\w*_|)(?:session|sess|db|database|dbsession|tx|transaction)_?|s|\w*session(?:local|maker)?", re.IGNORECASE
)
_NAME = 200


class Given(Struct, frozen=True):
    """Arguments of a call, `stars` those that are spread from a list; `open` where names are spread too."""

    plain: tuple[Node, ...] = ()
    named: Mapping[str, Node] = {}
    stars: tuple[Node, ...] = ()
    open: bool = False

    def get(self, index: int, *names: str) -> Node | None:
        """One argument, by its place or any of its names."""
        if index < len(self.plain):
            return self.plain[index]
        return next((self.named[name] for name in names if name in self.named), None)


class Step(Struct, frozen=True):
    """One method of a chain."""

    name: str
    call: Node
    given: Given


class Words(Struct, frozen=True):
    """`functions` are the library's functions by their name in this file, `modules` names that stand for it."""

    functions: Mapping[str, str]
    modules: frozenset[str]


@lru_cache(maxsize=1)
def words(scope: Scope) -> Words:
    """What the imports of a file say; asked once a site, so the last file's answer is kept."""
    functions: dict[str, str] = {}
    modules = {"db", "sa"}
    for entry in scope.structure.imports:
        # What a project calls `sql` and hands on itself.
        modules |= {"sql"} & {entry.alias}
        if entry.module.partition(".")[0] not in _LIBRARIES:
            continue
        if entry.name == "*":
            functions |= {name: name for name in FUNCTIONS if name not in scope.structure.aliases}
        elif entry.name in FUNCTIONS:
            functions[entry.alias] = entry.name
        else:
            modules.add(entry.alias)
    return Words(functions, frozenset(modules))


def spoken(callee: Node, scope: Scope) -> str:
    """The library's name of a function that is called, "" for another."""
    known = words(scope)
    if callee.type == "identifier":
        return known.functions.get(text_of(callee), "")
    target, name = callee.child_by_field_name("object"), callee.child_by_field_name("attribute")
    if callee.type != "attribute" or target is None or name is None or text_of(name) not in FUNCTIONS:
        return ""
    where = folded(target, _NAME)
    if where not in known.modules:
        return ""
    # Flask's `db` is the file's own or an import; a session that is handed in is called so too.
    found = scope.meaning(where, callee.start_byte)
    own = any(one.function is not None and not one.mutation for one in found.bindings)
    return text_of(name) if found.parameter is None and not own else ""


def given(call: Node) -> Given:
    """The arguments of a call."""
    node = call.child_by_field_name("arguments")
    if node is None:
        return Given()
    if node.type != "argument_list":
        return Given(stars=(node,))
    plain, stars, named, is_open = list[Node](), list[Node](), dict[str, Node](), False
    for child in node.named_children:
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                named[text_of(name)] = value
        elif child.type == "list_splat" and child.named_children:
            stars.append(child.named_children[0])
        elif child.type == "dictionary_splat":
            is_open = True
        elif child.type != "comment":
            plain.append(child)
    return Given(tuple(plain), named, tuple(stars), is_open)


def method(call: Node) -> tuple[Node, str] | None:
    """What a method is called on, and its name."""
    callee = call.child_by_field_name("function") if call.type == "call" else None
    if callee is None or callee.type != "attribute":
        return None
    target, name = callee.child_by_field_name("object"), callee.child_by_field_name("attribute")
    return (target, text_of(name)) if target is not None and name is not None else None


def outer(node: Node) -> Node | None:
    """The call of a method on a node, where there is one."""
    parent = node.parent
    while parent is not None and parent.type in ("parenthesized_expression", "await"):
        node, parent = parent, parent.parent
    if parent is None or parent.type != "attribute" or parent.child_by_field_name("object") != node:
        return None
    call = parent.parent
    return call if call is not None and call.type == "call" and call.child_by_field_name("function") == parent else None


def bound_value(binding: Binding) -> Node | None:
    """What one name is bound to: its part of `a, b = x, y`."""
    value = binding.value
    if value is None or not binding.destructured:
        return value
    left = value.parent.child_by_field_name("left") if value.parent is not None else None
    names = left.named_children if left is not None and left.type in ("pattern_list", "tuple_pattern") else []
    values = value.named_children if value.type in ("expression_list", "tuple") else []
    found = [at for at, name in enumerate(names) if text_of(name) == binding.name]
    return values[found[0]] if len(found) == 1 and len(names) == len(values) else None


def is_session(handle: Node) -> bool:
    """Whether something is called like a session."""
    return _HANDLE.fullmatch(folded(handle, _NAME).removesuffix("()").rpartition(".")[2]) is not None


def segments(node: Node) -> tuple[str, ...]:
    """The words of a dotted name; () for another expression."""
    found: list[str] = []
    while node.type == "attribute" and len(found) < 8:
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if target is None or name is None:
            return ()
        found.append(text_of(name))
        node = target
    return (text_of(node), *reversed(found)) if node.type == "identifier" else ()


def is_class(name: str) -> bool:
    """Whether a name is written like a class: not in capitals, which constants are."""
    plain = name.lstrip("_")
    return plain[:1].isupper() and (not plain.isupper() or len(plain) < 3)


def around(node: Node) -> Node:
    """The function that a node stands in, or the file."""
    at = node
    while at.parent is not None and at.type not in ("function_definition", "lambda"):
        at = at.parent
    return at


def uses(function: Node, name: str, start: int) -> Iterator[Node]:
    """Mentions of a name in a function, behind a place."""
    wanted = name.encode()
    stack, budget = [function], 20_000
    while stack and budget:
        node, budget = stack.pop(), budget - 1
        if node.end_byte <= start:
            continue
        if node.type == "identifier" and node.text == wanted and node.start_byte >= start:
            yield node
        stack.extend(reversed(node.named_children))
