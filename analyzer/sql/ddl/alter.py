"""ALTER TABLE: one change for each action.

What comes in: a cursor behind ALTER TABLE. What goes out: changes; an action that changes no shape gives none. Sources: the ALTER TABLE
pages of PostgreSQL, SQLite and MySQL. This module does not know the table.
"""

from collections.abc import Iterator

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint, DropConstraint, RenameConstraint, ValidateConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.change.statements import NoEffect
from analyzer.facts.change.tables import AlterInheritance, RenameTable
from analyzer.facts.clause import CheckClause, ColumnClause, ForeignKeyClause, IndexClause, KeyClause, ObjectName
from analyzer.facts.source import Span
from analyzer.sql.ddl.columns import read_column
from analyzer.sql.ddl.constraints import PrimaryKey, UniqueKey, read_constraint, sees_constraint
from analyzer.sql.ddl.cursor import Cursor, UnreadError, unquote
from analyzer.sql.ddl.retype import read_alter_column

# Actions that leave tables, columns, keys and indexes as they are.
_NEUTRAL = frozenset({
    "OWNER", "ENABLE", "DISABLE", "VALIDATE", "RESET", "REPLICA", "CLUSTER", "INHERIT", "NO", "ATTACH", "DETACH", "FORCE", "OF", "NOT",
    "ENGINE", "CONVERT", "COMMENT", "AUTO_INCREMENT", "DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "ORDER", "ALGORITHM", "LOCK",
    "ROW_FORMAT", "PARTITION", "REORGANIZE", "COALESCE", "TRUNCATE", "ANALYZE", "OPTIMIZE", "REBUILD", "DISCARD", "IMPORT", "KEY_BLOCK_SIZE",
    "WITH", "WITHOUT", "REMOVE", "STATS_PERSISTENT", "CHECKSUM", "MAX_ROWS", "MIN_ROWS", "AVG_ROW_LENGTH", "PACK_KEYS",
})  # fmt: skip


def read_alter_table(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The changes of the actions, in the order in which the engine makes them; NoEffect where none changes the shape."""
    if cursor.sees("ALL", "IN", "TABLESPACE"):
        return (NoEffect(cursor.span(), "ALTER TABLE"),)
    if_exists = cursor.take("IF", "EXISTS")
    cursor.take("ONLY")
    table = cursor.object_name()
    cursor.take("*")
    actions = list(cursor.part(cursor.at, len(cursor.tokens)).items())
    changes: list[SchemaChange] = []
    for action in actions:
        span = cursor.span() if len(actions) == 1 else action.span()
        changes.extend(_read_action(action, table, span, if_exists=if_exists))
    if cursor.dialect == "postgres":
        changes.sort(key=_pass)
    if cursor.dialect == "mysql":
        changes.sort(key=_turn)
    return tuple(changes) or (NoEffect(cursor.span(), "ALTER TABLE"),)


def _turn(change: SchemaChange) -> int:
    """MySQL makes the new table of one ALTER in this order, whatever stands first: what goes, columns, keys, the name."""
    match change:
        case DropConstraint():
            return 0
        case DropColumn() | DropIndex() | RenameIndex():
            return 1
        case AddConstraint() | AddIndex():
            return 3
        case RenameTable():
            return 4
        case _:
            return 2


def _pass(change: SchemaChange) -> int:
    """PostgreSQL does the actions of one statement in passes (`AlterTablePass` in src/backend/commands/tablecmds.c), not in their order."""
    match change:
        case DropColumn() | DropConstraint() | AlterColumn(not_null=False) | AlterColumn(drop_default=True):
            return 0
        case AlterColumn(generated=""):
            return 0
        case AlterColumn(type=str()):
            return 1
        case AddColumn():
            return 2
        case AddConstraint(check=CheckClause()):
            return 3
        case AlterColumn(not_null=True):
            return 4
        case AddConstraint(foreign_key=None):
            return 5
        case AddConstraint() | AlterColumn():
            return 6
        case _:
            return 7


def _read_action(action: Cursor, table: ObjectName, span: Span, *, if_exists: bool) -> Iterator[SchemaChange]:
    if action.take("ADD"):
        yield from _read_add(action, table, span, if_exists=if_exists)
    elif action.take("DROP"):
        yield from _read_drop(action, table, span)
    elif action.take("RENAME"):
        yield from _read_rename(action, table, span, if_exists=if_exists)
    elif action.take("ALTER"):
        yield from _read_alter(action, table, span)
    elif action.dialect == "mysql" and action.take_any("MODIFY", "CHANGE"):
        yield from _read_change(action, table, span)
    elif action.take("VALIDATE", "CONSTRAINT"):
        yield ValidateConstraint(span, table, action.name())
    elif action.dialect == "postgres" and (change := _inheritance(action, table, span)) is not None:
        yield change
    elif action.take("SET", "SCHEMA"):
        yield RenameTable(span, table, ObjectName(table.name, action.name()), if_exists)
    elif not (action.sees_any("SET", *_NEUTRAL)):
        raise UnreadError(f"unexpected {action.raw() or 'end'!r}")


def _inheritance(action: Cursor, table: ObjectName, span: Span) -> AlterInheritance | None:
    if action.take("INHERIT"):
        return AlterInheritance(span, action.object_name(), table)
    if action.take("NO", "INHERIT"):
        return AlterInheritance(span, action.object_name(), table, detach=True)
    if action.take("ATTACH", "PARTITION"):
        return AlterInheritance(span, table, action.object_name(), partition=True)
    if action.take("DETACH", "PARTITION"):
        return AlterInheritance(span, table, action.object_name(), detach=True, partition=True)
    return None


def _read_add(action: Cursor, table: ObjectName, span: Span, *, if_exists: bool) -> Iterator[SchemaChange]:
    if (required := _not_null(action)) is not None:
        yield AlterColumn(span, table, required, not_null=True)
        return
    if sees_constraint(action):
        yield from _added_constraint(action, table, span)
        return
    if action.dialect == "mysql" and action.sees("PARTITION"):
        return
    action.take("COLUMN")
    if_not_exists = action.take("IF", "NOT", "EXISTS")
    if action.sees("("):
        for item in action.group().items():
            yield AddColumn(item.span(), table, read_column(item), if_not_exists, if_exists)
        return
    column = read_column(action)
    after = _read_place(action)
    if not action.done:
        raise UnreadError(f"unexpected {action.raw()!r}")
    yield AddColumn(span, table, column, if_not_exists, if_exists, after=after)


def _read_place(action: Cursor) -> str | None:
    """FIRST or AFTER column; None where neither is there."""
    if action.dialect != "mysql":
        return None
    if action.take("FIRST"):
        return ""
    return action.name() if action.take("AFTER") else None


def _not_null(action: Cursor) -> str | None:
    """ADD [CONSTRAINT name] NOT NULL column: PostgreSQL 18."""
    at = action.at
    if action.dialect == "postgres" and action.take("CONSTRAINT") and action.kind() in ("word", "quoted"):
        action.name()
    if action.dialect == "postgres" and action.take("NOT", "NULL"):
        return action.name()
    action.at = at
    return None


def _added_constraint(action: Cursor, table: ObjectName, span: Span) -> Iterator[SchemaChange]:
    if_not_exists = any(action.word(ahead) == "IF" and action.word(ahead + 1) == "NOT" for ahead in range(6))
    match read_constraint(action):
        case PrimaryKey(key=key, using_index=index):
            yield AddConstraint(span, table, primary_key=key, using_index=index, if_not_exists=if_not_exists)
        case UniqueKey(key=key, using_index=index):
            yield AddConstraint(span, table, unique=key, using_index=index, if_not_exists=if_not_exists)
        case ForeignKeyClause() as key:
            yield AddConstraint(span, table, foreign_key=key, if_not_exists=if_not_exists)
        case CheckClause() as check:
            yield AddConstraint(span, table, check=check, if_not_exists=if_not_exists)
        case IndexClause() as index:
            yield AddIndex(span, table, index, if_not_exists)


def _read_drop(action: Cursor, table: ObjectName, span: Span) -> Iterator[SchemaChange]:
    mysql = action.dialect == "mysql"
    if action.take("CONSTRAINT"):
        if_exists = action.take("IF", "EXISTS")
        name = action.name()
        yield DropConstraint(span, table, name, "any", if_exists, action.take("CASCADE"))
    elif mysql and action.take("PRIMARY", "KEY"):
        yield DropConstraint(span, table, "", "primary")
    elif mysql and action.take("FOREIGN", "KEY"):
        if_exists = action.take("IF", "EXISTS")
        yield DropConstraint(span, table, action.name(), "foreign", if_exists)
    elif mysql and action.sees("CHECK") and not action.sees("CHECK", ","):
        action.at += 1
        yield DropConstraint(span, table, action.name(), "check")
    elif mysql and action.take_any("INDEX", "KEY"):
        if_exists = action.take("IF", "EXISTS")
        yield DropIndex(span, action.object_name(), table, if_exists)
    elif not (mysql and action.sees("PARTITION")):
        action.take("COLUMN")
        if_exists = action.take("IF", "EXISTS")
        column = action.name()
        yield DropColumn(span, table, column, if_exists, action.take("CASCADE"))
        if not action.done and not action.take("RESTRICT"):
            raise UnreadError(f"unexpected {action.raw()!r}")


def _read_rename(action: Cursor, table: ObjectName, span: Span, *, if_exists: bool) -> Iterator[SchemaChange]:
    if action.take("CONSTRAINT"):
        name = action.name()
        action.expect("TO")
        yield RenameConstraint(span, table, name, action.name())
    elif action.dialect == "mysql" and action.take_any("INDEX", "KEY"):
        index = action.object_name()
        action.expect("TO")
        yield RenameIndex(span, index, action.name(), table=table)
    elif action.take("TO") or (action.dialect == "mysql" and (action.take("AS") or len(action.tokens) == 2)):
        to = action.object_name()
        yield RenameTable(span, table, to if to.namespace else ObjectName(to.name, table.namespace), if_exists)
    else:
        action.take("COLUMN")
        column = action.name()
        action.expect("TO")
        yield RenameColumn(span, table, column, action.name())


def _read_alter(action: Cursor, table: ObjectName, span: Span) -> Iterator[SchemaChange]:
    if (
        action.sees_any("CONSTRAINT", "INDEX", "CHECK")
        and action.kind(1) in ("word", "quoted")
        and not action.sees_any("TYPE", "SET")
    ):
        return
    action.take("COLUMN")
    if action.dialect == "sqlite" and action.word(1) == "TO":
        yield from _read_redefinition(action, table, span)
        return
    change = read_alter_column(action, table, span)
    if change is not None:
        yield change


def _read_redefinition(action: Cursor, table: ObjectName, span: Span) -> Iterator[SchemaChange]:
    """ALTER COLUMN a TO b type ...: libSQL's extension of SQLite's ALTER TABLE."""
    old = action.name()
    action.expect("TO")
    yield from _redefined(table, span, old, read_column(action))


def _read_change(action: Cursor, table: ObjectName, span: Span) -> Iterator[SchemaChange]:
    """MODIFY and CHANGE declare the column anew: what is not said is lost."""
    changes = action.word(-1) == "CHANGE"
    action.take("COLUMN")
    if_exists = action.take("IF", "EXISTS")
    old = action.name() if changes else unquote(action.raw()) if action.kind() == "quoted" else action.raw()
    column = read_column(action)
    yield from _redefined(table, span, old, column, if_exists=if_exists, after=_read_place(action))
    if column.primary_key:
        yield AddConstraint(span, table, primary_key=KeyClause(span, (column.name,)))
    if column.unique and not column.primary_key:
        yield AddConstraint(span, table, unique=KeyClause(span, (column.name,), column.key_name))
    for check in column.checks:
        yield AddConstraint(span, table, check=check)


def _redefined(
    table: ObjectName, span: Span, old: str, column: ColumnClause, *, if_exists: bool = False, after: str | None = None
) -> Iterator[SchemaChange]:
    if old != column.name:
        yield RenameColumn(span, table, old, column.name)
    yield AlterColumn(
        span, table, column.name, column.type, column.not_null, column.default, column.default is None, column.generated,
        collation=column.collation, if_exists=if_exists, after=after,
    )  # fmt: skip
