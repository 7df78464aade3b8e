"""Histories that nobody wrote: SQLite and we agree after every statement."""

import sqlite3
from contextlib import closing

from hypothesis import given

from analyzer.catalog.schema import Schema
from analyzer.sql.splitting import split
from tests.schema.engines.shapes import shape_of, views_of
from tests.schema.engines.sqlite import sqlite_shapes, sqlite_views
from tests.schema.histories.sqlite import histories
from tests.schema.stepping import replayed_script, step


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
            schema, failures = step(schema, statement)
            assert refusal or not failures, f"{statement!r} runs: {failures[0].message}"
            assert shape_of(schema) == sqlite_shapes(connection), f"after {statement!r}: {refusal or 'runs'}"
            assert failures or not _reported(refusal), f"{statement!r} is refused: {refusal}"
    real = {name: columns for name, columns in sqlite_views(connection).items() if columns is not None}
    ours = views_of(schema)
    assert {name: ours.get(name) for name in real} == real
    assert shape_of(replayed_script(";\n".join(history), "sqlite")) == shape_of(schema)


def _reported(refusal: str) -> bool:
    """What we should say too."""
    return any(words in refusal for words in ("already exists", "no such table", "no such column", "duplicate column")) and "view" not in refusal and "trigger" not in refusal  # fmt: skip
