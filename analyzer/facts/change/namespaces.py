"""Namespaces, which SQL calls schemas, and the path on which names are looked up."""

from msgspec import Struct

from analyzer.facts.source import Span


class RenameNamespace(Struct, frozen=True, tag=True, tag_field="change"):
    """ALTER SCHEMA ... RENAME TO."""

    span: Span
    namespace: str
    to: str
    may: bool = False


class DropNamespace(Struct, frozen=True, tag=True, tag_field="change"):
    """DROP SCHEMA: with `cascade`, all that is in it goes too."""

    span: Span
    namespace: str
    cascade: bool = False
    if_exists: bool = False
    may: bool = False


class SetSearchPath(Struct, frozen=True, tag=True, tag_field="change"):
    """SET search_path: what names no namespace is made in the first of these; () is the database's own path."""

    span: Span
    namespaces: tuple[str, ...]
    may: bool = False
