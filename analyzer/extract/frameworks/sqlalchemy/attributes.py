"""A mapped attribute that is kept in a column, put together of its annotation and its column.

What comes in: names, annotations and calls. What goes out: an Attribute, with the keys and indexes that SQL has for it elsewhere. Source:
https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html: an annotation gives the type where the call has none, and says whether NULL is a value. This
module does not know classes.
"""

import msgspec
from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.annotations import Annotation, kept_as, name_of
from analyzer.extract.frameworks.sqlalchemy.columns import PRIMARY_KEY, UNIQUE, ColumnCall
from analyzer.extract.frameworks.sqlalchemy.enums import CREATED
from analyzer.extract.frameworks.sqlalchemy.keys import Reference
from analyzer.extract.frameworks.sqlalchemy.types import SqlType
from analyzer.extract.scope import Scope
from analyzer.facts.entity import Attribute
from analyzer.facts.model import HostType
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import EitherPart, Part
from analyzer.facts.part.definitions import CompoundPart, HostTypePart, KeyTypePart
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import DialectPart, HolePart, LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

# What an alias of an annotated column has ready for `Mapped[alias]` and for `Mapped[alias | None]`.
REQUIRED, OPTIONAL = "__required__", "__optional__"
# What it fills in, where a column of its own says nothing of that.
DEFAULT = "__default__"
# There where an alias gives a value to rows that have none.
FILLED = "__filled__"


class Made(Struct, frozen=True):
    """An attribute, with what stands elsewhere for it. `primary` is True where it is of the primary key, `keys` are its foreign keys."""

    attribute: Attribute
    clauses: tuple[Text, ...] = ()
    statements: tuple[Text, ...] = ()
    primary: bool = False
    keys: tuple[Reference, ...] = ()


def made(
    name: str, place: Node, call: ColumnCall | None, annotation: Annotation | None, scope: Scope, *, alone: bool
) -> Made:
    """The attribute of a name; its column is what the call names, else the attribute's own name."""
    span = scope.structure.span(place)
    said = call if call is not None else ColumnCall(span, None, None)
    mapped = annotation if annotation is not None and annotation.mapped else None
    definition = _definition(name, said, mapped, scope, place, alone=alone, bare=call is None)
    plain = _plain_type(said, mapped, scope, place)
    attribute = Attribute(
        span,
        name,
        said.name if said.name is not None else name,
        Text(span, definition),
        type=annotation.host if annotation is not None else HostType(""),
        filled=said.filled,
        members=said.type.members if said.type is not None else None,
        kept=Text(span, plain),
        filler=f"{name_of(mapped)}.{FILLED}" if mapped is not None and not said.filled else "",
    )
    clauses = tuple(key_clause(one, (name,), span) for one in said.keys if one.target is not None)
    statements = said.type.created if said.type is not None else ()
    if said.type is None and mapped is not None and name_of(mapped) and not said.keys:
        owner = name_of(mapped)
        options: tuple[tuple[Part, ...], ...] = (
            (HostTypePart(span, CREATED, of=owner),),
            (NamePart(f"{owner}.__names__.create", span),),
        )
        statements = (Text(span, (EitherPart(span, options),)),)
    if said.index:
        statements = (*statements, index_statement(name, span, unique=said.unique))
    return Made(attribute, (*clauses, *said.checks), statements, said.primary, said.keys)


def _definition(
    name: str, said: ColumnCall, mapped: Annotation | None, scope: Scope, place: Node, *, alone: bool, bare: bool
) -> tuple[Part, ...]:
    """Type, default, NULL and the keys of one column."""
    typed = None
    if said.type is None:
        typed = _derived_type(said, mapped, scope, place, counts=said.may_count(alone=alone))
    nullable = mapped.optional if mapped is not None else True
    span = scope.structure.span(place)
    if typed is not None and mapped is not None and name_of(mapped) and said.default is None and said.generated is None:
        other = NamePart(f"{name_of(mapped)}.{DEFAULT}", span)
        typed = (*typed, EitherPart(span, ((other,), ())))
    words = said.definition(nullable=nullable, alone=alone, typed=typed)
    if said.primary:
        words = (*words, LiteralPart(PRIMARY_KEY, span, ()))
    elif said.unique and not said.index:
        words = (*words, LiteralPart(UNIQUE, span, ()))
    if said.type is not None and said.type.checked:
        words = (*words, *_checked(name, said.type, span))
    if bare and mapped is not None and name_of(mapped):
        # An alias that says more than a type says it all.
        whole = NamePart(f"{name_of(mapped)}.{OPTIONAL if mapped.optional else REQUIRED}", span)
        return (EitherPart(span, ((whole,), words)),)
    return words


def _checked(name: str, type_: SqlType, span: Span) -> tuple[Part, ...]:
    """CHECK of an enum's values where it is plain characters; a comment for engines that have enums."""
    begin, end = (" /* ", " */") if type_.native else (" CHECK (", ")")
    return (
        DialectPart(span, begin, " CHECK (", begin),
        ColumnPart(span, "", name, bare=True),
        LiteralPart(type_.checked, span, ()),
        DialectPart(span, end, ")", end),
    )


def _derived_type(
    said: ColumnCall, mapped: Annotation | None, scope: Scope, place: Node, *, counts: bool
) -> tuple[Part, ...]:
    """The type of a column that has none of its own: that of the column it refers to, else that of the annotation."""
    span = scope.structure.span(place)
    unknown: tuple[Part, ...] = (HolePart(span, UnknownOrigin()),)
    host = kept_as(mapped, scope, place, counts=counts) if mapped is not None else unknown
    target = said.keys[0].target if said.keys else None
    if target is None:
        return unknown if said.keys else host
    key = KeyTypePart(span, target.words, target.name, target.entity, target.attribute)
    return (EitherPart(span, ((key,), unknown)),)


def _plain_type(said: ColumnCall, mapped: Annotation | None, scope: Scope, place: Node) -> tuple[Part, ...]:
    if said.type is not None:
        return said.typed(plain=True)
    return _derived_type(said, mapped, scope, place, counts=False)


def key_clause(one: Reference, columns: tuple[str, ...], span: Span) -> Text:
    """FOREIGN KEY of one attribute or several."""
    return Text(
        span, (LiteralPart("FOREIGN KEY (", span, ()), *listed(columns, span), LiteralPart(")", span, ()), *one.parts)
    )


def listed(attributes: tuple[str, ...], span: Span) -> tuple[Part, ...]:
    """Attributes of the entity itself, by commas."""
    parts: list[Part] = []
    for at, name in enumerate(attributes):
        parts += [LiteralPart(", ", span, ())] if at else []
        parts.append(ColumnPart(span, "", name, bare=True))
    return tuple(parts)


def index_statement(name: str, span: Span, *, unique: bool) -> Text:
    """What `index=True` makes: ix_<table>_<column>."""
    words = (LiteralPart("ix", span, ()), TablePart(span, ""), ColumnPart(span, "", name, bare=True))
    head = "CREATE UNIQUE INDEX " if unique else "CREATE INDEX "
    return Text(
        span,
        (
            LiteralPart(head, span, ()),
            CompoundPart(span, words),
            LiteralPart(" ON ", span, ()),
            TablePart(span, ""),
            LiteralPart(" (", span, ()),
            ColumnPart(span, "", name, bare=True),
            LiteralPart(")", span, ()),
        ),
    )


def renamed(one: Attribute, name: str) -> Attribute:
    return msgspec.structs.replace(one, name=name)
