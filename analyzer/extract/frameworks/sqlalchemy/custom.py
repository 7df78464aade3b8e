"""Types and columns that a project gives names of its own, as constants that other files' columns are told by.

What comes in: classes (`TypeDecorator`, `UserDefinedType`, enums) and assignments (`JSONType = JSON().with_variant(..)`, `intpk = Annotated[int,
mapped_column(..)]`). What goes out: Constants. Source: https://docs.sqlalchemy.org/en/20/core/custom_types.html. This module does not know which column
has such a type.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.annotations import annotation_of, generic, kept_as
from analyzer.extract.frameworks.sqlalchemy.attributes import DEFAULT, FILLED, OPTIONAL, REQUIRED
from analyzer.extract.frameworks.sqlalchemy.classes import Class
from analyzer.extract.frameworks.sqlalchemy.columns import PRIMARY_KEY, UNIQUE, ColumnCall, column_call, is_column
from analyzer.extract.frameworks.sqlalchemy.names import call_of, is_own_path, last, path_of, string_of
from analyzer.extract.frameworks.sqlalchemy.types import CALLED, COUNTING, TYPE, SqlType, sql_type
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, everywhere, parts_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.file import Constant
from analyzer.facts.part import Part
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_DECORATORS = frozenset({"TypeDecorator", "UserDefinedType"})
_MUTABLE = frozenset({"as_mutable"})


def is_type(one: Class) -> bool:
    return any(last(_head(base)) in _DECORATORS for base in one.bases)


def _head(node: Node) -> Node:
    """`TypeDecorator` of `TypeDecorator[str]`."""
    return node.named_children[0] if node.type in ("subscript", "generic_type") and node.named_children else node


def type_class(one: Class, scope: Scope) -> Iterator[Constant]:
    """What a type of the project's own is kept as."""
    span = scope.structure.span(one.name_node)
    found = _impl(one, scope)
    if found is None:
        return
    yield Constant(span, one.name, Text(span, found.parts(span)))
    yield Constant(span, f"{one.name}.{COUNTING}", Text(span, found.counting(span)))
    # A class that decorates a class hands its arguments on; what is made already takes none.
    given = one.said("impl")
    fixed = one.method("load_dialect_impl") is not None or one.method("__init__") is not None
    if given is None or given.type == "call" or fixed or found.spoken == Spoken():
        yield Constant(span, f"{one.name}.{CALLED}", Text(span, found.parts(span)))


def _impl(one: Class, scope: Scope) -> SqlType | None:
    written = one.method("get_col_spec")
    if written is not None:
        text = string_of(written.value, scope) if written.value is not None else None
        return SqlType(Spoken((text,), (text,), (text,))) if text else None
    given = one.said("impl")
    found = sql_type(given, scope) if given is not None else None
    loaded = one.method("load_dialect_impl")
    return _by_dialect(loaded.node, found, scope) if loaded is not None else found


def _by_dialect(function: Node, impl: SqlType | None, scope: Scope) -> SqlType | None:
    """`if dialect.name == "postgresql": return dialect.type_descriptor(UUID())`, and what is left for the others."""
    special: dict[str, SqlType] = {}
    rest = impl
    for statement in _returns(function):
        found = _described(statement, scope)
        engines = _asked(statement, function)
        if engines:
            special |= dict.fromkeys(engines, found or SqlType(Spoken()))
        else:
            rest = found if found is not None else impl
    words = [
        special[dialect].spoken.words(dialect)
        if dialect in special
        else rest.spoken.words(dialect)
        if rest is not None
        else None
        for dialect in ("postgres", "sqlite", "mysql")
    ]
    return SqlType(Spoken(*words))


def _returns(function: Node) -> Iterator[Node]:
    stack = [function]
    while stack:
        at = stack.pop()
        if at.type == "return_statement":
            yield at
        stack.extend(reversed(at.named_children))


def _described(statement: Node, scope: Scope) -> SqlType | None:
    """`dialect.type_descriptor(CHAR(32))`; `self.impl` is what the class says."""
    value = statement.named_children[0] if statement.named_children else None
    if value is None or value.type != "call" or last(value) != "type_descriptor":
        return None
    given = call_of(value).positional
    return sql_type(given[0], scope) if given else None


def _asked(statement: Node, function: Node) -> tuple[str, ...]:
    """The engines that a condition around a statement asks for."""
    at = statement.parent
    while at is not None and at != function:
        above = at.parent
        condition = (
            above.child_by_field_name("condition")
            if above is not None and above.type in ("if_statement", "elif_clause")
            else None
        )
        if condition is not None and above is not None and at == above.child_by_field_name("consequence"):
            text = folded(condition, 200)
            found = tuple(
                name
                for word, name in (("postgres", "postgres"), ("sqlite", "sqlite"), ("mysql", "mysql"))
                if word in text
            )
            negative = "!=" in text or "notin" in text or text.startswith("not")
            return tuple({"postgres", "sqlite", "mysql"} - set(found)) if negative else found
        at = above
    return ()


def named_type(name: Node, value: Node, scope: Scope) -> Iterator[Constant]:
    """`JSONType = JSON().with_variant(..)`, `intpk = Annotated[..]`, `Money = NewType(..)`."""
    span, word = scope.structure.span(name), text_of(name)
    head, given = generic(value)
    if head.rpartition(".")[2] == "Annotated" and given:
        yield from _annotated(word, span, given, value, scope)
        return
    if value.type == "call" and last(value) in _MUTABLE and call_of(value).positional:
        value = call_of(value).positional[0]
    function = value.child_by_field_name("function") if value.type == "call" else value
    inner = (
        function.child_by_field_name("object") if function is not None and last(value) == "with_variant" else function
    )
    path = path_of(inner.child_by_field_name("function") or inner, scope) if inner is not None else ""
    found = sql_type(value, scope) if is_own_path(path) else None
    if found is not None and found.spoken != Spoken():
        yield Constant(span, word, Text(span, found.parts(span)))
        yield Constant(span, f"{word}.{CALLED}", Text(span, found.parts(span)))
        yield Constant(span, f"{word}.{COUNTING}", Text(span, found.counting(span)))


def _annotated(word: str, span: Span, given: list[Node], value: Node, scope: Scope) -> Iterator[Constant]:
    """An alias with a column in it says all of a column, one with a type its type."""
    call = next((column_call(one, scope) for one in given[1:] if is_column(one)), None)
    annotation = annotation_of(given[0])
    said = call if call is not None else ColumnCall(span, None, None)
    if annotation is None:
        return
    types: dict[bool, tuple[Part, ...]] = {
        counts: said.type.counting(span, counts=counts)
        if said.type is not None
        else kept_as(annotation, scope, value, counts=counts)
        for counts in (False, True)
    }
    yield Constant(span, f"{word}.{TYPE}", Text(span, types[False]))
    yield Constant(span, f"{word}.{COUNTING}", Text(span, types[True]))
    if call is None:
        return
    default = call.default.each(lambda words: (" DEFAULT ", *words)) if call.default is not None else everywhere()
    yield Constant(span, f"{word}.{DEFAULT}", Text(span, parts_of(default, span)))
    if call.filled:
        yield Constant(span, f"{word}.{FILLED}", Text(span, (LiteralPart("TRUE", span, ()),)))
    keys = tuple(part for one in call.keys for part in one.parts)
    flag = PRIMARY_KEY if call.primary else UNIQUE if call.unique and not call.index else ""
    behind = (LiteralPart(flag, span, ()),) if flag else ()
    for suffix, nullable in ((REQUIRED, annotation.optional), (OPTIONAL, True)):
        typed = types[call.may_count()]
        words = call.definition(nullable=nullable, typed=typed)
        yield Constant(span, f"{word}.{suffix}", Text(span, (*words, *behind, *keys)))
