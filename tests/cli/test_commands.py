"""The command line from outside: what is printed where, and the exit codes of the contract."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from analyzer import __version__
from analyzer.cli import main
from tests.report.test_formats import valid

MIGRATION = b"CREATE TABLE users (\n  id INTEGER PRIMARY KEY,\n  email TEXT NOT NULL\n);\n"
CODE = b'pub async fn find(pool: &SqlitePool) {\n    sqlx::query("SELECT id, emial FROM users").fetch_all(pool);\n}\n'
MANIFEST = b'[package]\nname = "shop"\n[dependencies]\nsqlx = { version = "0.8", features = ["sqlite"] }\n'
Run = Callable[..., Result]


def project(root: Path, code: bytes = CODE) -> Path:
    """A small shop with one migration and one query."""
    files = {"Cargo.toml": MANIFEST, "migrations/0001_init.sql": MIGRATION, "src/db.rs": code, "schemalink.toml": b""}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path / "shop"))
    return tmp_path / "shop"


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, prog_name="schemalink")

    return invoke


@pytest.mark.usefixtures("shop")
def test_check_says_what_is_missing(run: Run, snapshot: SnapshotAssertion) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout == snapshot
    assert result.stderr == ""


@pytest.mark.usefixtures("shop")
def test_two_runs_print_equal_bytes(run: Run) -> None:
    for format_ in ("text", "json", "sarif", "github", "lsp"):
        assert run("check", "--format", format_).stdout_bytes == run("check", "--format", format_).stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fail-on", "never"), 0),
        (("--fail-on", "info"), 1),
        (("--ignore", "missing-column"), 0),
        (("--ignore", "references"), 0),
        (("--select", "missing-table,types"), 0),
        (("--ignore", "missing-column", "--min-coverage", "100"), 0),
        (("migrations",), 0),
        (("src/db.rs",), 1),
        (("src",), 1),
    ],
)
@pytest.mark.usefixtures("shop")
def test_exit_codes_of_findings(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("check", *arguments).exit_code == code


def test_low_coverage_fails(shop: Path, run: Run) -> None:
    (shop / "src/db.rs").write_bytes(b"async fn find(sql: &str) { sqlx::query(sql).fetch_all(pool); }\n")
    result = run("check", "--min-coverage", "50")
    assert result.exit_code == 1
    assert "coverage is 0.0 %, below --min-coverage 50" in result.stderr
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere"), "Path 'nowhere' does not exist"),
        (("check", "--format", "toml"), "'toml' is not one of"),
        (("check", "--select", "missing-colum"), 'no rule or family "missing-colum" (did you mean "missing-column"?)'),
        (("check", "--min-coverage", "101"), "101"),
        (("check", "--output", "nowhere/report.txt"), "nowhere/report.txt cannot be written"),
        (("explain", "missing_column"), '(did you mean "missing-column"?)'),
        (("schema", "--sources", "--format", "sql"), "--sources has no sql format"),
        (("check-sql", "--dialect", "sqlite"), "--schema"),
        (("impact",), "No such command"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_broken_configuration_is_2_and_has_its_place(shop: Path, run: Run) -> None:
    (shop / "schemalink.toml").write_text('ignore = []\nselct = ["missing-column"]\n')
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr == 'error: schemalink.toml:2: unknown key "selct" (did you mean "select"?)\n'
    assert run("check", "--no-config").exit_code == 1
    (shop / "other.toml").write_text('ignore = ["missing-column"]\n')
    assert run("check", "--config", "other.toml").exit_code == 0


def test_an_unknown_rule_in_the_configuration_is_2(shop: Path, run: Run) -> None:
    (shop / "schemalink.toml").write_text('ignore = ["missing-colum"]\n')
    result = run("check")
    assert result.exit_code == 2
    assert 'did you mean "missing-column"?' in result.stderr


def test_what_is_typed_wins_over_what_is_configured(shop: Path, run: Run) -> None:
    (shop / "schemalink.toml").write_text('ignore = ["missing-column"]\n')
    assert run("check").exit_code == 0
    assert run("check", "--select", "missing-column").exit_code == 1


def test_nothing_to_analyse_is_a_note_and_0(tmp_path: Path, run: Run) -> None:
    result = run("check", str(tmp_path))
    assert result.exit_code == 0
    assert result.stderr.startswith("note: no live schema found")
    parsed = valid(run("check", "--format", "json", str(tmp_path)).stdout, "check")
    assert parsed["schemas"] == parsed["findings"] == []


def test_without_a_schema_coverage_means_nothing(tmp_path: Path, run: Run) -> None:
    project(tmp_path, b"async fn find(sql: &str) { sqlx::query(sql).fetch_all(pool); }\n")
    (tmp_path / "migrations/0001_init.sql").unlink()
    assert run("check", "--min-coverage", "50", str(tmp_path)).exit_code == 0


@pytest.mark.usefixtures("shop")
def test_an_internal_error_is_3_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr("analyzer.engine.analyze", broken)
    monkeypatch.delenv("SCHEMALINK_DEBUG", raising=False)
    result = run("check")
    assert result.exit_code == 3
    assert result.stderr.splitlines()[0] == "internal error: ValueError: two lines"
    assert "SCHEMALINK_DEBUG=1" in result.stderr
    monkeypatch.setenv("SCHEMALINK_DEBUG", "1")
    assert "Traceback" in run("check").stderr


@pytest.mark.usefixtures("shop")
def test_a_buffer_stands_for_the_file(run: Run) -> None:
    mended = run("check", "--stdin-filename", "src/db.rs", stdin=CODE.replace(b"emial", b"email"))
    assert mended.exit_code == 0
    new = run("check", "--stdin-filename", "src/new.rs", "--format", "json", stdin=CODE)
    assert [finding["path"] for finding in json.loads(new.stdout)["findings"]] == ["src/new.rs"]


def test_paths_of_several_roots_begin_with_their_names(tmp_path: Path, run: Run) -> None:
    roots = [project(tmp_path / folder) for folder in ("a/shop", "b/shop", "c/till")]
    parsed = valid(run("check", "--format", "json", *map(str, roots)).stdout, "check")
    assert [finding["path"] for finding in parsed["findings"]] == [
        "shop-2/src/db.rs",
        "shop/src/db.rs",
        "till/src/db.rs",
    ]


def test_output_goes_to_a_file(shop: Path, run: Run) -> None:
    result = run("check", "--format", "sarif", "--output", "out.sarif")
    assert result.stdout == ""
    valid((shop / "out.sarif").read_text(), "sarif-2.1.0")


def test_quiet_and_statistics(shop: Path, run: Run) -> None:
    (shop / "src/broken.rs").write_bytes(b"fn (")
    assert "src/broken.rs" in run("check").stderr
    assert run("check", "--quiet").stderr == ""
    assert re.search(r"^ +1  missing-column$", run("check", "--statistics").stderr, re.MULTILINE)


@pytest.mark.usefixtures("shop")
def test_color_only_where_asked_for(run: Run) -> None:
    assert "\x1b[" not in run("check").stdout
    assert "\x1b[" in CliRunner().invoke(main, ["check", "--color", "always"], color=True).stdout


@pytest.mark.usefixtures("shop")
def test_queries_and_schema_keep_their_contracts(run: Run) -> None:
    queries = run("queries", "--format", "json")
    assert [query["tables"] for query in valid(queries.stdout, "queries")["queries"]] == [["users"]]
    assert valid(run("queries", "--format", "json", "migrations").stdout, "queries")["queries"] == []
    [schema] = valid(run("schema", "--format", "json").stdout, "schema")["schemas"]
    assert [table["name"] for table in schema["tables"]] == ["users"]
    assert 'CREATE TABLE "users"' in run("schema", "--format", "sql").stdout
    assert "erDiagram" in run("schema", "--format", "mermaid").stdout
    assert "migrations: sql-migrations (sqlx), live" in run("schema", "--sources").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--schema", "migrations/0001_init.sql", "--dialect", "sqlite", "find.sql"),
        ("--schema", "orders.sql", "migrations/0001_init.sql", "--dialect", "sqlite", "find.sql"),
        ("--dialect", "sqlite", "--schema", "migrations/0001_init.sql", "find.sql"),
        ("--dialect", "sqlite", "--schema=migrations/0001_init.sql", "find.sql"),
        ("--dialect", "sqlite", "--schema", "orders.sql", "--schema", "migrations/0001_init.sql", "find.sql"),
    ],
)
def test_check_sql(shop: Path, run: Run, arguments: tuple[str, ...]) -> None:
    (shop / "orders.sql").write_text("CREATE TABLE orders (id INTEGER PRIMARY KEY);\n")
    (shop / "find.sql").write_text("-- é\nSELECT id FROM users;\nSELECT emial FROM users WHERE id = ?;\n")
    result = run("check-sql", *arguments, "--format", "json")
    parsed = valid(result.stdout, "check")
    assert [(finding["path"], finding["start"]) for finding in parsed["findings"]] == [
        ("find.sql", {"line": 3, "column": 8})
    ]
    assert result.exit_code == 1


@pytest.mark.usefixtures("shop")
def test_check_sql_reads_standard_input(run: Run) -> None:
    arguments = ("check-sql", "--schema", "migrations/0001_init.sql", "--dialect", "sqlite", "-")
    assert run(*arguments, stdin=b"SELECT email FROM users").exit_code == 0
    assert run(*arguments, stdin=b"SELECT emial FROM users").exit_code == 1


def test_rules_and_version(run: Run) -> None:
    assert run("--version").stdout == f"schemalink {__version__}\n"
    listed = [rule["id"] for rule in json.loads(run("rules", "--format", "json").stdout)["rules"]]
    assert listed == sorted(listed)
    assert "missing-column" in listed
    assert "Why" in run("explain", "missing-column").stdout


def test_help_names_only_what_is_built(run: Run) -> None:
    said = run("--help").stdout
    assert all(re.search(rf"^  {name} ", said, re.MULTILINE) for name in ("check", "check-sql", "queries", "schema"))
    assert not re.search(r"\b(uses|impact|graph|lsp)\b", said)


def _python(program: str, *arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_importing_the_command_line_is_light(tmp_path: Path) -> None:
    heavy = "{'sqlglot', 'tree_sitter', 'networkx', 'rich', 'pathspec'}"
    process = _python(f"import sys, analyzer.cli; print(sorted({heavy} & set(sys.modules)))", cwd=tmp_path)
    assert process.communicate()[0].strip() == b"[]"


def test_a_reader_that_stops_is_no_error(shop: Path) -> None:
    process = _python("from analyzer.cli import main; main()", "check", "--format", "json", cwd=shop)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1
    process.stderr.close()
