"""PostgreSQL's DO blocks: the definitions inside them.

What comes in: a cursor over `DO $$ ... $$`. What goes out: the changes its statements make: as they stand where nothing guards them; as
if IF [NOT] EXISTS stood there where that is the guard; else as changes that may happen. EXECUTE gives Opaque. This module does not
know expressions.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, DropColumn
from analyzer.facts.change.constraints import DropConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex
from analyzer.facts.change.routines import CreateFunction
from analyzer.facts.change.statements import DataStatement, NoEffect, Opaque
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.change.types import AddEnumValue, DropType
from analyzer.facts.change.views import CreateView, DropView
from analyzer.sql.ddl.cursor import Cursor, UnreadError, open_statement
from analyzer.sql.ddl.data import read_data
from analyzer.sql.ddl.opaque import opaque
from analyzer.sql.ddl.routines import dynamic_effect
from analyzer.sql.ddl.triggers import filled
from analyzer.sql.scan import Token
from analyzer.sql.splitting import split

Guard = Literal["", "not exists", "exists", "other"]
Read = Callable[[Cursor], tuple[SchemaChange, ...]]

# What a block writes depends on its variables: these may happen.
_WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
_DEFINITIONS = ("CREATE", "ALTER", "DROP")
_MAKING = AddColumn | AddEnumValue | AddIndex | CreateTable | CreateView
_TAKING = DropColumn | DropConstraint | DropIndex | DropTable | DropType | DropView | RenameTable


def read_block(cursor: Cursor, read: Read) -> tuple[SchemaChange, ...]:
    """The changes of a block; `read` reads one definition. A block without definitions has no effect on the schema."""
    body = next((token for token in cursor.tokens if token.kind == "string" and _is_dollar(cursor, token.start)), None)
    body = body or _plain_body(cursor)
    if body is None:
        return (opaque(cursor, "a block whose body is a plain string"),)
    dollar = _is_dollar(cursor, body.start)
    tag = cursor.source.sql.find("$", body.start + 1) + 1 - body.start if dollar else 1
    start, end = body.start + tag, body.end - tag
    changes = tuple(_read_body(cursor, start, end, read))
    return changes or (NoEffect(cursor.span(), "DO"),)


def _is_plpgsql(cursor: Cursor) -> bool:
    words = [cursor.source.sql[token.start : token.end].strip("'").upper() for token in cursor.tokens]
    return ("LANGUAGE", "PLPGSQL") in pairwise(words)


def read_function(cursor: Cursor, read: Read) -> tuple[SchemaChange, ...]:
    """The function, and what it makes when it is called: nobody knows whether it is, so these are changes that may happen."""
    cursor.take_any("FUNCTION", "PROCEDURE")
    name, span = cursor.object_name(), cursor.span()
    body = next((token for token in cursor.tokens if token.kind == "string" and _is_dollar(cursor, token.start)), None)
    if body is None:
        return (CreateFunction(span, name, ("*",)),)
    tag = cursor.source.sql.find("$", body.start + 1) + 1 - body.start
    start, end = body.start + tag, body.end - tag
    fills = filled(open_statement(cursor.source, start, end, "postgres")) if _is_plpgsql(cursor) else ("*",)
    effect = dynamic_effect(cursor.source.sql[start:end], "postgres")
    made: list[SchemaChange] = [CreateFunction(span, name, fills, effect)]
    if "CREATE" not in cursor.source.sql[start:end].upper():
        return tuple(made)
    for change in _read_body(cursor, start, end, read):
        if isinstance(change, CreateTable):
            made.append(replace(change, may=True, open=True))
        elif isinstance(change, CreateView):
            made.append(replace(change, may=True))
    return tuple(made)


def read_routine(cursor: Cursor, read: Read) -> tuple[SchemaChange, ...]:
    """MySQL's routines, whose bodies are statements: what they define may happen when they are called."""
    while not cursor.take_any("FUNCTION", "PROCEDURE"):
        if cursor.done:
            raise UnreadError("expected FUNCTION or PROCEDURE")
        cursor.skip()
    cursor.take("IF", "NOT", "EXISTS")
    name, span = cursor.object_name(), cursor.span()
    while not cursor.done and not cursor.sees("BEGIN"):
        cursor.skip()
    if cursor.done:
        return (CreateFunction(span, name),)
    start, end = cursor.tokens[cursor.at].end, cursor.tokens[-1].end
    effect = dynamic_effect(cursor.source.sql[start:end], cursor.dialect)
    made = (replace(change, may=True) for change in _read_body(cursor, start, end, read))
    kept = (replace(one, open=True) if isinstance(one, CreateTable) else one for one in made)
    return (
        CreateFunction(span, name, effect=effect),
        *(one for one in kept if not isinstance(one, Opaque | DataStatement)),
    )


def _plain_body(cursor: Cursor) -> Token | None:
    """A body in single quotes of which none is doubled: each of its characters is one of the source."""
    sql = cursor.source.sql
    strings = [token for token in cursor.tokens if token.kind == "string" and token.closed and sql[token.start] == "'"]
    plain = [token for token in strings if "''" not in sql[token.start + 1 : token.end - 1]]
    return plain[0] if len(plain) == len(cursor.tokens) - 1 == 1 else None


def _is_dollar(cursor: Cursor, start: int) -> bool:
    return cursor.source.sql[start] == "$"


def _read_body(outer: Cursor, start: int, end: int, read: Read) -> Iterator[SchemaChange]:
    text = outer.source.sql[start:end]
    guards: list[Guard] = []
    # plpgsql's manual, 43.6.8: a handler for duplicate_table and its like makes of CREATE what IF NOT EXISTS would.
    forgiving = "EXCEPTION" in text.upper().split()
    for first, last in split(text, outer.dialect):
        statement = open_statement(outer.source, start + first, start + last, outer.dialect)
        _skip_control(statement, guards)
        guard: Guard = guards[-1] if guards else "not exists" if forgiving else ""
        if statement.sees_any(*_DEFINITIONS):
            yield from _read_one(statement, guard, read)
        elif statement.sees_any(*_WRITES):
            rest = statement.part(statement.at, len(statement.tokens))
            sql = outer.source.sql[statement.tokens[statement.at].start : start + last]
            yield replace(read_data(rest, sql), may=True)
        elif statement.take("EXECUTE"):
            yield from _read_execute(statement, guard, read)


def _read_execute(statement: Cursor, guard: Guard, read: Read) -> Iterator[SchemaChange]:
    """EXECUTE of one literal is that statement: each of its characters is one of the source, where no quote is doubled."""
    sql = statement.source.sql
    rest = statement.tokens[statement.at :]
    literal = len(rest) == 1 and rest[0].kind == "string" and rest[0].closed and sql[rest[0].start] == "'"
    if not literal or "''" in sql[rest[0].start : rest[0].end]:
        yield opaque(statement.part(statement.at - 1, len(statement.tokens)), "dynamic SQL")
        return
    start, end = rest[0].start + 1, rest[0].end - 1
    for first, last in split(sql[start:end], "postgres"):
        inner = open_statement(statement.source, start + first, start + last, "postgres")
        if inner.sees_any(*_DEFINITIONS):
            yield from _read_one(inner, guard, read)


def _read_one(statement: Cursor, guard: Guard, read: Read) -> Iterator[SchemaChange]:
    rest = statement.part(statement.at, len(statement.tokens))
    try:
        for change in read(rest):
            yield _guarded(change, guard)
    except UnreadError as error:
        rest.at = 0
        yield opaque(rest, str(error))


def _guarded(change: SchemaChange, guard: Guard) -> SchemaChange:
    if not guard:
        return change
    if guard == "not exists" and isinstance(change, _MAKING):
        return replace(change, if_not_exists=True)
    if guard == "exists" and isinstance(change, _TAKING):
        return replace(change, if_exists=True)
    return replace(change, may=True)


def _skip_control(statement: Cursor, guards: list[Guard]) -> None:
    """Moves behind BEGIN, IF ... THEN and their like, and keeps the guards of the conditions that are open."""
    while not statement.done:
        if statement.take("END", "IF") or statement.take("END", "LOOP") or statement.take("END", "CASE"):
            _pop(guards)
        elif statement.take("IF"):
            guards.append(_guard(statement))
            _skip_to(statement, "THEN")
        elif statement.take_any("ELSIF", "ELSEIF"):
            _pop(guards)
            guards.append("other")
            _skip_to(statement, "THEN")
        elif statement.take("ELSE"):
            _pop(guards)
            guards.append("other")
        elif statement.sees_any("FOR", "FOREACH", "WHILE"):
            guards.append("other")
            _skip_to(statement, "LOOP")
        elif statement.take("WHEN"):
            _skip_to(statement, "THEN")
        elif statement.take("CASE"):
            guards.append("other")
            _skip_to(statement, "THEN")
        elif not statement.take_any("BEGIN", "EXCEPTION", "LOOP", "END", "DECLARE"):
            return


def _pop(guards: list[Guard]) -> None:
    if guards:
        guards.pop()


def _guard(statement: Cursor) -> Guard:
    if statement.sees("NOT", "EXISTS"):
        return "not exists"
    return "exists" if statement.sees("EXISTS") else "other"


def _skip_to(statement: Cursor, word: str) -> None:
    while not statement.done and not statement.take(word):
        statement.skip()
