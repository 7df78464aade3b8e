"""The schema we replay is the schema SQLite builds of the same migrations."""

import sqlite3
from contextlib import closing

import pytest

from tests.schema.engines.shapes import shape_of
from tests.schema.engines.sqlite import sqlite_shapes
from tests.schema.replaying import corpora, replayed, scripts


@pytest.mark.parametrize("name", corpora(dialect="sqlite"))
def test_sqlite_builds_what_we_replay(name: str) -> None:
    history = replayed(name)
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in scripts(history):
            connection.executescript(script)
        assert shape_of(history.schema) == sqlite_shapes(connection)
    assert not [failure for step in history.steps for failure in step.failures]


@pytest.mark.parametrize("name", corpora(dialect="sqlite"))
def test_views_have_the_columns_sqlite_gives_them(name: str) -> None:
    history = replayed(name)
    with closing(sqlite3.connect(":memory:")) as connection:
        for script in scripts(history):
            connection.executescript(script)
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        real = {view: [row[1] for row in connection.execute(f'PRAGMA table_info("{view}")')] for view in views}
    ours = {table.name: table for table in history.schema.tables.values() if table.kind == "view"}
    assert {name: [column.name for column in view.columns] for name, view in ours.items()} == real
