"""Histories that nobody wrote: SQLite and we agree after every statement."""

import sqlite3
from contextlib import closing

from hypothesis import given, settings

from analyzer.catalog.schema import Schema
from analyzer.schema.fold.views import refresh_views
from analyzer.sql.splitting import split
from tests.schema.engines.shapes import shape_of, views_of
from tests.schema.engines.sqlite import sqlite_shapes, sqlite_views
from tests.schema.histories.sqlite import histories
from tests.schema.stepping import replayed_script, step


@settings(max_examples=max(300, settings().max_examples))
@given(histories())
def test_sqlite_agrees_after_every_statement(history: list[str]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        agree(connection, history)


def agree(connection: sqlite3.Connection, history: list[str]) -> None:
    schema = Schema("main", "sqlite")
    for line in history:
        for start, end in split(line, "sqlite"):
            statement = line[start:end]
            refusal = ""
            try:
                connection.execute(statement)
            except sqlite3.Error as error:
                refusal = str(error)
            if any(words in refusal for words in _ABSURD):
                return
            schema, failures = step(schema, statement)
            assert refusal or not failures, f"{statement!r} runs: {failures[0].message}"
            assert shape_of(schema) == sqlite_shapes(connection), f"after {statement!r}: {refusal or 'runs'}"
            assert failures or not _reported(statement, refusal), f"{statement!r} is refused: {refusal}"
    real = {name: columns for name, columns in sqlite_views(connection).items() if columns is not None}
    ours = views_of(refresh_views(schema))
    assert {name: ours.get(name) for name in real} == real
    assert shape_of(replayed_script(";\n".join(history), "sqlite")) == shape_of(schema)


# What is wrong in a statement that nobody writes, or in the rows: of it we say nothing.
_ABSURD = (
    "ON CONFLICT clauses",
    "syntax error",
    "error in generated column",
    "constraint failed",
    "with default value NULL",
    "non-constant default",
)
_EXPECTED = ("already exists", "no such table", "no such column", "duplicate column")


def _reported(statement: str, refusal: str) -> bool:
    """What we should say too: of definitions, not of data."""
    return statement.split(maxsplit=1)[0].upper() in ("CREATE", "ALTER", "DROP") and any(
        words in refusal for words in _EXPECTED
    )
