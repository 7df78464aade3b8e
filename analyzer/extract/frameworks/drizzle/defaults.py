"""Values that the database gives: DEFAULT and computed columns, as drizzle-kit writes them.

What comes in: a step of a column's chain. What goes out: parts of SQL. Source: drizzle-kit 0.31, whose migrations of the corpora are recorded.
This module does not know types.
"""

import json
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.drizzle.chains import Step, entries, literal, plain
from analyzer.extract.frameworks.drizzle.frames import Frame, expression, is_template, option
from analyzer.facts.part import Part
from analyzer.facts.part.written import DialectPart

_JSON = frozenset({"json", "jsonb"})
_DEEP = 6


def default(step: Step, kind: str, frame: Frame, *, listed: bool) -> Iterator[Part]:
    """DEFAULT as drizzle-kit writes it."""
    node = step.arguments[0]
    builder = Builder(frame.scope)
    builder.say(" DEFAULT ", step.node)
    value = frame.scope.unwrapped(node)
    if is_template(value, frame):
        expression(builder, value, frame)
    elif kind in _JSON or value.type in ("object", "array"):
        _document(builder, value, kind, frame, listed=listed)
    else:
        expression(builder, value, frame)
    yield from builder.parts


def _document(builder: Builder, node: Node, kind: str, frame: Frame, *, listed: bool) -> None:
    """A default that is a document or a list."""
    plain_value = _value(node, frame, 0)
    if plain_value is _UNKNOWN:
        builder.unknown(node)
    elif listed:
        text = json.dumps(plain_value, separators=(",", ":"), ensure_ascii=False)
        builder.say("'{" + text[1:-1].replace("'", "''") + "}'", node)
    else:
        text = json.dumps(plain_value, separators=(",", ":"), ensure_ascii=False).replace("'", "''")
        cast = f"::{kind}" if frame.dialect == "postgres" and kind in _JSON else ""
        builder.say(f"('{text}')" if frame.dialect == "mysql" else f"'{text}'{cast}", node)


class _Unknown:
    pass


_UNKNOWN = _Unknown()


def _value(node: Node, frame: Frame, depth: int) -> object:
    """The plain value of an object, list or literal."""
    node = frame.scope.unwrapped(node)
    if depth > _DEEP:
        return _UNKNOWN
    if node.type == "array":
        items = [_value(one, frame, depth + 1) for one in plain(node)]
        return _UNKNOWN if _UNKNOWN in items else items
    if node.type == "object":
        fields = {name: _value(value, frame, depth + 1) for name, _, value in entries(node)}
        return _UNKNOWN if None in fields or _UNKNOWN in fields.values() else fields
    if node.type == "null":
        return None
    value = literal(node, frame.scope)
    return value if value is not None else _UNKNOWN


def generated(step: Step, frame: Frame) -> Iterator[Part]:
    """A computed column: stored where PostgreSQL keeps it, else virtual unless it says so."""
    builder = Builder(frame.scope)
    builder.say(" GENERATED ALWAYS AS (", step.node)
    expression(builder, step.arguments[0], frame)
    mode = option(step, "mode", frame)
    other = " STORED" if mode == "stored" else " VIRTUAL"
    builder.say(")", step.node)
    builder.put(DialectPart(frame.span(step.node), " STORED", other, other))
    yield from builder.parts
