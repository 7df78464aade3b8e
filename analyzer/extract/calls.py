"""Calls as facts, and how often a loop turns where its sequence stands in the source.

What comes in: nodes and their Scope. What goes out: Calls, counts. This module does not know what a call does.
"""

from collections.abc import Callable, Iterable, Iterator

from tree_sitter import Node

from analyzer.extract.branches import decided
from analyzer.extract.outcomes import STOPS, Handling
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, plain_value, text_of
from analyzer.facts.call import Call, HandedRow
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

Handing = Callable[[Scope, Iterable[Node]], Iterator[HandedRow]]

_MOST_ARGUMENTS = 32
# A wrapper takes its statement among the first.
_MOST_TEXTS = 4
_LONGEST = 100_000
# What the standard libraries name so, and every file is full of: none of it reaches a database.
_EVERYWHERE = frozenset({
    "clone", "to_string", "to_owned", "into", "iter", "into_iter", "collect", "as_str", "as_ref", "unwrap", "expect", "len", "push", "Some",
    "Ok", "Err", "from", "map_err", "unwrap_or_default", "unwrap_or", "is_empty", "is_some", "is_none", "to_vec", "format", "default",
    "with_context", "as_deref", "ok_or_else", "contains", "append", "get", "items", "keys", "values", "join", "split", "strip", "str", "int",
    "isinstance", "print", "log", "info", "debug", "warning", "warn", "error", "range", "list", "dict", "set", "sorted", "toString", "trim",
    "includes", "slice", "replace", "startsWith", "parse", "stringify", "isArray", "now", "Error", "Date", "Set", "Map", "json", "status",
    "toBe", "toEqual", "toHaveBeenCalled", "toHaveBeenCalledWith", "describe", "useState", "t",
})  # fmt: skip


def call(scope: Scope, node: Node, callee: Node, arguments: Node | None, handing: Handing | None = None) -> Call:
    """A call with the origins of its arguments, and the rows that it is given where `handing` finds any."""
    values = [] if arguments is None else [n for n in arguments.named_children if n.type not in scope.syntax.comments]
    name = folded(scope.unwrapped(callee), 200).replace("?.", ".")
    handling, guarded = _fate(scope, node, name)
    names = tuple(_argument_name(value) for value in values[:_MOST_ARGUMENTS])
    return Call(
        span=scope.structure.span(node),
        callee=name,
        arguments=tuple(scope.origin(_value(value)) for value in values[:_MOST_ARGUMENTS]),
        texts=tuple(_texts(scope, values)),
        function=scope.structure.function_at(node.start_byte),
        loops=scope.structure.loops_at(node.start_byte),
        keywords=any(names),
        names=names if any(names) else (),
        fate=handling.fate,
        guarded=guarded,
        tolerated=handling.words,
        rows=() if handing is None or _is_everywhere(name) else tuple(handing(scope, values[:_MOST_TEXTS])),
    )


def _argument_name(value: Node) -> str:
    """The name that an argument is passed by; "*" where it is spread."""
    if value.type == "keyword_argument":
        return text_of(value.child_by_field_name("name") or value)
    return "*" if "spread" in value.type or "splat" in value.type else ""


def _is_everywhere(callee: str) -> bool:
    return callee[max(callee.rfind("."), callee.rfind(":")) + 1 :] in _EVERYWHERE


def _fate(scope: Scope, node: Node, callee: str) -> tuple[Handling, bool]:
    """The fate of a call and whether it is guarded; of what has nothing to do with databases nobody will ask."""
    structure = scope.structure
    if not structure.fates.matter or _is_everywhere(callee):
        return STOPS, False
    return structure.fates.at(node)


def _texts(scope: Scope, values: list[Node]) -> Iterator[tuple[int, Text]]:
    """Arguments that may be SQL, evaluated. Files without a word of SQL are not asked."""
    if not scope.structure.speaks_sql:
        return
    for position, value in enumerate(values[:_MOST_TEXTS]):
        node = scope.unwrapped(_value(value))
        if (
            node.type not in scope.syntax.texts and node.type not in scope.syntax.calls
        ) or node.end_byte - node.start_byte > _LONGEST:
            continue
        for text in texts_of(scope, node):
            first = text.parts[0] if text.parts else None
            if (isinstance(first, LiteralPart) and looks_like_sql(text.skeleton)) or (
                (isinstance(first, NamePart) and len(text.parts) == 1)
                or (isinstance(first, HolePart) and first.is_result)
            ):
                yield position, text


def texts_of(scope: Scope, node: Node) -> list[Text]:
    """Every text that an expression may be."""
    found = {text.parts: text for text, _ in scope.choices.every(lambda: scope.text(node), lambda: decided(node))}
    return list(found.values())


def items(scope: Scope, node: Node) -> int | None:
    """The number of elements of a sequence that stands in the source; None where it does not."""
    node = scope.unwrapped(node)
    if node.type in scope.syntax.lists:
        elements = [child for child in node.named_children if child.type not in scope.syntax.comments]
        return None if any("spread" in child.type or "splat" in child.type for child in elements) else len(elements)
    if node.type in scope.syntax.calls:
        return _counted(scope, node)
    if node.type in scope.syntax.identifiers:
        meaning = scope.meaning(text_of(node), node.start_byte)
        if len(meaning.bindings) == 1 and (value := meaning.bindings[0].value) is not None:
            value = scope.unwrapped(value)
            return items(scope, value) if value.type in scope.syntax.lists else None
    return None


def _counted(scope: Scope, node: Node) -> int | None:
    """The turns of `range(3)`, `range(1, 4)`."""
    callee, arguments = (node.child_by_field_name(field) for field in scope.syntax.calls[node.type])
    if callee is None or arguments is None or text_of(callee) not in scope.syntax.ranges:
        return None
    bounds = [plain_value(text_of(child)) for child in arguments.named_children[:2]]
    ends = [bound for bound in bounds if isinstance(bound, int)]
    if not ends or len(ends) != len(arguments.named_children):
        return None
    return max(ends[-1] - (ends[0] if len(ends) > 1 else 0), 0)


def _value(node: Node) -> Node:
    """`name=value` of a call is its value."""
    return node.child_by_field_name("value") or node if node.type == "keyword_argument" else node
