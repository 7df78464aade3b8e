"""Functions of Diesel and of SQL in expressions: `exists`, `count_star`, `case_when`, `sql`, and those that `define_sql_function!` makes.

What comes in: calls of them. What goes out: SQL. A function that is given no column is one of the project's own, which may give a part of a query. Sources:
docs.rs/diesel, `dsl`, `define_sql_function`. This module does not know operators.
"""

import re
from typing import Protocol

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.diesel import names
from analyzer.extract.frameworks.diesel.values import struct_named
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.entities import ColumnPart
from analyzer.facts.part.written import HolePart, NamePart

_TYPE = re.compile(r"\b(?:\w+::)*[A-Z]\w*")


class Writer(Protocol):
    """What writes the expressions around."""

    b: Builder
    scope: Scope
    depth: int

    def subquery(self, node: Node, depth: int, /) -> Builder | None: ...

    def is_sql(self, node: Node) -> bool: ...

    def value(self, node: Node) -> None: ...

    def write(self, node: Node) -> None: ...


def case(out: Writer, node: Node, value: Node, name: str, given: list[Node]) -> None:
    out.write(value)
    # `case_when` leaves its END to the last link of the chain.
    if out.b.parts and getattr(out.b.parts[-1], "value", "") == " END":
        out.b.parts.pop()
    if name == "when" and len(given) == 2:
        out.b.say(" WHEN ", node)
        out.value(given[0])
        out.b.say(" THEN ", node)
        out.value(given[1])
    else:
        out.b.say(" ELSE ", node)
        out.value(given[0])
    out.b.say(" END", node)


def function(out: Writer, node: Node) -> None:
    path, given = names.callee(node), names.given(node)
    name = text_of(path).rpartition("::")[2] if path is not None else ""
    if name in ("as_select", "as_returning") and path is not None:
        for at, owner in enumerate(_types(path, out.scope)):
            out.b.say(", " if at else "", node)
            out.b.put(NamePart(f"*{owner}.#select", out.b.span(node)))
    elif name == "sql" and given:
        raw = out.scope.text(given[0]).parts
        out.b.put(*raw)
    elif name == "count_star":
        out.b.say("COUNT(*)", node)
    elif name == "not" and len(given) == 1:
        out.b.say("NOT (", node)
        out.write(given[0])
        out.b.say(")", node)
    elif name in ("exists", "any", "all", "array") and len(given) == 1:
        _around(out, node, {"any": "ANY", "all": "ALL", "array": "ARRAY"}.get(name, "EXISTS"), given[0])
    elif name == "excluded" and len(given) == 1:
        column = names.column(given[0], out.scope)
        if column is not None:
            out.b.put(ColumnPart(out.b.span(node), column.entity, column.attribute, "excluded"))
        else:
            out.b.unknown(node)
    elif name == "case_when" and len(given) == 2:
        out.b.say("CASE WHEN ", node)
        out.value(given[0])
        out.b.say(" THEN ", node)
        out.value(given[1])
        out.b.say(" END", node)
    elif name in ("Box.new", "new") and text_of(path or node).startswith(("Box::", "Arc::")) and given:
        out.write(given[0])
    elif name[:1].islower() and any(out.is_sql(one) for one in given):
        out.b.say("COUNT(DISTINCT " if name == "count_distinct" else f"{name}(", node)
        for at, one in enumerate(given):
            out.b.say(", " if at else "", node)
            out.value(one)
        out.b.say(")", node)
    elif path is not None:
        out.b.put(NamePart(f"*{names.dotted(path, out.scope)}.#expr", out.b.span(node)))


def _around(out: Writer, node: Node, word: str, given: Node) -> None:
    inner = out.subquery(names.plain(given), out.depth)
    out.b.say(f"{word}(", node)
    if inner is not None:
        out.b.put(*inner.parts)
    elif word == "EXISTS":
        out.b.say("SELECT ", node)
        out.b.put(HolePart(out.b.span(given), UnknownOrigin()))
    else:
        out.value(given)
    out.b.say(")", node)


def _types(path: Node, scope: Scope) -> list[str]:
    """The structs of `User::as_select`, `Option::<User>::as_select`, `<(User, Option<Post>)>::as_select`."""
    written = text_of(path).rpartition("::")[0]
    return [struct_named(name, path, scope) for name in _TYPE.findall(written) if name != "Option"]
