"""Drizzle's relations, which are no constraints.

What comes in: `relations(users, ..)` or `defineRelations(schema, ..)`. What goes out: Related. Source: https://orm.drizzle.team/docs/relations, /docs/relations-v2.
This module does not know tables.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.drizzle.chains import Chain, chain, entries, result, values
from analyzer.extract.frameworks.drizzle.frames import Frame, columns_of
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import Related, Relation

_KINDS = frozenset({"one", "many"})


def related(links: Chain, frame: Frame) -> Iterator[Related]:
    """`relations(users, ({ one, many }) => ({ .. }))`."""
    if len(links.arguments) < 2:
        return
    entity, body = folded(links.arguments[0], 100), result(links.arguments[1], frame.scope)
    if body is None or body.type != "object":
        return
    found = [one for name, at, value in entries(body) if (one := _relation(name, at, value, frame)) is not None]
    yield Related(frame.span(links.root), entity, tuple(found))


def _relation(name: str | None, at: Node, value: Node, frame: Frame) -> Relation | None:
    links = chain(value, frame.scope)
    kind = text_of(links.callee).rpartition(".")[2] if links.callee is not None else ""
    if name is None or kind not in _KINDS or not links.arguments:
        return None
    target = folded(links.arguments[0], 100)
    pairs = _pairs(links.arguments[1], frame, "fields", "references") if len(links.arguments) > 1 else ()
    return Relation(frame.span(at), name, target, kind == "many", pairs)


def _pairs(options: Node, frame: Frame, ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    given = {name: value for name, _, value in entries(options)} if options.type == "object" else {}
    if ours not in given or theirs not in given:
        return ()
    sides = [
        columns_of(values(node, frame.scope) if node.type == "array" else [node], frame)
        for node in (given[ours], given[theirs])
    ]
    one, other = sides
    if one is None or other is None or len(one) != len(other):
        return ()
    return tuple((left[1], right[1]) for left, right in zip(one, other, strict=True))


def defined(links: Chain, frame: Frame) -> Iterator[Related]:
    """`defineRelations(schema, (r) => ({ users: { orders: r.many.orders({ from: r.users.id, to: r.orders.userId }) } }))`."""
    body = result(links.arguments[1], frame.scope) if len(links.arguments) > 1 else None
    if body is None or body.type != "object":
        return
    schema = links.arguments[0]
    prefix = f"{folded(schema, 100)}." if schema.type in ("identifier", "member_expression") else ""
    for entity, at, value in entries(body):
        inner = frame.scope.unwrapped(value)
        if entity is None or inner.type != "object":
            continue
        found = [
            one for name, place, each in entries(inner) if (one := _newer(name, place, each, prefix, frame)) is not None
        ]
        yield Related(frame.span(at), prefix + entity, tuple(found))


def _newer(name: str | None, at: Node, value: Node, prefix: str, frame: Frame) -> Relation | None:
    links = chain(value, frame.scope)
    words = folded(links.callee, 200).split(".") if links.callee is not None else []
    if name is None or len(words) < 3 or words[-2] not in _KINDS:
        return None
    pairs = _pairs(links.arguments[0], frame, "from", "to") if links.arguments else ()
    return Relation(frame.span(at), name, prefix + words[-1], words[-2] == "many", pairs)
