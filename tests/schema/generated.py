"""A made-up history run by PostgreSQL and replayed by us, statement by statement.

What comes in: a connection, what hypothesis draws. What goes out: where the two differ. A statement that the engine refuses changes nothing there:
ours must refuse it too, or change nothing. This module does not know how statements are made up.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from hypothesis import note

from analyzer.catalog.schema import Schema
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import apply
from analyzer.schema.history import Failure
from analyzer.sql.ddl.read import read_changes
from tests.schema.engines.postgres import engine_lines, replayed_lines

# What no replay of a schema looks at: a rule of its own does (keys' targets, casts), or only rows and rights decide.
UNSEEN = frozenset({
    "42804", "42846", "42830", "42809", "22P02", "42883", "42P16", "42P17", "23502", "23505", "42501", "0A000", "42601", "42P10", "55000", "42P18", "3F000",
    "42939", "22023", "54011", "42P22", "2BP01", "42P13", "428C9", "55P04", "42P06", "42P11", "22008", "22007", "23514", "42611", "42725",
})  # fmt: skip


# Constraints are found by names that differ between versions; a key's target and the columns in expressions are not looked up.
UNREAD = ("constraint", "there is no primary key", 'column "')


def parsed(sql: str) -> Text:
    span = Span("history.sql", 0, len(sql.encode()))
    return Text(span, (LiteralPart(sql, span, ((0, 0),)),))


def clear(connection: Any) -> None:
    """An empty database."""
    connection.execute("RESET search_path")
    rows = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
    )
    for (name,) in rows.fetchall():
        connection.execute(f'DROP SCHEMA "{name}" CASCADE')
    connection.execute("DISCARD TEMP")
    connection.execute('CREATE SCHEMA public; CREATE SCHEMA archive; CREATE SCHEMA "Billing"')


def folded(schema: Schema, sql: str) -> tuple[Schema, Failure | None]:
    """The schema after a statement; as it was where any part of it fails, as in the engine."""
    after = schema
    for change in read_changes(parsed(sql), "postgres"):
        after, failure = apply(after, change)
        if failure is not None:
            return schema, failure
    return after, None


def run(connection: Any, sql: str) -> psycopg.Error | None:
    try:
        connection.execute(sql)
    except psycopg.Error as error:
        return error
    return None


def follow(connection: Any, count: int, next_statement: Callable[[Schema], str], misses: list[str]) -> None:
    """Runs as many statements, and asserts at each that both refuse it, or neither; and at the end that both built the same."""
    clear(connection)
    schema = Schema("main", "postgres")
    for _ in range(count):
        sql = next_statement(schema)
        after, failure = folded(schema, sql)
        error = run(connection, sql)
        note(
            f"{sql};{f'  -- {error.sqlstate} {str(error).splitlines()[0]}' if error else ''}{f'  -- ours: {failure.message}' if failure else ''}"
        )
        assert error is not None or failure is None, f"a false alarm: {failure.message if failure else ''}"
        if error is not None and failure is None:
            misses.append(f"{error.sqlstate} {sql} -- {str(error).splitlines()[0]}")
            unseen = error.sqlstate in UNSEEN or any(words in str(error) for words in UNREAD)
            assert unseen or replayed_lines(_lasting(after)) == replayed_lines(_lasting(schema)), f"a miss: {error}"
        schema = schema if error is not None else after
    connection.execute("RESET search_path")
    theirs, ours = engine_lines(connection), replayed_lines(_lasting(schema))
    wrong = [f"engine: {line}" for line in sorted(theirs - ours)] + [
        f"ours:   {line}" for line in sorted(ours - theirs)
    ]
    assert not wrong, "\n".join(wrong)


def _lasting(schema: Schema) -> Schema:
    tables = {at: table for at, table in schema.tables.items() if at[0] != "pg_temp"}
    return Schema(schema.name, schema.dialect, tables, schema.enums, schema.types)
