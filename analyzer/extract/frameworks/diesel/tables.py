"""Diesel's `table!`, `joinable!`, `alias!`: tables as the schema file declares them.

What comes in: a macro's invocation. What goes out: Entities, Related, Constants. The inside of the macros is no Rust: it is read token by token.
Source: docs.rs/diesel, `table!`, `joinable!`, `alias!`. This module does not know queries.
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.diesel.types import sql_type
from analyzer.extract.frameworks.framework import Declared, Site
from analyzer.extract.texts import text_of
from analyzer.facts.entity import Attribute, Entity, Related, Relation
from analyzer.facts.file import Constant
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import DialectPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_COMMENTS = frozenset({"line_comment", "block_comment"})
_OWN_TYPE = re.compile(
    rb'postgres_type\s*\(\s*name\s*=\s*"([^"]{1,64})"[^\]]{0,200}\]\s*(?:#\[[^\]]{0,200}\]\s*|///[^\n]{0,400}\n\s*){0,12}pub\s+struct\s+(\w{1,80})'
)
_MOST = 5000


class Column(Struct, frozen=True):
    """A line of a table's body; `type` are the tokens behind the arrow."""

    node: Node
    name: str
    column: str
    type: list[str]
    length: str


def declare(site: Site) -> Iterator[Declared]:
    tokens = site.captures["declaration.tokens"][0]
    inside = [node for node in tokens.children[1:-1] if node.type not in _COMMENTS][:_MOST]
    match text_of(site.captures["declaration.macro"][0]):
        case "table" | "view":
            yield from _table(inside, site)
        case "joinable":
            yield from _joinable(inside, site)
        case "alias" if site.scope.structure.function_at(tokens.start_byte) is None:
            yield from _aliases(inside, site)


def _table(inside: list[Node], site: Site) -> Iterator[Declared]:
    inside = _behind_uses(inside)
    attributes, rest = _attributes(inside)
    body = next((node for node in rest if node.type == "token_tree" and text_of(node)[:1] == "{"), None)
    names = [node for node in rest[: rest.index(body)] if node.type not in ("token_tree", ".")] if body else []
    if body is None or not names:
        return
    keys = next((node for node in rest[: rest.index(body)] if node.type == "token_tree"), None)
    name, scope = names[-1], site.scope.structure
    module = _plain(name)
    columns = list(_columns([node for node in body.children[1:-1] if node.type not in _COMMENTS][:_MOST]))
    if not columns:
        return
    own = {text[1].decode(): text[0].decode() for text in _OWN_TYPE.findall(site.source.content)}
    primary = (
        [_plain(node) for node in keys.children if node.type not in ("(", ",", ")")] if keys is not None else ["id"]
    )
    yield Entity(
        scope.span(name),
        module,
        "rust",
        "diesel",
        _text(scope.span(name), attributes.get("sql_name", module)),
        _text(scope.span(names[0]), _plain(names[0])) if len(names) > 1 else None,
        tuple(_attribute(column, own, primary, site) for column in columns),
        clauses=_primary(primary, columns, scope.span(keys or name)) if len(primary) > 1 else (),
        shape_only=True,
    )
    for at, key in enumerate(primary):
        # What `find` compares with what it is given.
        span = scope.span(keys or name)
        yield Constant(span, f"{module}.#key.{at}", Text(span, (ColumnPart(span, module, key),)))


def _primary(names: list[str], columns: list[Column], span: Span) -> tuple[Text, ...]:
    known = {column.name: column.column for column in columns}
    parts: list[Part] = []
    for name in names:
        parts += [
            LiteralPart(", " if parts else "PRIMARY KEY (", span, ()),
            IdentifierPart(span, (known.get(name, name),)),
        ]
    return (Text(span, (*parts, LiteralPart(")", span, ()))),)


def _behind_uses(inside: list[Node]) -> list[Node]:
    """What stands behind the `use` lines that a table begins with."""
    at = max((place for place, node in enumerate(inside) if node.type == ";"), default=-1)
    return inside[at + 1 :]


def _attributes(inside: list[Node]) -> tuple[dict[str, str], list[Node]]:
    """`#[sql_name = "type"]` in front of a name, and what stands behind them."""
    found: dict[str, str] = {}
    while len(inside) > 1 and inside[0].type == "#":
        said = re.match(r'\[\s*(\w{1,40})\s*=\s*"?([^"\]]{0,128})"?\s*\]', text_of(inside[1]))
        if said is not None:
            found[said[1]] = said[2].strip()
        inside = inside[2:]
    return found, inside


def _columns(inside: list[Node]) -> Iterator[Column]:
    """Columns, up to where the body is no longer one."""
    while inside:
        attributes, inside = _attributes(inside)
        if len(inside) < 2 or inside[1].type != "->":
            at = next((place for place, node in enumerate(inside) if node.type == ","), len(inside))
            inside = inside[at + 1 :]
            continue
        name, rest, depth, end = inside[0], inside[2:], 0, 0
        for end, node in enumerate(rest):  # noqa: B007 - where the loop stops is wanted
            depth += text_of(node).count("<") - text_of(node).count(">")
            if (node.type == "," and depth <= 0) or node.type in ("->", "#"):
                break
        else:
            end = len(rest)
        type_ = [text_of(node) for node in rest[:end]]
        column = attributes.get("sql_name") or attributes.get("column_name") or _plain(name)
        yield Column(name, _plain(name), column, type_, attributes.get("max_length", ""))
        inside = rest[end + 1 :] if end < len(rest) and rest[end].type == "," else rest[end:]


def _attribute(column: Column, own: dict[str, str], primary: list[str], site: Site) -> Attribute:
    span = site.scope.structure.span(column.node)
    type_ = sql_type(column.type, own, column.length)
    written: Part = HolePart(span, UnknownOrigin("".join(column.type)))
    if type_.words is not None:
        written = DialectPart(span, *type_.words)
    rest = "" if type_.nullable else " NOT NULL"
    rest += " PRIMARY KEY" if primary == [column.name] else ""
    return Attribute(span, column.name, column.column, Text(span, (written, LiteralPart(rest, span, ()))))


def _joinable(inside: list[Node], site: Site) -> Iterator[Declared]:
    """`posts -> users (user_id)`: the column leads to the primary key of the other table."""
    names = [_plain(node) for node in inside if node.type == "identifier"]
    key = next((node for node in inside if node.type == "token_tree"), None)
    if len(names) < 2 or key is None:
        return
    child, parent = (names[0], names[-1]) if "->" in [node.type for node in inside] else ("", "")
    column = "".join(_plain(node) for node in key.children if node.type not in ("(", ")"))
    span = site.scope.structure.span(key)
    if child:
        pairs = ((column, ""),)
        yield Related(span, f"*{child}", (Relation(span, f"{parent}.{column}", f"*{parent}", pairs=pairs),))


def _aliases(inside: list[Node], site: Site) -> Iterator[Declared]:
    """`users as u: U`, each of them a table of its own in a query."""
    for at, node in enumerate(inside):
        if node.type == "as" and 0 < at < len(inside) - 1:
            entity, name = inside[at - 1], _plain(inside[at + 1])
            span = site.scope.structure.span(inside[at + 1])
            table = f"*{_plain(entity)}"
            yield Constant(span, f"{name}.#table", Text(span, (TablePart(span, table, name),)))


def _plain(node: Node) -> str:
    return text_of(node).removeprefix("r#")


def _text(span: Span, value: str) -> Text:
    return Text(span, (LiteralPart(value, span, ()),))
