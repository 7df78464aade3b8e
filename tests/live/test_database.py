"""What a database file holds, against what SQLite says of itself; and files that are none, or mean harm."""

import os
import sqlite3
from pathlib import Path

import pytest

from analyzer.catalog.schema import Schema
from analyzer.live.database import UnreadableDatabaseError, read_database
from tests.schema.engines.shapes import shape_of
from tests.schema.engines.sqlite import sqlite_shapes

SHOP = """
CREATE TABLE users (
  id INTEGER PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, "full name" STRING, joined DATETIME DEFAULT CURRENT_TIMESTAMP,
  shouted TEXT GENERATED ALWAYS AS (upper(email)) STORED
);
CREATE TABLE orders (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, number INT, total DECIMAL(10, 2), note,
  PRIMARY KEY (user_id, number)
) WITHOUT ROWID;
CREATE INDEX orders_total ON orders (total DESC) WHERE total > 0;
CREATE UNIQUE INDEX users_email ON users (email, joined);
CREATE VIEW big_orders AS SELECT u.email, o.total AS amount FROM orders o JOIN users u ON u.id = o.user_id;
CREATE VIEW emails AS SELECT email FROM big_orders;
"""


def database(path: Path, script: str = SHOP) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


def read(path: Path, **options: float) -> Schema:
    return read_database(path, path.name, **options).schema


def test_it_holds_what_sqlite_says(tmp_path: Path) -> None:
    path = database(tmp_path / "shop.db")
    connection = sqlite3.connect(path)
    assert shape_of(read(path)) == sqlite_shapes(connection)
    connection.close()


def test_types_are_as_declared_and_computed_columns_are_marked(tmp_path: Path) -> None:
    users = read(database(tmp_path / "shop.db")).table("users")
    assert users is not None
    assert [(column.name, column.type.name, column.generated) for column in users.columns] == [
        ("id", "INTEGER", "auto"),
        ("email", "VARCHAR(80)", ""),
        ("full name", "STRING", ""),
        ("joined", "DATETIME", ""),
        ("shouted", "TEXT", "stored"),
    ]
    assert users.columns[3].default == "CURRENT_TIMESTAMP"
    assert users.defined.path == "shop.db"


def test_views_have_the_columns_of_their_queries(tmp_path: Path) -> None:
    schema = read(database(tmp_path / "shop.db"))
    for name, columns in (("big_orders", ["email", "amount"]), ("emails", ["email"])):
        view = schema.table(name)
        assert view is not None
        assert (view.kind, [column.name for column in view.columns]) == ("view", columns)


def test_a_full_text_table_is_open_and_its_shadows_are_not_there(tmp_path: Path) -> None:
    schema = read(database(tmp_path / "shop.db", "CREATE VIRTUAL TABLE pages USING fts5(title, body);"))
    assert [(table.name, table.closed, len(table.columns)) for table in schema.tables.values()] == [("pages", False, 2)]


def test_nothing_is_written_beside_or_into_it(tmp_path: Path) -> None:
    path = database(tmp_path / "shop.db", "PRAGMA journal_mode = WAL; CREATE TABLE users (id INTEGER PRIMARY KEY);")
    before = path.read_bytes()
    path.chmod(0o444)
    assert set(read(path).tables) == {("", "users")}
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_name_may_hold_what_means_something_in_a_url(tmp_path: Path) -> None:
    assert read(database(tmp_path / "a?mode=rw#b%20.db")).tables


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "shop.db is empty"),
        (b"id,email\n", "shop.db is no SQLite database"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "shop.db cannot be read"),
        (b"SQLite format 3\0", "shop.db cannot be read"),
    ],
)
def test_what_is_no_database_is_said(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "shop.db").write_bytes(content)
    with pytest.raises(UnreadableDatabaseError, match=why):
        read(tmp_path / "shop.db")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "shop.db")
    with pytest.raises(UnreadableDatabaseError, match="no regular file"):
        read(tmp_path / "shop.db")


def test_a_torn_database_is_said(tmp_path: Path) -> None:
    path = database(tmp_path / "shop.db")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadableDatabaseError, match="malformed"):
        read(path)


def test_views_of_views_do_not_explode(tmp_path: Path) -> None:
    views = "".join(f"CREATE VIEW v{number + 1} AS SELECT a.id FROM v{number} a, v{number} b;" for number in range(40))
    schema = read(database(tmp_path / "shop.db", f"CREATE TABLE v0 (id INTEGER);{views}"))
    assert len(schema.tables) == 41


def test_what_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDatabaseError, match="takes too long"):
        read(database(tmp_path / "shop.db"), seconds=0.001)


def test_modules_of_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(tmp_path / "shop.db")
    for name in ("sqlalchemy", "analyzer", "msgspec", "re"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert read(path).tables
