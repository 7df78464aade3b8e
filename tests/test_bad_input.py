"""What no input may do: crash, hang, or hide the findings of the files beside it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from analyzer.discover import walk

SCHEMA = b"CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n"
QUERY = b"import sqlite3\n\ndef find(connection):\n    return connection.execute('SELECT emial FROM users')\n"


def check(root: Path) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(main, ["check", str(root), "--format", "json"], catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "001_users.sql").write_bytes(SCHEMA)
    (tmp_path / "app.py").write_bytes(QUERY)
    (tmp_path / "schemalink.toml").write_bytes(b"")
    return tmp_path


def rest_is_found(report: dict[str, Any]) -> bool:
    """The finding of the good file is there, whatever lies beside it."""
    return any((f["path"], f["rule"], f["column"]) == ("app.py", "missing-column", "emial") for f in report["findings"])


def notes(report: dict[str, Any], path: str) -> list[str]:
    return [error["message"] for error in report["errors"] if error["path"] == path]


BIG = b"var a=1;" * 1_400_000
CASES: list[tuple[str, bytes, str]] = [
    ("empty.py", b"", ""),
    ("empty.rs", b"", ""),
    ("empty.sql", b"", ""),
    ("binary.py", b"\x7fELF\x00\x01\x02" * 100, "binary"),
    ("latin.py", b"# caf\xe9\nx = connection.execute('SELECT id FROM users')\n", "UTF-8"),
    ("bundle.js", BIG, "left out"),
    ("broken.rs", b'fn find( { sqlx::query("SELECT id FROM users") ; }}} fn ok() {}\n', "syntax error"),
    ("broken.ts", b"const a = ;;; function ( { \n", "syntax error"),
    ("broken.py", b"def find(:\n    connection.execute('SELECT id FROM users')\n", "syntax error"),
    ("deep.py", b"x = " + b"(" * 3000 + b")" * 3000, ""),
    ("deep.js", b"x = " + b"[" * 3000 + b"]" * 3000, ""),
    ("package.json", b"{", "package.json"),
    ("Cargo.toml", b"[package\n", ""),
]


@pytest.mark.parametrize(("name", "content", "said"), CASES, ids=[name for name, _, _ in CASES])
def test_a_bad_file_is_noted_and_the_rest_is_read(shop: Path, name: str, content: bytes, said: str) -> None:
    (shop / name).write_bytes(content)
    code, report = check(shop)
    assert code == 1
    assert rest_is_found(report)
    if said:
        assert any(said in f"{name}: {message}" for message in notes(report, name))


def test_a_byte_order_mark_and_carriage_returns_move_no_column(shop: Path) -> None:
    (shop / "app.py").write_bytes(b"\xef\xbb\xbf" + QUERY.replace(b"\n", b"\r\n"))
    _, report = check(shop)
    (finding,) = [f for f in report["findings"] if f["rule"] == "missing-column"]
    assert (finding["start"], finding["end"]) == ({"line": 4, "column": 39}, {"line": 4, "column": 44})


def test_a_loop_of_links_and_a_link_out_of_the_root(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.py").write_bytes(QUERY)
    (shop / "again").symlink_to(shop)
    (shop / "out").symlink_to(outside)
    (shop / "dangling.py").symlink_to(shop / "nowhere.py")
    code, report = check(shop)
    assert code == 1
    assert {f["path"] for f in report["findings"]} == {"app.py"}


def test_a_file_that_cannot_be_read(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "locked.py").write_bytes(QUERY)
    read = walk.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "locked.py":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(walk, "read_bytes", refuse)
    code, report = check(shop)
    assert code == 1
    assert rest_is_found(report)
    assert any("ermission" in message for message in notes(report, "locked.py"))


@pytest.mark.parametrize(
    "half",
    [
        b"CREATE TABLE orders (id INTEGER,",
        b"CREATE TABLE orders (note TEXT DEFAULT 'x",
        b"ALTER TABLE orders ADD COLUMN",
    ],
)
def test_a_migration_cut_in_half_is_a_finding_and_accuses_nothing_else(shop: Path, half: bytes) -> None:
    (shop / "migrations" / "002_orders.sql").write_bytes(half)
    (shop / "orders.py").write_bytes(QUERY.replace(b"SELECT emial FROM users", b"SELECT id FROM users"))
    code, report = check(shop)
    assert code == 1
    assert rest_is_found(report)
    places = {(f["path"], f["rule"]) for f in report["findings"]}
    assert places - {("app.py", "missing-column")} <= {
        ("migrations/002_orders.sql", "migration-error"),
        ("migrations/002_orders.sql", "opaque-migration"),
    }
    assert any(path == "migrations/002_orders.sql" for path, _ in places)


def test_a_query_cut_in_half(shop: Path) -> None:
    (shop / "half.py").write_bytes(QUERY.replace(b"SELECT emial FROM users", b"SELECT id, email FROM users WHERE ("))
    _, report = check(shop)
    assert rest_is_found(report)
    assert [f["rule"] for f in report["findings"] if f["path"] == "half.py"] == ["sql-syntax-error"]


def test_nothing_to_analyse_is_a_note(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path)], catch_exceptions=False)
    assert result.exit_code == 0
    assert "note:" in result.stderr
