"""Strings as the program evaluates them: literal pieces, and what could not be evaluated, in order.

A string is evaluated, not matched: each literal piece knows from which source bytes every one of its characters came, each
hole knows where its value comes from. This module does not know what the text means.
"""

from msgspec import Struct

from analyzer.facts.source import Span


class LiteralOrigin(Struct, frozen=True, tag=True):
    """The value stands in the source. `value` is None where it is no plain string, number or boolean."""

    value: str | int | float | bool | None = None
    kind: str = ""


class ParameterOrigin(Struct, frozen=True, tag=True):
    """Parameter `index` (0-based, without self) of the enclosing function."""

    index: int
    name: str


class LoopOrigin(Struct, frozen=True, tag=True):
    """A variable of an enclosing loop, or a value derived from one. `loop` is the Loop's span."""

    loop: Span
    name: str


class CallOrigin(Struct, frozen=True, tag=True):
    """The result of a call, or a value derived from it. `call` is the Call's span.

    A hole whose span is the call's holds the result as it is; `field`, where set, is the one entry of the result that is meant.
    """

    call: Span
    callee: str
    field: str = ""


class NameOrigin(Struct, frozen=True, tag=True):
    """A name this file does not bind, or binds to something other than the above."""

    name: str


class UnknownOrigin(Struct, frozen=True, tag=True):
    """An expression of another shape. `text` is its source."""

    text: str = ""


Origin = LiteralOrigin | ParameterOrigin | LoopOrigin | CallOrigin | NameOrigin | UnknownOrigin


class LiteralPart(Struct, frozen=True, tag=True):
    """Evaluated characters.

    `segments` maps characters of `value` to source bytes: pairs (character offset, byte offset in the file), ascending, the
    first at character 0; within a segment one character is one byte. Escapes, line continuations and characters longer
    than a byte begin a new segment.
    """

    value: str
    span: Span
    segments: tuple[tuple[int, int], ...]


class NamePart(Struct, frozen=True, tag=True):
    """A constant that is defined elsewhere: another file, an import, a class attribute. "*" in front means any of the repository."""

    name: str
    span: Span


class BoundPart(Struct, frozen=True, tag=True):
    """A value that a parametrising tag (postgres.js `sql`) binds: the driver sends a placeholder here."""

    span: Span
    origin: Origin


class HolePart(Struct, frozen=True, tag=True):
    """Spliced text that is not known: it may be an identifier, a value, or half a statement."""

    span: Span
    origin: Origin

    @property
    def is_result(self) -> bool:
        """Whether it is just what a call gives, or one entry of it."""
        origin = self.origin
        return isinstance(origin, CallOrigin) and (self.span == origin.call or bool(origin.field))


class GivenPart(Struct, frozen=True, tag=True):
    """A parameter of the function that writes the text, where a name of the database stands."""

    span: Span
    name: str


class IdentifierPart(Struct, frozen=True, tag=True):
    """A name or a dotted name of the database, each word quoted as the dialect quotes: nothing in it is folded or taken for a keyword."""

    span: Span
    words: tuple[str, ...]


class DialectPart(Struct, frozen=True, tag=True):
    """What a library writes differently for each engine: the name of a type, mostly. None where it is not known for an engine."""

    span: Span
    postgres: str | None
    sqlite: str | None
    mysql: str | None


class TablePart(Struct, frozen=True, tag=True):
    """A table by the name of its entity, as the file writes it (`schema.users`), with the `alias` that stands behind it.

        "*" in front of a name means any entity of the repository that is called so, the one that the file imports first: what a library finds by its
    name. `users>posts` is what the relation `posts` of `users` leads to, `Draft|Order` the one of several names that is an entity's. No name, in what
    an entity says of itself, is the entity that has or takes it. `origin` is that of a ColumnPart.
    """

    span: Span
    entity: str
    alias: str = ""
    origin: Origin | None = None


class ColumnPart(Struct, frozen=True, tag=True):
    """A column by an attribute of its entity; behind the `alias`, else the table's name, or by itself where `bare`. "=" in front of the attribute
    says that it is the column's own name.

    `origin` says what is bound here where the entity is none after all: `user.id` is a value in a file whose `user` is no entity. It is None
    where only an entity can stand. `entity` may be several names, each with "|" behind it: the first that has the attribute is meant, and
    none lacks it.
    `named` is True where the attribute may be the library's own for a column's name: `users.email.name` is `email` unless `users.email` is an entity.
    """

    span: Span
    entity: str
    attribute: str
    alias: str = ""
    bare: bool = False
    origin: Origin | None = None
    named: bool = False


class StarPart(Struct, frozen=True, tag=True):
    """All columns of an entity, behind the `alias`, else the table's name; one by one where they are `listed`, as the code declares them."""

    span: Span
    entity: str
    alias: str = ""
    listed: bool = False


class JoinPart(Struct, frozen=True, tag=True):
    """A table with the condition that joins it, where a library derives that: `kind` is what stands in front (`LEFT JOIN`).

    Either `relation` is one of `source`, an entity with its `source_alias`, and says what is joined; or `entity` is what is joined, and the
    condition is the one key between it and one of `others`, entities that stand in front of it.
    """

    span: Span
    kind: str
    source: str = ""
    relation: str = ""
    source_alias: str = ""
    entity: str = ""
    alias: str = ""
    others: tuple[str, ...] = ()


class Mention(Struct, frozen=True):
    """A table by the name of its entity, with its alias. `sure` is False where the name may be no entity's: an enum's, a module's."""

    entity: str
    alias: str = ""
    sure: bool = True


class FromPart(Struct, frozen=True, tag=True):
    """The tables that a library takes from what a query mentions, each once, with CROSS JOIN between them and `lead` in front of the first.

    Those that `joined` has are left out, and those of `outer`, the queries around this one, unless nothing would be left.
    """

    span: Span
    lead: str
    mentions: tuple[Mention, ...]
    joined: tuple[Mention, ...] = ()
    outer: tuple[Mention, ...] = ()


class KeyPart(Struct, frozen=True, tag=True):
    """The primary key of an entity, behind the `alias`, equal to a bound value."""

    span: Span
    entity: str
    origin: Origin
    alias: str = ""


class FilledPart(Struct, frozen=True, tag=True):
    """What a library adds to an INSERT by itself: a comma and the columns, or their values, that it fills in and that are not in `given`.

    Without the first comma where it is `alone`: then it is a hole where nothing is filled in.
    """

    span: Span
    entity: str
    given: tuple[str, ...]
    values: bool = False
    alone: bool = False


Word = TablePart | ColumnPart | LiteralPart


class CompoundPart(Struct, frozen=True, tag=True):
    """One name that a library puts together of several, `_` between them: `orders_user_id_users_id_fk`."""

    span: Span
    words: tuple[Word, ...]


class ValuesPart(Struct, frozen=True, tag=True):
    """The values of a list or enum of the code, by its name: quoted, with commas between."""

    span: Span
    name: str


class EitherPart(Struct, frozen=True, tag=True):
    """One of several, in order: the first of which every name is known; a hole where there is none."""

    span: Span
    options: tuple[tuple["Part", ...], ...]


class HostTypePart(Struct, frozen=True, tag=True):
    """The type that an entity's parts have for a type of the host language; not known where they have none. `counts` for a key that numbers its rows.

    `of` is the one of its kind that is meant where they speak of a kind: `@` in front of a name there.
    """

    span: Span
    host: str
    counts: bool = False
    of: str = ""


class KeyTypePart(Struct, frozen=True, tag=True):
    """The type of the column that a key refers to: by the words of its table and its own name, or by an entity and an attribute."""

    span: Span
    table: tuple[str, ...] = ()
    column: str = ""
    entity: str = ""
    attribute: str = ""


class ConstraintPart(Struct, frozen=True, tag=True):
    """`CONSTRAINT name `, or the name alone where `bare`: what a project's convention makes of it, see `Naming`.

    `name` is what the source calls it, "" where it says nothing: without a convention that is nothing, or the library's own name of an index. `kind` is
    the convention's: pk, uq, fk, ck, ix. `columns` are the table's, `target` and `others` the table and columns that a key leads to.
    """

    span: Span
    kind: str
    table: str
    columns: tuple[str, ...]
    name: str = ""
    target: str = ""
    others: tuple[str, ...] = ()
    bare: bool = False


# What the program turns into other parts once it knows the entities.
MAPPED = (
    *(TablePart, ColumnPart, StarPart, JoinPart, FromPart, KeyPart, FilledPart),
    *(CompoundPart, ValuesPart, EitherPart, HostTypePart, KeyTypePart, ConstraintPart),
)
Part = (
    LiteralPart
    | NamePart
    | BoundPart
    | HolePart
    | GivenPart
    | IdentifierPart
    | DialectPart
    | TablePart
    | ColumnPart
    | StarPart
    | JoinPart
    | FromPart
    | KeyPart
    | FilledPart
    | CompoundPart
    | ValuesPart
    | EitherPart
    | HostTypePart
    | KeyTypePart
    | ConstraintPart
)


class Text(Struct, frozen=True):
    """A string in parts. `span` covers the whole expression."""

    span: Span
    parts: tuple[Part, ...]

    @property
    def is_complete(self) -> bool:
        """True where every part is known: no name is left to resolve and no hole."""
        return all(isinstance(part, LiteralPart | BoundPart | IdentifierPart) for part in self.parts)

    @property
    def places(self) -> frozenset[Span]:
        """Where its literal pieces stand: two texts that share one are evaluations of the same."""
        return frozenset(part.span for part in self.parts if isinstance(part, LiteralPart) and part.value.strip())

    @property
    def is_blank(self) -> bool:
        """True where nothing of the text is known."""
        return not any(isinstance(part, LiteralPart) and part.value.strip() for part in self.parts)

    @property
    def is_unknown(self) -> bool:
        """True where it is nothing but a name that nobody resolved, or a hole."""
        return bool(self.parts) and all(isinstance(part, NamePart | HolePart) for part in self.parts)

    @property
    def skeleton(self) -> str:
        """The text with `{}` for what is not known and `$n` for what a tag binds."""
        out, bound = [], 0
        for part in self.parts:
            if isinstance(part, LiteralPart):
                out.append(part.value)
            elif isinstance(part, BoundPart):
                bound += 1
                out.append(f"${bound}")
            else:
                out.append("{}")
        return "".join(out)
