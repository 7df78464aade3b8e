"""A column of SQLAlchemy: `Column(..)` and `mapped_column(..)`, in models and in migrations.

What comes in: the call and its Scope. What goes out: a ColumnCall: what it says, and what SQL has behind the column's name. Source:
https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.Column and the `get_column_specification` of the DDL compilers. This module does
not know the table: keys over several columns, annotations and names that a class gives are the caller's.
"""

from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.expressions import default_sql, expression_sql
from analyzer.extract.frameworks.sqlalchemy.keys import Reference, reference
from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, is_false, is_true, last, root_of, string_of
from analyzer.extract.frameworks.sqlalchemy.types import SqlType, sql_type
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words, everywhere, parts_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

# Arguments without a name that are no types.
_ITEMS = frozenset(
    {
        "ForeignKey",
        "Identity",
        "Computed",
        "Sequence",
        "CheckConstraint",
        "FetchedValue",
        "DefaultClause",
        "ColumnDefault",
    }
)
_FILLING = ("default", "default_factory", "insert_default", "onupdate", "server_onupdate")
PRIMARY_KEY, UNIQUE = " PRIMARY KEY", " UNIQUE"


class ColumnCall(Struct, frozen=True):
    """What a call says. `name` is None where it says none; `nullable` and `type` likewise. `counts` is SQLAlchemy's `autoincrement`, None for "auto".

    `default` is what the database fills in, `filled` is True where the library does. `whole` is False where a spread may say more.
    """

    span: Span
    name: str | None
    type: SqlType | None
    nullable: bool | None = None
    primary: bool = False
    counts: bool | None = None
    default: Spoken | None = None
    generated: Spoken | None = None
    identity: bool = False
    filled: bool = False
    held: bool = False
    unique: bool = False
    index: bool = False
    keys: tuple[Reference, ...] = ()
    checks: tuple[Text, ...] = ()
    comment: str | None = None
    whole: bool = True

    def may_count(self, *, alone: bool = True) -> bool:
        """Whether the database numbers its rows if it has a type of whole numbers; `alone` is False where the primary key has other columns."""
        if not self.primary or self.counts is False or self.identity or self.default is not None or self.held:
            return False
        return self.counts is True or (alone and not self.keys)

    def definition(
        self, *, nullable: bool = True, alone: bool = True, typed: tuple[Part, ...] | None = None
    ) -> tuple[Part, ...]:
        """What SQL has behind the column's name, keys left out; `nullable` is what holds where the call says nothing, `typed` another's type."""
        null = self.nullable if self.nullable is not None else nullable and not self.primary and not self.identity
        spoken = everywhere(*(typed if typed is not None else self.typed(alone=alone)))
        if self.generated is not None:
            spoken = _joined(spoken, self.generated)
        elif self.default is not None:
            spoken = _joined(spoken, self.default.each(lambda words: (" DEFAULT ", *words)))
        unknown = () if self.whole else (LiteralPart(" ", self.span, ()), HolePart(self.span, UnknownOrigin()))
        behind = () if null else (LiteralPart(" NOT NULL", self.span, ()),)
        return (*parts_of(spoken, self.span), *behind, *unknown)

    def typed(self, *, alone: bool = True, plain: bool = False) -> tuple[Part, ...]:
        """Its type; `plain` is that of a key to it."""
        if self.type is None:
            return (HolePart(self.span, UnknownOrigin()),)
        if self.identity and self.primary and self.type.serial and not plain:
            # MySQL has no identities, and numbers its keys anyway.
            spoken = self.type.spoken
            mysql = (*spoken.mysql, " AUTO_INCREMENT") if spoken.mysql is not None else None
            return parts_of(Spoken(spoken.postgres, spoken.sqlite, mysql), self.span)
        return self.type.counting(self.span, counts=not plain and self.may_count(alone=alone))


def is_name_given(call: Call) -> bool:
    """Whether the first argument can only be the name, known or not: a type stands behind it."""
    plain = [one for one in call.positional if last(one) not in _ITEMS]
    return len(plain) > 1 or (bool(plain) and "type_" in call.named)


def is_column(node: Node) -> bool:
    """Whether an expression is a column by what is called."""
    return node.type == "call" and last(node) in ("Column", "mapped_column", "column")


def column_call(node: Node, scope: Scope) -> ColumnCall:
    """A call taken for a column."""
    call = call_of(node)
    positional = list(call.positional)
    name = string_of(call.named.get("name"), scope)
    if positional and name is None and (text := string_of(positional[0], scope)) is not None:
        name = text
        positional.pop(0)
    if positional and name is None and is_name_given(call):
        positional.pop(0)
    house = root_of(node)
    items = [one for one in positional if last(one) in _ITEMS]
    given = call.named.get("type_") or next(
        (one for one in positional if last(one) not in _ITEMS and one.type != "none"), None
    )
    found = sql_type(given, scope, house) if given is not None and given.type != "none" else None
    return _settled(call, items, name, found, scope, positional)


def _settled(
    call: Call, items: list[Node], name: str | None, type_: SqlType | None, scope: Scope, positional: list[Node]
) -> ColumnCall:
    named = call.named
    server = named.get("server_default") or next((one for one in items if last(one) == "DefaultClause"), None)
    identity = next(
        (one for one in (*items, *([server] if server is not None else [])) if last(one) == "Identity"), None
    )
    computed = next(
        (one for one in (*items, *([server] if server is not None else [])) if last(one) == "Computed"), None
    )
    fetched = any(last(one) == "FetchedValue" for one in (*items, *([server] if server is not None else [])))
    plain = server is not None and server.type != "none" and not identity and not computed and not fetched
    sequence = any(last(one) == "Sequence" for one in positional)
    held = (
        "default" in named
        and named["default"].type != "none"
        and last(named["default"]) not in ("Sequence", "next_value")
    )
    return ColumnCall(
        span=scope.structure.span(call.node),
        name=name,
        type=type_,
        nullable=_said(named.get("nullable")),
        primary=is_true(named.get("primary_key")),
        counts=_said(named.get("autoincrement")),
        default=default_sql(server, scope) if plain and server is not None else None,
        generated=_generated(identity, computed, scope),
        identity=identity is not None,
        filled=sequence or fetched or any(key in named and named[key].type != "none" for key in _FILLING[:3]),
        held=held or sequence or "insert_default" in named,
        unique=is_true(named.get("unique")),
        index=is_true(named.get("index")),
        keys=tuple(reference(call_of(one), scope) for one in items if last(one) == "ForeignKey"),
        checks=tuple(_check(one, scope) for one in items if last(one) == "CheckConstraint"),
        comment=string_of(named.get("comment"), scope),
        whole=call.whole,
    )


def _said(node: Node | None) -> bool | None:
    return True if is_true(node) else False if is_false(node) else None


def _joined(left: Spoken, right: Spoken) -> Spoken:
    """One behind the other, where both are known."""
    made: list[Words | None] = []
    for dialect in ("postgres", "sqlite", "mysql"):
        one, other = left.words(dialect), right.words(dialect)
        made.append((*one, *other) if one is not None and other is not None else one)
    return Spoken(*made)


def _generated(identity: Node | None, computed: Node | None, scope: Scope) -> Spoken | None:
    if computed is not None:
        call = call_of(computed)
        if not call.positional:
            return None
        stored = call.named.get("persisted")
        kind = " STORED" if is_true(stored) else " VIRTUAL" if is_false(stored) else ""
        inner = expression_sql(call.positional[0], scope)
        return inner.each(lambda words: (" GENERATED ALWAYS AS (", *words, f"){kind}"))
    if identity is None:
        return None
    call = call_of(identity)
    kind = "ALWAYS" if is_true(call.named.get("always")) else "BY DEFAULT"
    return Spoken((f" GENERATED {kind} AS IDENTITY{_options(call)}",), ("",), ("",))


def _options(call: Call) -> str:
    found = [
        f"{words} {folded(call.named[key], 40)}"
        for key, words in (("start", "START WITH"), ("increment", "INCREMENT BY"))
        if key in call.named and call.named[key].type == "integer"
    ]
    return f" ({' '.join(found)})" if found else ""


def _check(node: Node, scope: Scope) -> Text:
    return Text(scope.structure.span(node), tuple(check_parts(node, scope)))


def check_parts(node: Node, scope: Scope) -> Iterator[Part]:
    """`CONSTRAINT name CHECK (..)`."""
    call, span = call_of(node), scope.structure.span(node)
    name = string_of(call.named.get("name"), scope)
    given = call.positional[0] if call.positional else call.named.get("sqltext")
    if name:
        yield LiteralPart(f"CONSTRAINT {name} " if name.isidentifier() else "", span, ())
    inner = expression_sql(given, scope) if given is not None else everywhere(HolePart(span, UnknownOrigin()))
    yield LiteralPart("CHECK (", span, ())
    yield from parts_of(inner, span)
    yield LiteralPart(")", span, ())
