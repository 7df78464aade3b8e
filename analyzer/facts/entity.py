"""Tables as a library of the host language declares them: entities, and what they are put together from.

Names are as the source writes them; SQL in them is text with parts that the program makes whole. This module does not know any library.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.model import HostType
from analyzer.facts.source import Dialect, Language, Span
from analyzer.facts.text import Text

# When rows of a relation are read: with the query, at the first touch of the attribute, or never by themselves.
Loading = Literal["eager", "lazy", "raises", ""]


class Attribute(Struct, frozen=True):
    """An attribute that is kept in a column. `column` is the name code writes for it, None where the library derives it from `name`.

    `definition` is what SQL has behind the column's name: type, NOT NULL, DEFAULT, keys; a hole in it is what nobody knows. `filled` is True
    where the library gives a value to a row that has none; `filler` names a constant that says so where there is one. `type` is the host's type, nameless where none is written. `members` are the
    values that the code allows, None where it names none. `certain` is False where the column may have another name. `like` names a part whose one
    attribute this is made of, with what its own definition adds: what a function of the code gives. `kept` is its type alone, where a column that
    refers to it takes that.
    """

    span: Span
    name: str
    column: str | None
    definition: Text
    type: HostType = HostType("")
    filled: bool = False
    members: tuple[str, ...] | None = None
    certain: bool = True
    like: str = ""
    listed: str = ""
    kept: Text | None = None
    filler: str = ""


class Relation(Struct, frozen=True):
    """An attribute that leads to rows of another entity. `pairs` are (own attribute, attribute of the target) where the code says them.

    `through` names the entity or table between the two, "" for none. `deletes` is what the library itself does to the target's rows when one of
    this entity is deleted: "cascade", "set null", "" nothing that is known.
    """

    span: Span
    name: str
    target: str
    many: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    through: str = ""
    loading: Loading = ""
    deletes: str = ""


class HostTyped(Struct, frozen=True):
    """How a type of the host language is kept, by its words (`dict[str,Any]`); `counting` is the type of a key that numbers its rows."""

    host: str
    kept: Text
    counting: Text


class Entity(Struct, frozen=True):
    """A class, struct or value that stands for a table, or a part that such are put together from: a mixin, an abstract base, an object that is spread.

    `table` is the physical name, None where the library derives it; `namespace` likewise, None where there is none. `bases` are dotted names of
    what it takes attributes from, the strongest first. `clauses` stand behind the columns in CREATE TABLE, `statements` by themselves. `others`
    are attributes that are no columns. `is_table` is False for a part. `closed` is False where it may have attributes that the source does
    not show. `dialect` is None where the library speaks to several. `names` says how a part names the tables of those that take from it:
    "lower", "snake_case", "" not at all. `shape_only` is True where the library's declaration says nothing of defaults, keys beyond the primary
    one, checks and indexes. `types` is what a part says of the host's types for all that take from it.
    `registry` names what the file itself makes to hold its tables, "" where they belong to the project's own.
    """

    span: Span
    name: str
    language: Language
    framework: str
    table: Text | None = None
    namespace: Text | None = None
    attributes: tuple[Attribute, ...] = ()
    relations: tuple[Relation, ...] = ()
    bases: tuple[str, ...] = ()
    clauses: tuple[Text, ...] = ()
    statements: tuple[Text, ...] = ()
    others: tuple[str, ...] = ()
    is_table: bool = True
    closed: bool = True
    dialect: Dialect | None = None
    names: str = ""
    shape_only: bool = False
    types: tuple[HostTyped, ...] = ()
    registry: str = ""


class Related(Struct, frozen=True):
    """Relations that stand apart from their entity: drizzle's `relations(users, ..)`, diesel's `joinable!`."""

    span: Span
    entity: str
    relations: tuple[Relation, ...]


class Renamed(Struct, frozen=True):
    """Another name of what `target` means in a file: of an entity, or of what holds some. `schema.*` is any entry of `schema`."""

    span: Span
    name: str
    target: str


class Naming(Struct, frozen=True):
    """How a project derives names of tables or columns from those of the code: `snake_case`, `camelCase`, "" as they are.

    `constraints` are patterns of names by the kind of what they name: pk, uq, fk, ck, ix.
    """

    span: Span
    framework: str
    columns: str = ""
    tables: str = ""
    constraints: tuple[tuple[str, str], ...] = ()
