"""Functions and triggers: CREATE and DROP, and the columns of a new row that a body assigns.

What comes in: a cursor. What goes out: changes. Sources: the CREATE TRIGGER pages of PostgreSQL, SQLite and MySQL; PL/pgSQL, "Trigger
Functions". A body is looked at for assignments to NEW alone. This module does not know tables.
"""

from collections.abc import Iterator

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.routines import CreateTrigger, DropTrigger
from analyzer.sql.ddl.cursor import Cursor, UnreadError

_TIMES = ("BEFORE", "AFTER", "INSTEAD")


def read_create_trigger(cursor: Cursor, *, replace: bool) -> tuple[SchemaChange, ...]:
    """The cursor stands at what may stand before TRIGGER."""
    while not cursor.take("TRIGGER"):
        if cursor.dialect == "mysql" and not cursor.done:
            # DEFINER = user@host
            cursor.skip()
        elif not cursor.take_any("CONSTRAINT", "TEMP", "TEMPORARY"):
            raise UnreadError(f"unexpected {cursor.raw()!r}")
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name = cursor.object_name().name
    # SQLite's default is BEFORE; its triggers cannot change the new row.
    time = cursor.take_any(*_TIMES) or "BEFORE"
    events: list[str] = []
    while not cursor.sees("ON"):
        events.append(cursor.word())
        cursor.skip()
        if cursor.done:
            raise UnreadError("expected ON")
    cursor.expect("ON")
    table = cursor.object_name()
    before = time == "BEFORE" and cursor.dialect != "sqlite"
    start = cursor.at
    while not cursor.done and not cursor.sees("EXECUTE"):
        cursor.at += 1
    function = None
    if cursor.dialect == "postgres" and cursor.take("EXECUTE") and cursor.take_any("FUNCTION", "PROCEDURE"):
        function = cursor.object_name()
    fills = tuple(dict.fromkeys(_assigned(cursor, start))) if cursor.dialect == "mysql" else ()
    rows = tuple(dict.fromkeys(_rows(cursor, start)))
    made = CreateTrigger(
        cursor.span(),
        table,
        name,
        before and "INSERT" in events,
        function,
        fills,
        replace,
        if_not_exists,
        rows=rows,
        before_update=before and "UPDATE" in events,
    )
    return (made,)


def read_drop_trigger(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP TRIGGER."""
    if_exists = cursor.take("IF", "EXISTS")
    name = cursor.object_name().name
    table = cursor.object_name() if cursor.take("ON") else None
    return (DropTrigger(cursor.span(), name, table, if_exists),)


def _rows(cursor: Cursor, start: int) -> Iterator[str]:
    """The columns behind `NEW.` and `OLD.`."""
    cursor.at = start
    while not cursor.done:
        if cursor.take("NEW", ".") or cursor.take("OLD", "."):
            if cursor.kind() in ("word", "quoted"):
                yield cursor.name()
        else:
            cursor.at += 1


def filled(body: Cursor) -> tuple[str, ...]:
    """The columns of NEW that a PL/pgSQL body assigns, "*" where it makes the row anew."""
    return tuple(dict.fromkeys(_assigned(body, 0)))


def _assigned(cursor: Cursor, start: int) -> Iterator[str]:
    """`NEW.column :=`, or `=` where a statement or a list of assignments is at that place."""
    cursor.at, into = start, False
    while not cursor.done:
        statement = cursor.word(-1) in ("", ";", "BEGIN", "THEN", "ELSE", "SET", ",") if cursor.at else True
        if cursor.take("NEW", "."):
            name = cursor.name() if cursor.kind() in ("word", "quoted") else ""
            if name and (cursor.sees(":=") or into or (statement and cursor.sees("="))):
                yield name
            into = into and cursor.sees(",")
        elif cursor.take("INTO"):
            cursor.take("STRICT")
            into = True
        elif (
            cursor.take("NEW", ":=")
            or (into and cursor.take("NEW"))
            or (statement and cursor.take("NEW", "="))
            or (cursor.take("RETURN") and not cursor.sees_any("NEW", "OLD", "NULL", ";"))
        ):
            yield "*"
        else:
            into = into and cursor.sees(",")
            cursor.at += 1
