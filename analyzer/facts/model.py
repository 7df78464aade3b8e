"""Types of the host language that rows are read into or that stand for tables.

This module does not know which ORM or driver a model belongs to beyond its framework's name.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Language, Span

ModelKind = Literal["entity", "row", "dto"]


class HostType(Struct, frozen=True):
    """A type as the host language writes it, its optional layer taken off: `Option<i64>` is ("i64", optional).

    `arguments` are the texts of its type arguments: `Vec<u8>` is ("Vec", ("u8",)), a union of
    literals their type and their texts: `'draft' | 'sent'` is ("string", ("'draft'", "'sent'")). `name` has no module path. An empty name is
    an unknown type.
    """

    name: str
    optional: bool = False
    arguments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The type as one text, whatever the language: `Optional[list[str]]`."""
        inner = self.name + (f"[{', '.join(self.arguments)}]" if self.arguments else "")
        return f"Optional[{inner}]" if self.optional else inner


class Field(Struct, frozen=True):
    """A field of a model. `column` is the name it maps to, its number from 0 where it is read by that; `opaque` where a codec stands between
    field and column (sqlx `json`), `default` where a missing column is filled in, `skip` where it is never read, `flat` where the fields
    of its type stand for it.

    `path` are the fields that lead from `type` to the value's own type, "Option" where it is the Option of that: what is read for `User.id`.
    """

    span: Span
    name: str
    column: str
    type: HostType
    opaque: bool = False
    default: bool = False
    skip: bool = False
    flat: bool = False
    path: tuple[str, ...] = ()


class Model(Struct, frozen=True):
    """A struct, interface, type alias, class or named tuple with fields. `table` is None where none is declared.

    `reads` is what a decoder written by hand reads of a row, None where fields say it. `transparent` is True where the database sees the one field.
    """

    span: Span
    name: str
    kind: ModelKind
    language: Language
    fields: tuple[Field, ...]
    bases: tuple[str, ...] = ()
    table: str | None = None
    framework: str = ""
    reads: tuple[Field, ...] | None = None
    transparent: bool = False
