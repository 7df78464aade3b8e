"""What queries say of entities, as a library's calls name them: tables, columns, joins, keys, and what the library fills in."""

from msgspec import Struct

from analyzer.facts.origin import Origin
from analyzer.facts.source import Span


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
