"""Placeholders of mysql2 and mysql that are no values: `??`, `SET ?`, `VALUES ?`.

What comes in: a Text and the values bound to it. What goes out: the Text as the server sees it, with the values that are left. Source:
https://github.com/mysqljs/sqlstring. This module does not know where the text came from.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.values import value_type
from analyzer.extract.sites import collect
from analyzer.extract.texts import cut
from analyzer.facts.origin import Origin, UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.query import Argument, Arguments
from analyzer.facts.text import Text
from analyzer.sql.scan import scan

# Words before a `?` that stands for more than one value.
_WHOLE = frozenset({"set", "values"})


def expanded(site: Site, text: Text, values: list[Node] | None) -> tuple[Text, Arguments]:
    """`values` is None where they are not known: then what they would expand to is a hole."""
    spread = values is not None and any(node.type == "spread_element" for node in values)
    known = None if spread else values
    parts: list[Part] = []
    left: list[Argument] = []
    taken = 0
    for part in text.parts:
        if not isinstance(part, LiteralPart):
            parts.append(part)
            continue
        at = 0
        for start, end, whole in _special(part.value):
            taken += part.value.count("?", at, start) if known is None else 0
            if known is not None:
                plain = _plain(part.value[at:start])
                left.extend(collect(site, known[taken : taken + plain], value_type).values)
                taken += plain
            parts.append(cut(part, at, start))
            hole = cut(part, start, end)
            node = known[taken] if known is not None and taken < len(known) else None
            taken += 1
            inserted, bound = _inserted(site, node, hole, whole=whole)
            parts.extend(inserted)
            left.extend(bound)
            at = end
        parts.append(cut(part, at, len(part.value)))
        if known is not None:
            plain = _plain(part.value[at:])
            left.extend(collect(site, known[taken : taken + plain], value_type).values)
            taken += plain
    if known is not None and len(known) > taken:
        left.extend(collect(site, known[taken:], value_type).values)
    whole_text = Text(text.span, tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value))
    return whole_text, Arguments(tuple(left), complete=known is not None)


def _special(sql: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, is `SET ?`) of what is no value."""
    tokens = list(scan(sql, "mysql"))
    for index, token in enumerate(tokens):
        word = sql[token.start : token.end]
        before = [sql[each.start : each.end].lower() for each in tokens[max(0, index - 2) : index]]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == "placeholder" and word == "?":
            if following is not None and sql[following.start : following.end] == "?" and following.start == token.end:
                yield token.start, following.end, False
            elif before[-1:] and before[-1] in _WHOLE:
                yield token.start, token.end, True
            elif before == ["values", "("] and following is not None and sql[following.start] == ")":
                # An array for `VALUES (?)` becomes all values of the row.
                yield token.start, token.end, True


def _plain(sql: str) -> int:
    return sum(1 for token in scan(sql, "mysql") if token.kind == "placeholder" and sql[token.start] == "?")


def _inserted(
    site: Site, node: Node | None, hole: LiteralPart, *, whole: bool
) -> tuple[list[Part], tuple[Argument, ...]]:
    """What stands in place of `??` or `SET ?`, and the values it binds."""
    origin: Origin = site.scope.origin(node) if node is not None else UnknownOrigin()
    empty: list[Part] = [HolePart(hole.span, origin)]
    if node is None:
        return empty, ()
    if not whole:
        parts = site.scope.parts(node)
        known = all(isinstance(part, LiteralPart) for part in parts) and node.type in ("string", "template_string")
        return (list(parts), ()) if known else (empty, ())
    entries = calls.entries(site, node)
    return _assignments(site, entries) if entries else (empty, ())


def _assignments(site: Site, entries: dict[str, Node]) -> tuple[list[Part], tuple[Argument, ...]]:
    """`{ name, age: 3 }` -> `name = ?, age = ?`, each name at its place in the object."""
    parts: list[Part] = []
    for key, value in entries.items():
        last = len(parts) // 2 + 1 == len(entries)
        parts.extend(
            [calls.key_part(site, key, value), calls.made(site, " = ?" if last else " = ?, ", value.start_byte)]
        )
    return parts, collect(site, entries.values(), value_type).values
