"""`--evidence`: what a committed database decides, what it contradicts, and what it does not touch."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main
from tests.report.test_formats import valid

MIGRATION = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n"
STORED = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, nick TEXT);CREATE TABLE orders (id INTEGER PRIMARY KEY);"
Run = Callable[..., Result]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop/migrations").mkdir(parents=True)
    (tmp_path / "shop/data").mkdir()
    (tmp_path / "shop/schemalink.toml").write_text("")
    (tmp_path / "shop/migrations/001_users.sql").write_text(MIGRATION)
    connection = sqlite3.connect(tmp_path / "shop/data/shop.db")
    connection.executescript(STORED)
    connection.close()
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="schemalink", catch_exceptions=False)

    return invoke


def write(root: Path, *texts: str) -> None:
    """One query a line, from the third line on."""
    lines = [f"    connection.execute('{text}')\n" for text in texts]
    (root / "app.py").write_text("".join(["import sqlite3\n", "def find(connection: sqlite3.Connection):\n", *lines]))


def findings(result: Result) -> list[tuple[int, str, str]]:
    found: list[dict[str, Any]] = valid(result.stdout, "check")["findings"]
    return [(one["start"]["line"], one["rule"], one["message"]) for one in found]


def references(result: Result) -> list[str]:
    return [query["status"] for query in json.loads(result.stdout)["queries"]]


def test_where_replay_is_certain_the_contradiction_is_named(shop: Path, run: Run) -> None:
    write(shop, "SELECT nick FROM users", "SELECT id FROM orders", "SELECT emial FROM users")
    said = "; the database file data/shop.db has it: it was made otherwise"
    with_evidence = findings(run("check", "--format", "json", "--evidence", "data/shop.db"))
    assert with_evidence == [
        (3, "missing-column", f'table "users" has no column "nick"{said}'),
        (4, "missing-table", f'table "orders" does not exist{said}'),
        (5, "missing-column", 'table "users" has no column "emial" (did you mean "email"?)'),
    ]
    without = findings(run("check", "--format", "json"))
    assert [(line, rule) for line, rule, _ in without] == [(line, rule) for line, rule, _ in with_evidence]


def test_what_replay_left_open_becomes_known(shop: Path, run: Run) -> None:
    (shop / "migrations/001_users.sql").write_text("ALTER TABLE users ADD COLUMN phone TEXT;\n")
    write(
        shop,
        "SELECT id FROM orders",
        "SELECT nick, phone FROM users",
        "SELECT emial FROM users",
        "SELECT id FROM carts",
    )
    before, after = (run("queries", "--format", "json", *more) for more in ((), ("--evidence", "data/shop.db")))
    assert references(before) == ["unresolved", "partial", "partial", "unresolved"]
    assert references(after) == ["resolved", "resolved", "partial", "unresolved"]
    for more in ((), ("--evidence", "data/shop.db")):
        assert findings(run("check", "--format", "json", "--select", "references", *more)) == []


def test_where_nothing_else_is_live_it_is_the_schema(shop: Path, run: Run) -> None:
    (shop / "migrations/001_users.sql").unlink()
    write(shop, "SELECT nick FROM users", "SELECT emial FROM users", "SELECT id FROM carts")
    alone = run("check")
    assert alone.exit_code == 0
    assert "note: database files that --evidence could take: data/shop.db\n" in alone.stderr
    result = run("check", "--format", "json", "--evidence", "data/shop.db")
    assert result.exit_code == 1
    assert [(line, rule) for line, rule, _ in findings(result)] == [(4, "missing-column"), (5, "missing-table")]
    parsed = json.loads(result.stdout)
    assert [(one["kind"], one["path"], one["live"]) for one in parsed["schemas"][0]["sources"]] == [
        ("database", "data/shop.db", True)
    ]
    assert {place["path"] for one in parsed["findings"] for place in one["related"]} == {"data/shop.db"}
    assert "no source makes the schema" in run("check", "--evidence", "data/shop.db").stdout


def test_schema_shows_it(shop: Path, run: Run) -> None:
    sources = run("schema", "--sources", "--evidence", "data/shop.db").stdout
    assert "migrations: sql-migrations (numbered), live" in sources
    assert "data/shop.db: database (sqlite), not live: evidence" in sources
    (shop / "migrations/001_users.sql").unlink()
    shown = run("schema", "--format", "json", "--evidence", str(shop / "data/shop.db"))
    [schema] = valid(shown.stdout, "schema")["schemas"]
    assert [table["name"] for table in schema["tables"]] == ["users", "orders"]


def test_another_engine_s_schema_is_not_touched(shop: Path, run: Run) -> None:
    (shop / "schemalink.toml").write_text('[[schemas]]\nname = "main"\npaths = ["migrations"]\ndialect = "postgres"\n')
    (shop / "app.py").write_text(
        "import psycopg\ndef find(c: psycopg.Connection):\n    c.execute('SELECT nick FROM users')\n"
    )
    [(_, rule, message)] = findings(run("check", "--format", "json", "--evidence", "data/shop.db"))
    assert (rule, message) == ("missing-column", 'table "users" has no column "nick"')


@pytest.mark.usefixtures("shop")
def test_what_is_no_database_is_wrong_usage(run: Run) -> None:
    result = run("check", "--evidence", "migrations/001_users.sql")
    assert result.exit_code == 2
    assert "--evidence: migrations/001_users.sql is no SQLite database" in result.stderr
    assert run("check", "--evidence", "nowhere.db").exit_code == 2


def test_ignored_files_are_not_offered(shop: Path, run: Run) -> None:
    (shop / "migrations/001_users.sql").unlink()
    (shop / "notes.db").write_text("not one\n")
    (shop / ".gitignore").write_text("data/\n")
    assert "--evidence could take" not in run("check").stderr


@pytest.mark.usefixtures("shop")
def test_the_inspector_is_not_loaded_here() -> None:
    code = "import sys; from analyzer.cli import main; main(['rules'], standalone_mode=False); sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
