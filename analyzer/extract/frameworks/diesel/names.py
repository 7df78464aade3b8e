"""What names mean where Diesel's macros have made modules of tables: `users::table`, `users::id`, and bare `id` behind `use users::dsl::*`.

What comes in: nodes and their Scope. What goes out: names of entities and attributes. Source: docs.rs/diesel, `table!`. This module does not know
which tables there are.
"""

import re
from functools import lru_cache

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.languages import parse_between
from analyzer.extract.rust.host import uses
from analyzer.extract.rust.items import owner
from analyzer.extract.rust.lexical import anchored, binder
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_USE = re.compile(rb"\buse\s+[^;]{0,4000};")
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
# `(`, a table, `as`, its name.
_ALIAS = 4
_NO_TABLES = frozenset(
    {"crate", "self", "super", "std", "core", "diesel", "dsl", "diesel_async", "sql_types", "functions"}
)
_PASSES = frozenset({"parenthesized_expression", "reference_expression", "await_expression", "try_expression"})
_COPIES = frozenset({"clone", "to_owned", "as_ref", "by_ref", "into_boxed", "borrow"})


class Column(Struct, frozen=True):
    """A column by its entity and attribute. `sure` is False where the name may be a value."""

    entity: str
    attribute: str
    sure: bool = True


class Opened(Struct, frozen=True):
    """A `use` of a table's names, in force in a range. `names` are those it brings, None for all; `alias` is what the module is called."""

    start: int
    end: int
    table: str
    names: frozenset[str] | None
    alias: str = ""


@lru_cache(maxsize=2)
def _opened(scope: Scope) -> tuple[Opened, ...]:
    structure = scope.structure
    found: list[Opened] = []
    for use in _USE.finditer(structure.source.content):
        node: Node | None = structure.root.descendant_for_byte_range(use.start(), use.end() - 1)
        argument = node.child_by_field_name("argument") if node is not None and node.type == "use_declaration" else None
        block = structure.blocks.innermost(use.start()) or (0, len(structure.source.content))
        for module, name, alias in uses(argument, "") if argument is not None else ():
            *path, last = module.split("::")
            if last in ("dsl", "columns") and path and path[-1] not in _NO_TABLES:
                found.append(Opened(*block, path[-1], None if name == "*" else frozenset({name})))
            elif name in ("dsl", "columns") and last not in _NO_TABLES:
                found.append(Opened(*block, last, frozenset(), alias))
            elif name != "*" and last not in _NO_TABLES and _WORD.fullmatch(last) and _WORD.fullmatch(name):
                found.append(Opened(*block, last, frozenset({name})))
    return tuple(found)


def _seen(scope: Scope, node: Node) -> list[Opened]:
    return [one for one in _opened(scope) if one.start <= node.start_byte < one.end]


def dotted(node: Node, scope: Scope) -> str:
    """A path with `Self` as the type it stands for, without type arguments."""
    text = re.sub(r"::<.*?>(?=::|$)|<[^<>]*>|\s", "", text_of(node)[:200]).replace("::", ".")
    head, _, rest = text.partition(".")
    return f"{own_type(node, scope)}.{rest}" if head == "Self" and rest else text


def own_type(node: Node, scope: Scope) -> str:
    return owner(anchored(node, scope.structure.root))


def table(node: Node, scope: Scope) -> str:
    """The entity that an expression is the table of, "" for none."""
    if node.type == "scoped_identifier":
        words = text_of(node).split("::")
        if words[-1] == "table" and len(words) > 1 and _WORD.fullmatch(words[-2]):
            return "*" + ".".join(words[:-1])
        if len(words) > 2 and words[-2] == "dsl" and words[-1] == words[-3]:
            return f"*{words[-1]}"
    elif node.type == "identifier" and not is_bound(node, scope):
        name = text_of(node)
        for one in _seen(scope, node):
            if one.table == name and (one.names is None or name in one.names):
                return f"*{name}"
            if name == "table" and one.names is not None and name in one.names:
                return f"*{one.table}"
    return ""


def column(node: Node, scope: Scope) -> Column | None:
    """The column that a path or a bare name may be."""
    if node.type == "scoped_identifier":
        words = [word.removeprefix("r#") for word in text_of(node).split("::")]
        name, path = words[-1], words[:-1]
        if path[-1] in ("dsl", "columns") and (
            len(path) > 1 or any(one.alias == path[-1] for one in _seen(scope, node))
        ):
            path = path[:-1]
        if not path:
            alias = next((one.table for one in _seen(scope, node) if one.alias == words[0]), "")
            return Column(f"*{alias}", name) if alias else None
        if not _WORD.fullmatch(name) or name in ("table", "all_columns", "star") or not _WORD.fullmatch(path[-1]):
            return None
        path = [*path[:-1], next((one.table for one in _seen(scope, node) if one.alias == path[-1]), path[-1])]
        return None if path[-1] in _NO_TABLES else Column("*" + ".".join(path), name)
    if node.type == "identifier" and _WORD.fullmatch(text_of(node)) and not is_bound(node, scope):
        name = text_of(node)
        named = [one.table for one in _seen(scope, node) if one.names is not None and name in one.names]
        opened = named or [one.table for one in _seen(scope, node) if one.names is None]
        return Column("|".join(f"*{one}" for one in dict.fromkeys(opened)) + "|", name, sure=False) if opened else None
    return None


def is_bound(node: Node, scope: Scope) -> bool:
    """Whether a name is a local one: a parameter, a loop's variable, what a `let` binds."""
    name = text_of(node)
    found = scope.meaning(name, node.start_byte)
    if found.loop is not None or found.parameter is not None or (found.bindings and not found.module):
        return True
    return binder(node, top(node)) is not None or binder(node, scope.structure.root) is not None


def top(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


def value_of(node: Node, scope: Scope) -> Node | None:
    """What a local name was bound to last; None where that is not an expression."""
    found = scope.meaning(text_of(node), node.start_byte)
    if found.loop is not None or found.parameter is not None:
        return None
    plain = [b for b in found.bindings if not b.mutation and b.value is not None and not b.destructured]
    if plain and not found.module:
        return plain[-1].value
    if found.module and len(plain) == 1 and plain[0].value is not None and plain[0].value.type == "macro_invocation":
        return plain[0].value
    bound = binder(node, top(node))
    return bound.value if bound is not None and bound.kind == "value" and not bound.path else None


def plain(node: Node) -> Node:
    """The expression without parentheses, borrows and copies."""
    while True:
        if node.type in _PASSES and node.named_children:
            node = next(
                (one for one in node.named_children if "comment" not in one.type and one.type != "mutable_specifier"),
                node.named_children[-1],
            )
            continue
        method = called(node)
        if method is not None and method[1] in _COPIES and method[1] != "into_boxed":
            node = method[0]
            continue
        return node


def called(node: Node) -> tuple[Node, str, list[Node], Node | None] | None:
    """(what a method is called on, its name, its arguments, its type arguments) of a call."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    types = None
    if function is not None and function.type == "generic_function":
        types, function = function.child_by_field_name("type_arguments"), function.child_by_field_name("function")
    if function is None or function.type != "field_expression":
        return None
    value, field = function.child_by_field_name("value"), function.child_by_field_name("field")
    if value is None or field is None:
        return None
    return value, text_of(field), given(node), types


def given(node: Node) -> list[Node]:
    """The arguments of a call."""
    arguments = node.child_by_field_name("arguments")
    children = arguments.named_children if arguments is not None else []
    return [child for child in children if "comment" not in child.type and child.type != "attribute_item"]


def callee(node: Node) -> Node | None:
    """The path that a call of a function names, without type arguments."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    if function is not None and function.type == "generic_function":
        function = function.child_by_field_name("function")
    return function if function is not None and function.type in ("identifier", "scoped_identifier") else None


def alias_name(node: Node, scope: Scope) -> str:
    """What an alias is called in SQL: the name behind `as` in its macro, else its own."""
    node = plain(node)
    value = value_of(node, scope) if node.type == "identifier" else None
    alias = alias_of(value) if value is not None and value.type == "macro_invocation" else None
    return alias[1] if alias is not None else text_of(node).rpartition("::")[2]


def alias_of(macro: Node) -> tuple[str, str] | None:
    """(table, alias) of `alias!(users as u)`."""
    tokens = next((one for one in macro.children if one.type == "token_tree"), None)
    inside = tokens.children if tokens is not None else []
    is_alias = text_of(macro.child_by_field_name("macro") or macro).rpartition("::")[2] == "alias"
    if not is_alias or len(inside) < _ALIAS or inside[2].type != "as":
        return None
    return text_of(inside[1]), text_of(inside[3])


def branches(node: Node) -> list[Node]:
    """The expressions that an `if`, a `match` or a block may end with."""
    if node.type in ("block", "else_clause"):
        last = [one for one in node.named_children if "comment" not in one.type][-1:]
        return branches(last[0]) if last else []
    if node.type == "expression_statement" and node.named_children and not text_of(node).endswith(";"):
        return branches(node.named_children[0])
    if node.type == "if_expression":
        parts = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
        return [tail for part in parts if part is not None for tail in branches(part)]
    if node.type == "match_expression":
        body = node.child_by_field_name("body")
        arms = [one.child_by_field_name("value") for one in (body.named_children if body is not None else [])]
        return [tail for arm in arms if arm is not None for tail in branches(arm)]
    return [node]


def listed(node: Node) -> list[Node]:
    """The members of a tuple or a list."""
    return [one for one in node.named_children if "comment" not in one.type]


def first_of(macro: Node, scope: Scope) -> Node | None:
    """The first element of `vec![a, b]`."""
    tokens = next((one for one in macro.children if one.type == "token_tree"), None)
    if tokens is None or text_of(macro.child_by_field_name("macro") or macro) != "vec" or len(tokens.children) < 3:
        return None
    inside = tokens.children[1:-1]
    end = next((at for at, one in enumerate(inside) if one.type in (",", ";")), len(inside))
    if not end:
        return None
    return parsed(inside[0], inside[end - 1], scope)


def parsed(first: Node, last: Node, scope: Scope) -> Node | None:
    """The expression that tokens from here to there are."""
    node = parse_between(scope.structure.source.content, "rust", first, last).root_node
    _kept(scope).append(node)
    while node.type in ("source_file", "expression_statement", "ERROR") and len(node.named_children) == 1:
        node = node.named_children[0]
    return node if node.type != "source_file" else None


@lru_cache(maxsize=2)
def _kept(scope: Scope) -> list[Node]:  # noqa: ARG001 - the key
    """Roots of trees that live as long as their file: what is known of a node is known by its place in memory."""
    return []
