"""Functions, procedures and triggers, and what their bodies do to rows and to the schema."""

from typing import Literal

from msgspec import Struct

from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span

# What statements that a routine puts together while it runs may do: to indexes and constraints alone, make tables, or change the shape of any.
DynamicEffect = Literal["", "keys", "tables", "shapes"]


class RoutineCall(Struct, frozen=True):
    """A call of a stored function or procedure; `literals` are the strings among its arguments, of a qualified name the last part."""

    name: str
    literals: tuple[str, ...] = ()


class CreateFunction(Struct, frozen=True, tag=True, tag_field="change"):
    """A function or procedure. `fills` are the columns of the new row that its body assigns, "*" where nobody knows which, `effect` what its dynamic SQL may do."""

    span: Span
    function: ObjectName
    fills: tuple[str, ...] = ()
    effect: DynamicEffect = ""
    may: bool = False


class CreateTrigger(Struct, frozen=True, tag=True, tag_field="change"):
    """A trigger. `before_insert` is True where it runs for each new row before it is kept: then what it fills need not be given.
    `before_update` is True where it runs so for each changed row.

    `function` is what it calls (PostgreSQL); `fills` are the columns that its own body assigns (MySQL).
    `rows` are the columns of NEW and OLD that it names.
    """

    span: Span
    table: ObjectName
    name: str
    before_insert: bool = False
    function: ObjectName | None = None
    fills: tuple[str, ...] = ()
    replace: bool = False
    if_not_exists: bool = False
    may: bool = False
    rows: tuple[str, ...] = ()
    before_update: bool = False


class DropTrigger(Struct, frozen=True, tag=True, tag_field="change"):
    """`table` is None where the dialect does not name it."""

    span: Span
    name: str
    table: ObjectName | None = None
    if_exists: bool = False
    may: bool = False
