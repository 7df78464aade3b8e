"""A column's definition: name, declared type, and the constraints that follow.

What comes in: a cursor at the column's name. What goes out: a ColumnClause. Sources: the CREATE TABLE pages of PostgreSQL, SQLite
and MySQL. This module does not know the table.
"""

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.clause import CheckClause, ColumnClause, ForeignKeyClause
from analyzer.sql.ddl.checks import read_check
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.splices import HOLE

_SHARED_STOPS = {
    "CONSTRAINT", "NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK", "GENERATED", "COLLATE", ",",
    "USING", "DEFERRABLE", "INITIALLY", HOLE,
}  # fmt: skip
_STOPS = {
    "postgres": frozenset(_SHARED_STOPS | {"STORAGE", "COMPRESSION"}),
    "sqlite": frozenset(_SHARED_STOPS | {"AUTOINCREMENT", "ON", "AS"}),
    "mysql": frozenset(
        _SHARED_STOPS
        | {"AUTO_INCREMENT", "COMMENT", "ON", "KEY", "AS", "CHARACTER", "CHARSET", "FIRST", "AFTER", "INVISIBLE", "VISIBLE"}
    ),
}  # fmt: skip
_TYPE_WORDS = frozenset({
    "PRECISION", "VARYING", "WITH", "WITHOUT", "LOCAL", "TIME", "ZONE", "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO", "CHARACTER",
    "CHAR", "ARRAY",
})  # fmt: skip
_SERIAL = frozenset({"serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"})


class _Draft(Struct):
    """A column while its constraints are read."""

    not_null: bool = False
    default: str | None = None
    generated: str = ""
    primary_key: bool = False
    unique: bool = False
    references: ForeignKeyClause | None = None
    checks: tuple[CheckClause, ...] = ()
    collation: str = ""
    descending: bool = False
    key_name: str = ""
    open: bool = False
    nulls_distinct: bool = True


def read_column(cursor: Cursor) -> ColumnClause:
    """Name, type and constraints; the cursor stops at MySQL's FIRST and AFTER, or at the end."""
    start = cursor.at
    name = cursor.name()
    type_ = read_type(cursor)
    draft = _Draft()
    while not cursor.done and not cursor.sees_any("FIRST", "AFTER", ","):
        _read_constraint(cursor, name, draft)
    # PostgreSQL takes these in quotes too.
    if type_.lower().strip('"') in _SERIAL and cursor.dialect != "sqlite":
        draft.generated, draft.not_null = "auto", True
        draft.unique = draft.unique or cursor.dialect == "mysql"
    if cursor.dialect == "sqlite" and draft.primary_key and type_.upper() == "INTEGER" and not draft.descending:
        draft.generated = draft.generated or "auto"
    return ColumnClause(
        cursor.span(start, cursor.at), name, type_, draft.not_null, draft.default, draft.generated, draft.primary_key,
        draft.unique, draft.references, draft.checks, draft.collation, draft.key_name, draft.open,
        draft.nulls_distinct, draft.descending,
    )  # fmt: skip


def read_refinement(cursor: Cursor) -> ColumnClause:
    """`name [WITH OPTIONS] constraints`: a column whose type comes from elsewhere."""
    start, name, draft = cursor.at, cursor.name(), _Draft()
    cursor.take("WITH", "OPTIONS")
    while not cursor.done:
        _read_constraint(cursor, name, draft)
    return ColumnClause(
        cursor.span(start, cursor.at), name, "", draft.not_null, draft.default, draft.generated, draft.primary_key,
        draft.unique, draft.references, draft.checks, draft.collation, draft.key_name, draft.open,
        draft.nulls_distinct,
    )  # fmt: skip


def read_type(cursor: Cursor) -> str:
    """The declared type's text, "" where SQLite's column has none. `double precision`, `time with time zone`, `text[]`, `enum('a')`."""
    if cursor.dialect == "mysql" and cursor.sees_any("CHARACTER", "CHAR"):
        return cursor.until(_STOPS["mysql"])
    start = cursor.at
    type_ = cursor.until(_STOPS[cursor.dialect], first=True)
    if cursor.dialect == "postgres":
        _check_words(cursor.part(start, cursor.at))
    return type_


def _check_words(type_: Cursor) -> None:
    """After a type's name only these words are part of it: another one means a comma is missing."""
    after_dot = True
    while not type_.done:
        if not after_dot and type_.kind() in ("word", "quoted") and type_.word() not in _TYPE_WORDS:
            raise UnreadError(f"unexpected {type_.raw()!r}")
        after_dot = type_.word() in (".", "SETOF")
        type_.skip()


def _read_constraint(cursor: Cursor, column: str, draft: _Draft) -> None:
    start = cursor.at
    name = cursor.name() if cursor.take("CONSTRAINT") else ""
    if cursor.take("NOT", "NULL"):
        draft.not_null = True
        _conflict(cursor)
    elif cursor.take("NULL"):
        # SQLite knows the word and does nothing.
        draft.not_null = draft.not_null and cursor.dialect == "sqlite"
    elif cursor.take("DEFAULT"):
        draft.default = cursor.until(_STOPS[cursor.dialect] | {"FIRST", "AFTER"})
    elif cursor.take("PRIMARY", "KEY") or (cursor.dialect == "mysql" and cursor.take("KEY")):
        draft.primary_key, draft.key_name = True, name or draft.key_name
        draft.not_null = draft.not_null or cursor.dialect != "sqlite"
        _read_key_options(cursor, draft)
    elif cursor.take("UNIQUE"):
        draft.unique, draft.key_name = True, name or draft.key_name
        cursor.take("KEY")
        _read_key_options(cursor, draft)
    elif cursor.sees("REFERENCES"):
        clause = read_references(cursor, (column,))
        draft.references = replace(clause, span=cursor.span(start, cursor.at), name=name)
    elif cursor.take("CHECK"):
        group = cursor.group()
        check = read_check(group, cursor.span(start, cursor.at), name)
        inherited = not cursor.sees("NO", "INHERIT")
        draft.checks = (*draft.checks, replace(check, valid=skip_marks(cursor), inherited=inherited))
    else:
        _read_rest(cursor, draft)


def _read_key_options(cursor: Cursor, draft: _Draft) -> None:
    descending = cursor.take_any("ASC", "DESC") == "DESC"
    _conflict(cursor)
    if cursor.take_any("AUTOINCREMENT", "AUTO_INCREMENT"):
        draft.generated = "auto"
    # "CREATE TABLE", section 5: INTEGER PRIMARY KEY DESC is no alias for the rowid.
    draft.descending = draft.descending or descending
    if cursor.take("NULLS"):
        draft.nulls_distinct = not cursor.take("NOT")
        cursor.expect("DISTINCT")
    if cursor.take("USING", "INDEX", "TABLESPACE"):
        cursor.name()
    if cursor.take("WITH"):
        cursor.group()


def _conflict(cursor: Cursor) -> None:
    if cursor.take("ON", "CONFLICT"):
        cursor.name()


def skip_marks(cursor: Cursor) -> bool:
    """Moves over what says nothing of shape: NO INHERIT, DEFERRABLE ...; False where NOT VALID was among it."""
    valid = True
    while not cursor.done:
        if cursor.take("NOT", "VALID"):
            valid = False
        elif cursor.take("INITIALLY"):
            cursor.name()
        elif not (
            cursor.take("NO", "INHERIT")
            or cursor.take("NOT", "DEFERRABLE")
            or cursor.take("NOT", "ENFORCED")
            or cursor.take_any("DEFERRABLE", "ENFORCED")
        ):
            break
    return valid


def _read_rest(cursor: Cursor, draft: _Draft) -> None:
    if cursor.take(HOLE):
        draft.open = True
    elif cursor.take("GENERATED"):
        _read_generated(cursor, draft)
    elif cursor.take("AS"):
        _read_expression(cursor, draft)
    elif cursor.take("COLLATE"):
        # MySQL takes a string for the name.
        draft.collation = cursor.string() if cursor.kind() == "string" else cursor.object_name().name
    elif cursor.take_any("AUTO_INCREMENT", "AUTOINCREMENT"):
        draft.generated = "auto"
    elif cursor.take("COMMENT"):
        cursor.string()
    elif cursor.take("ON", "UPDATE"):
        cursor.until(_STOPS["mysql"])
    elif cursor.take("CHARACTER", "SET") or cursor.take_any("CHARSET", "STORAGE", "COMPRESSION", "COLUMN_FORMAT"):
        cursor.take("=")
        cursor.at += 1
    elif not (cursor.take_any("VISIBLE", "INVISIBLE", "VIRTUAL", "STORED", "PERSISTENT", "HIDDEN") or _marks(cursor)):
        raise UnreadError(f"unexpected {cursor.raw()!r}")


def _marks(cursor: Cursor) -> bool:
    start = cursor.at
    skip_marks(cursor)
    return cursor.at > start


def _read_generated(cursor: Cursor, draft: _Draft) -> None:
    always = cursor.take("ALWAYS")
    if not always:
        cursor.expect("BY", "DEFAULT")
        if cursor.take("ON"):
            cursor.expect("NULL")
    cursor.expect("AS")
    if cursor.take("IDENTITY"):
        draft.generated, draft.not_null = ("always" if always else "default"), True
        if cursor.sees("("):
            cursor.group()
    else:
        _read_expression(cursor, draft)


def _read_expression(cursor: Cursor, draft: _Draft) -> None:
    """VIRTUAL by default, by the pages on generated columns of SQLite and MySQL."""
    group = cursor.group()
    draft.default = group.text(0, len(group.tokens))
    draft.generated = "stored" if cursor.take_any("STORED", "PERSISTENT") else "virtual"
    cursor.take("VIRTUAL")


def read_references(cursor: Cursor, columns: tuple[str, ...]) -> ForeignKeyClause:
    """REFERENCES and what follows; the span begins at REFERENCES."""
    start = cursor.at
    cursor.expect("REFERENCES")
    target = cursor.object_name()
    target_columns = names(cursor.group()) if cursor.sees("(") else ()
    on_delete, on_update, valid = "", "", True
    while not cursor.done:
        if cursor.take("MATCH"):
            cursor.name()
        elif cursor.take("ON", "DELETE"):
            on_delete = _action(cursor)
        elif cursor.take("ON", "UPDATE"):
            on_update = _action(cursor)
        elif cursor.sees_any("NOT", "DEFERRABLE", "INITIALLY", "ENFORCED") and not cursor.sees("NOT", "NULL"):
            at = cursor.at
            valid = skip_marks(cursor) and valid
            if cursor.at == at:
                break
        else:
            break
    span = cursor.span(start, cursor.at)
    return ForeignKeyClause(span, columns, target, target_columns, on_delete, valid=valid, on_update=on_update)


def _action(cursor: Cursor) -> str:
    first = cursor.take_any("CASCADE", "RESTRICT", "SET", "NO")
    second = (
        cursor.take_any("NULL", "DEFAULT") if first == "SET" else cursor.take_any("ACTION") if first == "NO" else ""
    )
    if not first or (first in ("SET", "NO") and not second):
        raise UnreadError(f"unexpected {cursor.raw()!r}")
    if second and cursor.sees("("):
        cursor.group()
    return f"{first} {second}".strip().lower()


def names(cursor: Cursor) -> tuple[str, ...]:
    """Column names between commas; MySQL's key lengths and sort directions are not part of them."""
    return tuple(item.name() for item in cursor.items())
