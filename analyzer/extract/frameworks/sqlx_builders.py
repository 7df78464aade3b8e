"""sqlx's QueryBuilder: the text that the pushes behind `QueryBuilder::new` make.

What comes in: the call and its Scope. What goes out: parts of the text, up to `build`. Source: docs.rs/sqlx, `QueryBuilder`. What a condition or a
loop pushes is a hole: it may be there or not. This module does not know SQL.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.texts import LiteralBuilder, cut, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart

_BUILDS = frozenset({"build", "build_query_as", "build_query_scalar", "sql", "into_sql", "into_string", "reset"})
_ENOUGH = 400
_CONDITIONS = frozenset(
    {"block", "match_arm", "closure_expression", "async_block", "if_expression", "for_expression", "while_expression"}
)


class _Chain:
    """Methods called one on another, from a node outwards: (name, call), the first first."""

    def __init__(self, root: Node) -> None:
        self.calls: list[tuple[str, Node]] = []
        self.end = root
        while (field := self.end.parent) is not None and field.type == "field_expression":
            call = field.parent
            if call is not None and call.type == "generic_function":
                call = call.parent
            if call is None or call.type != "call_expression" or field.child_by_field_name("value") != self.end:
                break
            self.calls.append((text_of(field.child_by_field_name("field") or field), call))
            self.end = call


def built(call: Node, sql: Node, site: Site) -> tuple[tuple[Part, ...], Node | None]:
    """The parts of a builder's text, and the call that builds the query, where one is seen."""
    parts = list(site.scope.parts(sql))
    chain = _Chain(call)
    end = _extend(parts, chain.calls, site)
    declared = chain.end.parent
    name = declared.child_by_field_name("pattern") if declared is not None else None
    if end is not None or declared is None or name is None or name.type != "identifier":
        return tuple(parts), end
    names = [text_of(name)]
    for statement in _following(declared):
        end = _statement(statement, names, parts, site)
        if end is not None:
            break
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value), end


def _following(declared: Node) -> Iterator[Node]:
    node = declared.next_named_sibling
    for _ in range(_ENOUGH):
        if node is None:
            return
        yield node
        node = node.next_named_sibling


def _statement(statement: Node, names: list[str], parts: list[Part], site: Site) -> Node | None:
    """Adds what one statement pushes; the call that builds the query, where it does. `names` are the builder's and its lists'."""
    uses = list(_uses(statement, names))
    if not uses:
        return None
    chain = _Chain(uses[0])
    if len(uses) == 1 and chain.calls and not _is_conditional(uses[0], statement):
        pattern = statement.child_by_field_name("pattern") if statement.type == "let_declaration" else None
        if pattern is not None and [method for method, _ in chain.calls] == ["separated"]:
            names.append(text_of(pattern))
            return None
        return _extend(parts, chain.calls, site)
    first = next(iter(chain.calls), None)
    begin = site.scope.parts(_value(first[1])) if first is not None and first[0] == "push" else ()
    if begin and isinstance(begin[0], LiteralPart) and begin[0].value[:1].isspace():
        parts.append(cut(begin[0], 0, 1))
    parts.append(HolePart(site.scope.structure.span(statement), UnknownOrigin(names[0])))
    return next((c for use in uses for method, c in _Chain(use).calls if method in _BUILDS), None)


def _uses(statement: Node, names: list[str]) -> Iterator[Node]:
    stack, wanted = [statement], {name.encode() for name in names}
    while stack:
        node = stack.pop()
        if node.type == "identifier" and node.text in wanted:
            yield node
        stack.extend(reversed(node.named_children))


def _is_conditional(use: Node, statement: Node) -> bool:
    node = use.parent
    while node is not None and node != statement:
        if node.type in _CONDITIONS:
            return True
        node = node.parent
    return statement.type in _CONDITIONS or any(child.type in _CONDITIONS for child in _around(use, statement))


def _around(use: Node, statement: Node) -> Iterator[Node]:
    """A statement that is an expression wraps it: `if full { query.push(..); }`."""
    return (c for c in statement.named_children if c.start_byte <= use.start_byte < c.end_byte)


def _extend(parts: list[Part], calls: list[tuple[str, Node]], site: Site) -> Node | None:
    for method, call in calls:
        if method in _BUILDS:
            return call
        match method:
            case "push" | "push_unseparated":
                parts.extend(site.scope.parts(_value(call)))
            case "push_bind":
                value = _value(call)
                parts.append(BoundPart(site.scope.structure.span(value), site.scope.origin(value)))
            case "push_values":
                parts.extend(_rows(call, site))
            case _:
                parts.append(HolePart(site.scope.structure.span(call), UnknownOrigin(method)))
    return None


def _value(call: Node) -> Node:
    arguments = call.child_by_field_name("arguments")
    given = [] if arguments is None else [n for n in arguments.named_children if "comment" not in n.type]
    return given[0] if given else call


def _rows(call: Node, site: Site) -> Iterator[Part]:
    """`VALUES (..)` of one row, by what the closure pushes for each; a hole where it does more than that."""
    arguments = call.child_by_field_name("arguments")
    closure = arguments.named_children[-1] if arguments is not None and arguments.named_children else None
    row = list(_row(closure, site)) if closure is not None and closure.type == "closure_expression" else []
    if not row or None in row:
        yield HolePart(site.scope.structure.span(call), UnknownOrigin("push_values"))
        return
    yield _written("VALUES (", call, site)
    for index, value in enumerate(row):
        if index:
            yield _written(", ", call, site)
        yield from value or ()
    yield _written(")", call, site)


def _row(closure: Node, site: Site) -> Iterator[tuple[Part, ...] | None]:
    parameters, body = closure.child_by_field_name("parameters"), closure.child_by_field_name("body")
    names = site.scope.host.names(parameters.named_children[0]) if parameters and parameters.named_children else ()
    if body is None or len(names) != 1:
        return
    for statement in body.named_children if body.type == "block" else (body,):
        uses = list(_uses(statement, [names[0]]))
        if not uses:
            continue
        chain = _Chain(uses[0])
        whole = statement if statement.type == "call_expression" else statement.named_children[0]
        if len(uses) > 1 or chain.end != whole:
            yield None
            return
        for method, call in chain.calls:
            parts: list[Part] = []
            _extend(parts, [(method, call)], site)
            yield tuple(parts) if method in ("push", "push_bind") else None


def _written(text: str, call: Node, site: Site) -> LiteralPart:
    """Text that the library writes: all of it stands where the call stands."""
    builder = LiteralBuilder(site.source.path, site.source.content)
    builder.escape(text, call.start_byte, call.end_byte)
    return builder.finish(call.start_byte, call.end_byte)
