"""`schema` at a migration, two schemas side by side, and what was understood of the statements."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzer.cli import main

Run = Callable[..., Result]
_STEPS = {
    "0001_begin.sql": "CREATE TYPE order_status AS ENUM ('draft', 'sent');\n"
    "CREATE TABLE users (id bigserial PRIMARY KEY, email varchar(200) NOT NULL);\nCREATE TEMPORARY TABLE loaded (id int);\n",
    "0002_orders.sql": "CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id), status order_status);\n"
    "CREATE VIEW placed AS SELECT id, user_id FROM orders;\n",
    "0003_rename.sql": "ALTER TABLE users ALTER COLUMN email TYPE text;\nALTER TABLE users ADD COLUMN phone text;\n"
    "DROP VIEW placed;\nALTER TABLE orders DROP COLUMN status;\nSELECT fill_phones();\n",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "shop"
    (root / "migrations").mkdir(parents=True)
    (root / "schemalink.toml").write_text("")
    for name, sql in _STEPS.items():
        (root / "migrations" / name).write_text(sql)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run() -> Run:
    return lambda *arguments: CliRunner().invoke(main, arguments, prog_name="schemalink")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("point", ["0001_begin", "1", "0001", "0001_b"])
def test_the_schema_at_a_migration(run: Run, point: str) -> None:
    (schema,) = json.loads(run("schema", "--at", point, "--format", "json").stdout)["schemas"]
    assert [table["name"] for table in schema["tables"]] == ["users"]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("format_", ["text", "sql", "mermaid"])
def test_every_format_shows_a_point(run: Run, format_: str) -> None:
    text = run("schema", "--at", "2", "--format", format_).stdout
    assert "placed" in text
    assert "phone" not in text
    assert "loaded" not in text


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("point", "message"),
    [
        ("0002_order", None),
        ("0002_odrers", 'there is no migration "0002_odrers" (near: '),
        ("000", '"000" is the beginning of several migrations: 1_begin, 2_orders, 3_rename'),
    ],
)
def test_a_point_that_is_not_known(run: Run, point: str, message: str | None) -> None:
    result = run("schema", "--at", point)
    assert result.exit_code == (2 if message else 0)
    assert (message or "") in result.stderr


@pytest.mark.usefixtures("shop")
def test_two_points_side_by_side(run: Run) -> None:
    result = run("schema", "--diff", "@1", ".")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "schema main (postgres): @1 -> .",
        "",
        "+ table orders",
        "",
        "~ table users",
        "  ~ column email: type varchar(200) -> text",
        "  + column phone text",
        "",
        "3 differences",
    ]


@pytest.mark.usefixtures("shop")
def test_differences_as_a_document(run: Run) -> None:
    document = json.loads(run("schema", "--diff", ".@2", ".@0003", "--format", "json").stdout)
    assert document["version"] == 1
    assert [
        (row["kind"], row["table"], row["column"], row["left"], row["right"]) for row in document["differences"]
    ] == [
        ("column", "orders", "status", "order_status", None),
        ("type", "users", "email", "varchar(200)", "text"),
        ("column", "users", "phone", None, "text"),
        ("view", "placed", None, "(id, user_id)", None),
    ]
    assert document["differences"][2]["right_defined"]["path"] == "migrations/0003_rename.sql"


def test_a_dump_beside_the_migrations_is_a_side(shop: Path, run: Run) -> None:
    (shop / "dump.sql").write_text(
        "CREATE TYPE public.order_status AS ENUM ('draft', 'sent');\n"
        "CREATE TABLE public.users (id bigint NOT NULL, email text NOT NULL);\n"
        "CREATE SEQUENCE public.users_id_seq OWNED BY public.users.id;\n"
        "ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);\n"
        "ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\n"
    )
    result = run("schema", "--diff", "migrations", "dump.sql")
    assert result.exit_code == 0
    assert "- column phone text" in result.stdout
    assert "- table orders" in result.stdout


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--diff", ".", "nowhere"),
        ("--diff", ".", ".@"),
        ("--diff", ".", ".", "--format", "sql"),
        ("--diff", ".", ".", "--at", "1"),
        ("--sources", "--at", "1"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("schema", *arguments).exit_code == 2


@pytest.mark.usefixtures("shop")
def test_statistics_stand_on_standard_error(run: Run) -> None:
    result = run("schema", "--statistics", "--quiet")
    assert "3    0.0% not understood  CREATE TABLE" in result.stderr
    assert "in total" in result.stderr
    assert "not understood" not in result.stdout
