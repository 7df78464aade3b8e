"""Statements that change no schema, and those that nobody understood."""

from typing import Literal

from msgspec import Struct

from analyzer.facts.change.routines import RoutineCall
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span


class DataStatement(Struct, frozen=True, tag=True, tag_field="change"):
    """SELECT, INSERT, UPDATE, DELETE, TRUNCATE ... inside a migration: changes no schema, may fail on it. `sql` is its exact text.

    `table` is what it writes to, None where it only reads or the target is not plain; `columns` are those that an UPDATE assigns or an INSERT
    names; `all_rows` is True for an UPDATE or DELETE without WHERE, and for TRUNCATE. `calls` are the routines that a SELECT or CALL runs, as far as
    their arguments may name an object.
    """

    span: Span
    sql: str
    verb: Literal["select", "insert", "update", "delete", "call", "other"] = "other"
    table: ObjectName | None = None
    columns: tuple[str, ...] = ()
    all_rows: bool = False
    calls: tuple[RoutineCall, ...] = ()
    may: bool = False


class NoEffect(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement that is understood and changes no table: COMMENT, GRANT, SET, PRAGMA, CREATE FUNCTION, BEGIN ...

    `setting` is a name in lower case and its value: of a PRAGMA or a SET that later definitions ask. `savepoint` is the name that SAVEPOINT, RELEASE
    and ROLLBACK TO give, in lower case.
    """

    span: Span
    keyword: str
    may: bool = False
    setting: tuple[str, str] | None = None
    savepoint: str = ""


class Opaque(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement nobody understood. `touches` are the names it mentions, which become tainted; ("*",) taints every name.

    `reason` says why, for people.
    """

    span: Span
    text: str
    touches: tuple[str, ...]
    reason: str = ""
    may: bool = False


class Broken(Struct, frozen=True, tag=True, tag_field="change"):
    """A statement that the dialect cannot parse, and that is no dialect's. `message` says where and why."""

    span: Span
    text: str
    message: str
    touches: tuple[str, ...] = ()
    may: bool = False
