"""ALTER COLUMN: type, nullability, default, identity.

What comes in: a cursor at the column's name. What goes out: an AlterColumn, or nothing for storage and statistics. This module does
not know the column.
"""

from analyzer.facts.change.columns import AlterColumn
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.sql.ddl.columns import read_type
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.splices import HOLE


def read_alter_column(action: Cursor, table: ObjectName, span: Span) -> AlterColumn | None:
    """One action of ALTER COLUMN."""
    name = action.name()
    if action.take("TYPE") or action.take("SET", "DATA", "TYPE"):
        return _retype(action, table, span, name)
    if action.take("SET", "NOT", "NULL"):
        return AlterColumn(span, table, name, not_null=True)
    if action.take("DROP", "NOT", "NULL"):
        return AlterColumn(span, table, name, not_null=False)
    if action.take("SET", "DEFAULT"):
        return AlterColumn(span, table, name, default=action.rest())
    if action.take("DROP", "DEFAULT"):
        return AlterColumn(span, table, name, drop_default=True)
    if action.take("DROP", "IDENTITY"):
        return AlterColumn(span, table, name, generated="", if_exists=action.take("IF", "EXISTS"))
    if action.take("DROP", "EXPRESSION"):
        return AlterColumn(span, table, name, generated="", drop_default=True, if_exists=action.take("IF", "EXISTS"))
    if action.take("SET", "EXPRESSION", "AS"):
        group = action.group()
        return AlterColumn(span, table, name, default=group.text(0, len(group.tokens)))
    return _identity(action, table, span, name)


def _identity(action: Cursor, table: ObjectName, span: Span, name: str) -> AlterColumn | None:
    if action.take("ADD", "GENERATED") or action.take("SET", "GENERATED"):
        return AlterColumn(span, table, name, generated="always" if action.take("ALWAYS") else "default")
    if action.sees_any("SET", "RESET", "RESTART"):
        return None
    raise UnreadError(f"unexpected {action.raw() or 'end'!r}")


def _retype(action: Cursor, table: ObjectName, span: Span, name: str) -> AlterColumn:
    type_ = read_type(action)
    spliced = not type_ and action.take(HOLE)
    collation = action.object_name().name if action.take("COLLATE") else ""
    using = action.rest() if action.take("USING") else None
    if not (type_ or spliced) or not action.done:
        raise UnreadError(f"unexpected {action.raw() or 'end'!r}")
    return AlterColumn(span, table, name, type=type_, using=using, collation=collation)
