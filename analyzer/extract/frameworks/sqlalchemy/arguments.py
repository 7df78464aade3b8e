"""`__table_args__` and the arguments of Table: constraints, indexes, the schema.

What comes in: the expression. What goes out: clauses of CREATE TABLE, statements, the namespace, and whether all of it was read. Source:
https://docs.sqlalchemy.org/en/20/core/constraints.html. A string names a column of the database, a name an attribute. This module does not know columns.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.columns import check_parts
from analyzer.extract.frameworks.sqlalchemy.indexes import index, named_column
from analyzer.extract.frameworks.sqlalchemy.keys import behind, target_of
from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, last, string_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.text import Text

_DEPTH = 6
# What says nothing of the table's shape.
_SILENT = frozenset({"ExcludeConstraint", "DDL", "Comment", "Column"})


class Arguments(Struct, frozen=True):
    """`primary` are the columns of a PrimaryKeyConstraint. `whole` is False where something could not be read."""

    clauses: tuple[Text, ...] = ()
    statements: tuple[Text, ...] = ()
    namespace: Text | None = None
    primary: tuple[str, ...] = ()
    keys: tuple[tuple[tuple[str, ...], "Keyed"], ...] = ()
    whole: bool = True


class Keyed(Struct, frozen=True):
    """The far side of a key over several columns, by words of the table and names of columns."""

    table: tuple[str, ...]
    columns: tuple[str, ...]


def arguments_of(node: Node | None, scope: Scope) -> Arguments:
    """What the value of `__table_args__` says."""
    items, whole = _items(node, scope, 0) if node is not None else ([], True)
    return arguments(items, scope, whole=whole)


def _items(node: Node, scope: Scope, depth: int) -> tuple[list[Node], bool]:
    """The elements of a tuple; of sums of tuples too."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return [], False
    if node.type in ("tuple", "list", "expression_list"):
        found: list[Node] = []
        whole = True
        for child in node.named_children:
            if child.type == "list_splat":
                inner, known = (
                    _items(child.named_children[0], scope, depth + 1) if child.named_children else ([], False)
                )
                found, whole = found + inner, whole and known
            elif child.type != "comment":
                found.append(child)
        return found, whole
    if node.type == "binary_operator":
        sides = [node.child_by_field_name(side) for side in ("left", "right")]
        read = [_items(side, scope, depth + 1) for side in sides if side is not None]
        return [one for items, _ in read for one in items], all(known for _, known in read)
    if node.type in ("dictionary", "call"):
        return [node], True
    if node.type == "identifier":
        bound = scope.bound(node)
        if bound is not None and bound[0] != node and not bound[1]:
            return _items(bound[0], scope, depth + 1)
    # What a base says of itself holds for its children by itself.
    return [], text_of(node).endswith("__table_args__") and depth > 0


def arguments(items: Sequence[Node], scope: Scope, *, whole: bool = True) -> Arguments:
    """Constraints and indexes, one after another."""
    clauses: list[Text] = []
    statements: list[Text] = []
    namespace: Text | None = None
    primary: tuple[str, ...] = ()
    keys: list[tuple[tuple[str, ...], Keyed]] = []
    for item in items:
        call, span = call_of(item), scope.structure.span(item)
        match last(item) if item.type == "call" else item.type:
            case "dictionary":
                namespace = _schema(item, scope) or namespace
                whole = whole and not _is_reflecting(item, scope)
            case "UniqueConstraint":
                clauses.append(Text(span, tuple(_columns("UNIQUE (", call.positional, call, scope))))
            case "PrimaryKeyConstraint":
                primary = tuple(name for one in call.positional if (name := string_of(one, scope) or last(one)))
                clauses.append(Text(span, tuple(_columns("PRIMARY KEY (", call.positional, call, scope))))
            case "CheckConstraint":
                clauses.append(Text(span, tuple(check_parts(item, scope))))
            case "ForeignKeyConstraint":
                found = _key(call, scope)
                clauses += [found[0]] if found is not None else []
                keys += [found[1]] if found is not None and found[1][0] else []
                whole = whole and found is not None
            case "Index":
                statements.append(index(call, scope))
            case word:
                whole = whole and word in _SILENT
    return Arguments(tuple(clauses), tuple(statements), namespace, primary, tuple(keys), whole)


def _is_reflecting(node: Node, scope: Scope) -> bool:
    """`{"autoload_with": engine}`: the database is asked for its columns."""
    keys = (pair.child_by_field_name("key") for pair in node.named_children)
    return any((string_of(key, scope) or "").startswith("autoload") for key in keys if key is not None)


def _schema(node: Node, scope: Scope) -> Text | None:
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None and string_of(key, scope) == "schema" and value.type != "none":
            return scope.text(value)
    return None


def _columns(head: str, nodes: Sequence[Node], call: Call, scope: Scope) -> Iterator[Part]:
    span = scope.structure.span(call.node)
    yield LiteralPart(head, span, ())
    for at, node in enumerate(nodes):
        if at:
            yield LiteralPart(", ", span, ())
        yield named_column(node, scope)
    yield LiteralPart(")", span, ())
    if not call.whole:
        yield HolePart(span, UnknownOrigin())


def _key(call: Call, scope: Scope) -> tuple[Text, tuple[tuple[str, ...], Keyed]] | None:
    """A key over several columns, and its pairs."""
    span = scope.structure.span(call.node)
    sides = [
        call.positional[at] if len(call.positional) > at else call.named.get(key)
        for at, key in enumerate(("columns", "refcolumns"))
    ]
    lists = [
        [one for one in side.named_children if one.type != "comment"]
        if side is not None and side.type in ("list", "tuple")
        else []
        for side in sides
    ]
    targets = [target_of(one, scope) for one in lists[1]]
    if not lists[0] or len(lists[0]) != len(targets) or any(one is None for one in targets):
        return None
    known = [one for one in targets if one is not None]
    parts: list[Part] = list(_columns("FOREIGN KEY (", lists[0], call, scope))
    parts += [LiteralPart(" REFERENCES ", span, ()), *known[0].table, LiteralPart(" (", span, ())]
    for at, one in enumerate(known):
        parts += [LiteralPart(", ", span, ())] if at else []
        parts.append(one.column)
    parts.append(LiteralPart(f"){behind(call, scope)}", span, ()))
    own = tuple(string_of(one, scope) or last(one) for one in lists[0])
    names = tuple(one.name for one in known)
    return Text(span, tuple(parts)), (own if all(names) else (), Keyed(known[0].words, names))
