"""What definitions leave to the rest of the project: types, lists of values, and names that are put together."""

from msgspec import Struct

from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span

Word = TablePart | ColumnPart | LiteralPart


class CompoundPart(Struct, frozen=True, tag=True):
    """One name that a library puts together of several, `_` between them: `orders_user_id_users_id_fk`."""

    span: Span
    words: tuple[Word, ...]


class ValuesPart(Struct, frozen=True, tag=True):
    """The values of a list or enum of the code, by its name: quoted, with commas between."""

    span: Span
    name: str


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
