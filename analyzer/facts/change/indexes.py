"""Indexes by themselves: those that a CREATE TABLE or a key makes are part of it."""

from msgspec import Struct

from analyzer.facts.clause import IndexClause, ObjectName
from analyzer.facts.source import Span


class AddIndex(Struct, frozen=True, tag=True, tag_field="change"):
    span: Span
    table: ObjectName
    index: IndexClause
    if_not_exists: bool = False
    concurrently: bool = False
    may: bool = False
    only: bool = False


class DropIndex(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is set where the dialect names it (MySQL)."""

    span: Span
    index: ObjectName
    table: ObjectName | None = None
    if_exists: bool = False
    concurrently: bool = False
    may: bool = False


class RenameIndex(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is set where the dialect names it (MySQL)."""

    span: Span
    index: ObjectName
    to: str
    may: bool = False
    table: ObjectName | None = None
