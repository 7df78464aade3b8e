"""`Index(..)`: in `__table_args__`, among a Table's arguments, and by itself beside what it indexes.

What comes in: the call. What goes out: CREATE INDEX as each engine is sent it. Source: https://docs.sqlalchemy.org/en/20/core/constraints.html#indexes. A
string names a column of the database, a name an attribute. This module does not know tables.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.conditions import condition
from analyzer.extract.frameworks.sqlalchemy.expressions import argument_sql, expression_sql
from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, is_true, last, root_of, string_of
from analyzer.extract.frameworks.sqlalchemy.words import parts_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.definitions import CompoundPart
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import DialectPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.text import Text


def named_column(node: Node, scope: Scope) -> Part:
    """A string is a column of the database, a name an attribute of the class."""
    span = scope.structure.span(node)
    text = string_of(node, scope) if node.type in ("string", "concatenated_string") else None
    if text is not None:
        return IdentifierPart(span, (text,))
    if node.type in ("identifier", "attribute"):
        return ColumnPart(span, "", last(node), bare=True)
    return HolePart(span, scope.origin(node))


def index(call: Call, scope: Scope) -> Text:
    """CREATE INDEX as each engine is sent it."""
    span = scope.structure.span(call.node)
    name = string_of(call.positional[0], scope) if call.positional else None
    unique = "UNIQUE " if is_true(call.named.get("unique")) else ""
    parts: list[Part] = [LiteralPart(f"CREATE {unique}INDEX ", span, ())]
    parts.append(IdentifierPart(span, (name,)) if name else _name(call, scope))
    parts += [LiteralPart(" ON ", span, ()), TablePart(span, "")]
    using = string_of(call.named.get("postgresql_using"), scope)
    parts += [DialectPart(span, f" USING {using}", "", "")] if using else []
    parts.append(LiteralPart(" (", span, ()))
    for at, node in enumerate(call.positional[1:]):
        parts += [LiteralPart(", ", span, ())] if at else []
        parts += _indexed(node, call, scope)
    parts.append(LiteralPart(")", span, ()))
    return Text(span, (*parts, *_predicate(call, scope)))


def _name(call: Call, scope: Scope) -> Part:
    """What SQLAlchemy calls an index without a name, by its first column."""
    span = scope.structure.span(call.node)
    first = named_column(call.positional[1], scope) if len(call.positional) > 1 else None
    if first is None or call.positional[0].type != "none" or isinstance(first, HolePart):
        return HolePart(span, UnknownOrigin())
    word = LiteralPart(first.words[0], span, ()) if isinstance(first, IdentifierPart) else first
    if not isinstance(word, LiteralPart | ColumnPart):
        return HolePart(span, UnknownOrigin())
    return CompoundPart(span, (LiteralPart("ix", span, ()), TablePart(span, ""), word))


def _indexed(node: Node, call: Call, scope: Scope) -> Iterator[Part]:
    """A column, an expression, either with its order."""
    node = scope.unwrapped(node)
    span = scope.structure.span(node)
    if node.type == "call" and last(node) in ("desc", "asc", "nulls_last", "nulls_first", "nullslast", "nullsfirst"):
        function = node.child_by_field_name("function")
        inner = (
            function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
        )
        given = call_of(node).positional
        target = given[0] if given else inner
        if target is not None:
            yield from _indexed(target, call, scope)
        word = {"desc": " DESC", "asc": " ASC"}.get(
            last(node), " NULLS LAST" if "last" in last(node) else " NULLS FIRST"
        )
        yield LiteralPart(word, span, ())
    elif node.type in ("string", "concatenated_string", "identifier", "attribute"):
        yield named_column(node, scope)
        yield from _operators(node, call, scope)
    elif node.type == "call" and last(node) == "text":
        yield from parts_of(expression_sql(node, scope), span)
    elif (
        node.type == "call"
        and (function := node.child_by_field_name("function")) is not None
        and "func" in text_of(function)
    ):
        yield from _function(node, scope)
    else:
        yield HolePart(span, UnknownOrigin())


def _function(node: Node, scope: Scope) -> Iterator[Part]:
    """`func.lower(email)` over attributes."""
    span = scope.structure.span(node)
    yield LiteralPart(f"{last(node)}(", span, ())
    for at, one in enumerate(call_of(node).positional):
        yield from [LiteralPart(", ", span, ())] if at else []
        plain = one.type in ("identifier", "attribute")
        yield from [named_column(one, scope)] if plain else parts_of(argument_sql(one, scope), span)
    yield LiteralPart(")", span, ())


def _operators(node: Node, call: Call, scope: Scope) -> Iterator[Part]:
    """`postgresql_ops={"name": "gin_trgm_ops"}`, `mysql_length={"name": 20}`."""
    name, span = string_of(node, scope) or last(node), scope.structure.span(node)
    for keyword in ("postgresql_ops", "mysql_length"):
        given = call.named.get(keyword)
        for pair in given.named_children if given is not None and given.type == "dictionary" else ():
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None and string_of(key, scope) == name:
                words = string_of(value, scope) or text_of(value)
                yield (
                    DialectPart(span, f" {words}", "", "")
                    if keyword == "postgresql_ops"
                    else DialectPart(span, "", "", f"({words})")
                )


def _predicate(call: Call, scope: Scope) -> Iterator[Part]:
    """WHERE for the engines that are told one; a comment for the others."""
    said = {engine: call.named.get(f"{engine}_where") for engine in ("postgresql", "sqlite")}
    known = {engine: node for engine, node in said.items() if node is not None and node.type != "none"}
    node = known.get("postgresql", known.get("sqlite"))
    if node is None:
        return
    span = scope.structure.span(node)
    begin, end = [(" WHERE ", "") if engine in known else (" /* ", " */") for engine in said], (" /* ", " */")
    yield DialectPart(span, begin[0][0], begin[1][0], end[0])
    found = condition(node, scope)
    yield from found if found is not None else (HolePart(span, UnknownOrigin()),)
    yield DialectPart(span, begin[0][1], begin[1][1], end[1])


def loose(owner: str, scope: Scope) -> Iterator[Text]:
    """Indexes that stand beside a class or table of the file: `Index("ix_users_email", User.email)`."""
    if b"Index(" not in scope.structure.source.content:
        return
    for captures in scope.structure.call_captures:
        node = captures["call"][0]
        if last(node) != "Index" or scope.structure.functions.innermost(node.start_byte) is not None:
            continue
        call = call_of(node)
        if any(root_of(one) == owner and one.type == "attribute" for one in call.positional[1:]):
            yield index(call, scope)
