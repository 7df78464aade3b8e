"""What Diesel's chains write: `.values(..)` and `.set(..)` of columns, tuples, structs and lists.

What comes in: the argument. What goes out: the clauses of a Statement. Sources: docs.rs/diesel, `InsertStatement::values`, `UpdateStatement::set`. This module
does not know what a struct has: its columns stand in the text by its name.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.diesel.statement import Parts, Place, Reader, Statement
from analyzer.extract.frameworks.diesel.values import form_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart

_DEPTH = 60
_LISTED = frozenset({"tuple_expression", "array_expression", "macro_invocation"})


def values(known: Reader, made: Statement, given: Node) -> None:
    node = names.plain(given)
    inner = known.statement(node)
    if inner is not None and inner.verb == "select" and inner.why != "function":
        made.values = inner.parts()
        return
    pairs = _pairs(known, node)
    if not pairs:
        return
    columns: list[Part] = []
    written: list[Part] = []
    for column, value in pairs:
        columns += [made.say(", "), *column] if columns else column
        written += [made.say(", "), *value] if written else value
    made.columns, made.values = tuple(columns), (made.say("VALUES ("), *written, made.say(")"))


def _pairs(known: Reader, node: Node, depth: int = 0) -> list[tuple[Parts, Parts]]:
    """(columns, values) of what is inserted: `a.eq(1)`, tuples of such, structs; of a list its first element."""
    node, span = names.plain(node), known.scope.structure.span(node)
    if depth > _DEPTH:
        return []
    if node.type == "tuple_expression":
        return [
            pair for one in node.named_children if "comment" not in one.type for pair in _pairs(known, one, depth + 1)
        ]
    if node.type == "macro_invocation" and (made := names.first_of(node, known.scope)) is not None:
        return _pairs(known, made, depth + 1)
    if node.type == "array_expression" and node.named_children:
        return _pairs(known, node.named_children[0], depth + 1)
    method = names.called(node)
    if method is not None and method[1] == "eq" and method[2]:
        return [(keys(known, method[0]), known.value(method[2][0]))]
    if node.type == "identifier":
        value = names.value_of(node, known.scope)
        value = names.plain(value) if value is not None else None
        if value is not None and (value.type in _LISTED or names.callee(value) is not None):
            return _pairs(known, value, depth + 1)
        if value is not None and (inner := names.called(names.plain(value))) is not None and inner[1] == "eq":
            return _pairs(known, value, depth + 1)
    path = names.callee(node)
    if path is not None and text_of(path).rpartition("::")[2][:1].islower() and not form_type(node, known.scope):
        name = names.dotted(path, known.scope)
        return [((NamePart(f"*{name}.#columns", span),), (NamePart(f"*{name}.#values", span),))]
    mapped = _mapped(node, known.scope)
    if mapped is not None:
        return _pairs(known, mapped, depth + 1)
    type_ = form_type(node, known.scope)
    if type_:
        return [((NamePart(f"*{type_}.#columns", span),), (NamePart(f"*{type_}.#values", span),))]
    hole = HolePart(span, UnknownOrigin())
    return [((hole,), (hole,))]


def keys(known: Reader, node: Node) -> Parts:
    """Columns by their names alone."""
    node = names.plain(node)
    listed = (
        [one for one in node.named_children if "comment" not in one.type] if node.type == "tuple_expression" else [node]
    )
    parts: list[Part] = []
    for one in listed:
        column, span = names.column(one, known.scope), known.scope.structure.span(one)
        parts += [LiteralPart(", ", span, ())] if parts else []
        if column is None:
            parts.append(HolePart(span, UnknownOrigin()))
        else:
            parts.append(ColumnPart(span, column.entity, column.attribute, bare=True))
    return tuple(parts)


def assign(known: Reader, made: Statement, given: Node, place: Place) -> None:
    parts: list[Part] = []
    for one in _pairs(known, given):
        parts += [made.say(", ")] if parts else []
        if len(one[0]) == 1 and isinstance(one[0][0], NamePart):
            parts.append(NamePart(one[0][0].name.replace(".#columns", ".#set"), one[0][0].span))
        elif isinstance(one[0][0], HolePart):
            parts += one[0]
        else:
            parts += [*one[0], made.say(" = "), *one[1]]
    made.sets[place] = tuple(parts)
    written = next(
        (part.entity for part in parts if isinstance(part, ColumnPart) and not part.entity.endswith("|")), ""
    )
    if made.verb == "update" and written and not made.others:
        # Only columns of the table itself can be set.
        made.source, made.others, made.why = (TablePart(made.span, written),), [written], ""


def _mapped(node: Node, scope: Scope) -> Node | None:
    """What a list is made of: the value of the closure in `xs.iter().map(|x| ..).collect()`."""
    for _ in range(6):
        if node.type == "identifier":
            value = names.value_of(node, scope)
            if value is None:
                return None
            node = names.plain(value)
        method = names.called(node)
        if method is None:
            return None
        value, name, given, _ = method
        if name == "map" and given and given[0].type == "closure_expression":
            tails = names.branches(given[0].child_by_field_name("body") or given[0])
            return tails[0] if tails else None
        if name not in ("collect", "unwrap", "collect_vec", "filter", "try_collect", "flatten"):
            return None
        node = names.plain(value)
    return None
