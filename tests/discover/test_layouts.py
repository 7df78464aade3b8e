"""Migration layouts: names and folders of SQL files, tool by tool."""

import json
from typing import Any

import pytest

from analyzer.discover.classify import discover, manifest_errors
from analyzer.discover.files import RawFile
from analyzer.discover.naming import LAST
from analyzer.facts.source import Layout, Source

TABLE = b"CREATE TABLE users (id INTEGER);\n"
SQLX = b'[package]\nname = "shop"\n[dependencies]\nsqlx = "0.8"\n'


def sources(**files: bytes) -> dict[str, Source]:
    return {source.path: source for source in discover(RawFile(path, content) for path, content in files.items())}


def layouts(**files: bytes) -> dict[str, Layout]:
    return {path: source.layout for path, source in sources(**files).items() if source.layout is not None}


def brief(**files: bytes) -> list[tuple[Any, ...]]:
    """Tool, folder, version, name, direction, in the order the tool would run them."""
    found = sorted(layouts(**files).values(), key=lambda layout: layout.version)
    return [(layout.tool, layout.folder, layout.version, layout.name, layout.direction) for layout in found]


def test_sqlx_simple_and_pairs() -> None:
    files = {
        "Cargo.toml": SQLX,
        "migrations/20240102000000_add_orders.up.sql": TABLE,
        "migrations/20240102000000_add_orders.down.sql": b"DROP TABLE orders;",
        "migrations/20240101000000_add_users.sql": TABLE,
        "migrations/notes.sql": b"SELECT 1;",
    }
    assert brief(**files) == [
        ("sqlx", "migrations", (20240101000000,), "add_users", "up"),
        ("sqlx", "migrations", (20240102000000,), "add_orders", "down"),
        ("sqlx", "migrations", (20240102000000,), "add_orders", "up"),
    ]


def test_the_same_pairs_without_sqlx() -> None:
    files = {
        "migrations/1_users.up.sql": TABLE,
        "migrations/1_users.down.sql": b"DROP TABLE users;",
        "migrations/10_x.up.sql": TABLE,
    }
    assert [row[0] for row in brief(**files)] == ["numbered"] * 3
    assert [row[2] for row in brief(**files)] == [(1,), (1,), (10,)]


def test_a_workspace_keeps_migrations_beside_its_members() -> None:
    files = {"Cargo.toml": b'[workspace]\nmembers = ["db"]\n', "db/Cargo.toml": SQLX, "migrations/1_users.sql": TABLE}
    assert [row[0] for row in brief(**files)] == ["sqlx"]


def test_diesel() -> None:
    files = {
        "Cargo.toml": b'[dependencies]\ndiesel = "2"\n',
        "migrations/sqlite/00000000000000_diesel_initial_setup/up.sql": b"",
        "migrations/sqlite/2018-01-14-171611_create_users/up.sql": TABLE,
        "migrations/sqlite/2018-01-14-171611_create_users/down.sql": b"DROP TABLE users;",
    }
    assert brief(**files) == [
        ("diesel", "migrations/sqlite", (LAST, "00000000000000"), "diesel_initial_setup", "up"),
        ("diesel", "migrations/sqlite", (LAST, "20180114171611"), "create_users", "down"),
        ("diesel", "migrations/sqlite", (LAST, "20180114171611"), "create_users", "up"),
    ]


def test_diesel_sorts_by_text_and_rusqlite_migration_by_number() -> None:
    files = {
        "migrations/2023-01-01-000000_orders/up.sql": TABLE,
        "migrations/2022-12-31-000000-0000_users/up.sql": TABLE,
    }
    assert [row[3] for row in brief(**files)] == ["users", "orders"]
    manifest = b'[dependencies]\nrusqlite_migration = "1"\n'
    files = {"Cargo.toml": manifest, "migrations/10-orders/up.sql": TABLE, "migrations/9-users/up.sql": TABLE}
    assert [(row[0], row[2], row[3]) for row in brief(**files)] == [
        ("rusqlite_migration", (9,), "users"),
        ("rusqlite_migration", (10,), "orders"),
    ]


def test_prisma_sorts_by_text() -> None:
    files = {
        "package.json": b'{"devDependencies": {"prisma": "6"}}',
        "prisma/migrations/0_init/migration.sql": TABLE,
        "prisma/migrations/20240101000000_orders/migration.sql": TABLE,
    }
    assert [(row[0], row[1], row[3]) for row in brief(**files)] == [
        ("prisma", "prisma/migrations", "init"),
        ("prisma", "prisma/migrations", "orders"),
    ]


def test_drizzle_follows_its_journal() -> None:
    journal = json.dumps(
        {"entries": [{"idx": 0, "tag": "0000_zesty_users"}, {"idx": 1, "tag": "swift_orders"}]}
    ).encode()
    files = {
        "db/out/meta/_journal.json": journal,
        "db/out/swift_orders.sql": TABLE,
        "db/out/0000_zesty_users.sql": TABLE,
        "db/out/scratch.sql": b"SELECT 1;",
    }
    assert brief(**files) == [
        ("drizzle", "db/out", (0,), "zesty_users", "up"),
        ("drizzle", "db/out", (1,), "swift_orders", "up"),
    ]


@pytest.mark.parametrize(
    ("head", "tool", "direction"),
    [
        (b"-- migrate:up\n", "dbmate", "both"),
        (b"-- +goose Up\n", "goose", "both"),
        (b"-- +migrate Up\n", "sql-migrate", "both"),
        (b"-- Up Migration\n", "node-pg-migrate", "both"),
        (b"--liquibase formatted sql\n", "liquibase", "up"),
        (b"--! Previous: -\n--! Hash: sha1:00\n", "graphile-migrate", "up"),
        (b"\xef\xbb\xbf-- migrate:up\r\n", "dbmate", "both"),
    ],
)
def test_tools_that_mark_their_files(head: bytes, tool: str, direction: str) -> None:
    assert brief(**{"store/20240101_users.sql": head + TABLE}) == [(tool, "store", (20240101,), "users", direction)]


def test_flyway() -> None:
    files = {
        "db/migration/V1__users.sql": TABLE,
        "db/migration/V1_2__orders.sql": TABLE,
        "db/migration/V1.10__items.sql": TABLE,
        "db/migration/U1_2__orders.sql": b"DROP TABLE orders;",
        "db/migration/R__view.sql": b"CREATE VIEW v AS SELECT 1;",
    }
    rows = brief(**files)
    assert {row[0] for row in rows} == {"flyway"}
    assert [(row[3], row[4]) for row in rows] == [
        ("users", "up"),
        ("orders", "down"),
        ("orders", "up"),
        ("items", "up"),
        ("view", "up"),
    ]


def test_refinery_reads_the_same_names_differently() -> None:
    files = {
        "Cargo.toml": b'[dependencies]\nrefinery = "0.8"\n',
        "migrations/U2__orders.sql": TABLE,
        "migrations/V1__users.sql": TABLE,
    }
    assert [(row[0], row[4]) for row in brief(**files)] == [("refinery", "up"), ("refinery", "up")]


@pytest.mark.parametrize(
    ("path", "version", "name", "direction"),
    [
        ("migrations/1.sql", (1,), "", "up"),
        ("migrations/001_users.sql", (1,), "users", "up"),
        ("migrations/0001-users.sql", (1,), "users", "up"),
        ("migrations/v2_users.sql", (2,), "users", "up"),
        ("migrations/1.2.3.sql", (1, 2, 3), "", "up"),
        ("migrations/2024-01-02_users.sql", (2024, 1, 2), "users", "up"),
        ("migrations/001_users.rollback.sql", (1,), "users", "down"),
        ("migrations/001.undo.sql", (1,), "", "down"),
        ("migrations/001.do.users.sql", (1,), "do.users", "up"),
        ("migrations/down/001_users.sql", (1,), "users", "down"),
        ("migrations/up/001_users.sql", (1,), "users", "up"),
        ("migrations/65/02_users.sql", (65, 2), "users", "up"),
        ("migrations/001_breakdown.sql", (1,), "breakdown", "up"),
        ("migrations/00users.sql", (0,), "users", "up"),
    ],
)
def test_plain_numbers(path: str, version: tuple[int, ...], name: str, direction: str) -> None:
    assert brief(**{path: TABLE}) == [("numbered", "migrations", version, name, direction)]


def test_a_last_word_means_down_only_beside_a_way_up() -> None:
    files = {"migrations/1_users_up.sql": TABLE, "migrations/1_users_down.sql": b"", "migrations/2-orders.sql": TABLE}
    files |= {"migrations/2-orders-rollback.sql": b"", "migrations/3_jobs_slow_down.sql": TABLE}
    assert {path.rpartition("/")[2]: layout.direction for path, layout in layouts(**files).items()} == {
        "1_users_down.sql": "down",
        "1_users_up.sql": "up",
        "2-orders-rollback.sql": "down",
        "2-orders.sql": "up",
        "3_jobs_slow_down.sql": "up",
    }


def test_unnumbered_pairs() -> None:
    files = {
        "migrations/users.up.sql": TABLE,
        "migrations/users.down.sql": b"",
        "migrations/items.sql": TABLE,
        "migrations/items_down.sql": b"",
    }
    assert [(row[3], row[4]) for row in brief(**files)] == [
        ("items", "up"),
        ("items", "down"),
        ("users", "down"),
        ("users", "up"),
    ]


def test_dialects_of_parallel_trees_and_of_files_in_one_folder() -> None:
    files = {
        "migrations/mysql/1_users.sql": TABLE,
        "migrations_pg/1_users.sql": TABLE,
        "schema/delta/7/01_users.sql.sqlite": TABLE,
        "schema/delta/7/01_users.sql.postgres": TABLE,
        "migrations/1_users.sql": TABLE,
    }
    assert {path: (layout.folder, layout.dialect) for path, layout in layouts(**files).items()} == {
        "migrations/1_users.sql": ("migrations", None),
        "migrations/mysql/1_users.sql": ("migrations/mysql", "mysql"),
        "migrations_pg/1_users.sql": ("migrations_pg", "postgres"),
        "schema/delta/7/01_users.sql.postgres": ("schema/delta", "postgres"),
        "schema/delta/7/01_users.sql.sqlite": ("schema/delta", "sqlite"),
    }


def test_unnumbered_files_run_last_where_the_runner_is_not_known() -> None:
    files = {"migrations/002_orders.sql": TABLE, "migrations/10_items.sql": TABLE, "migrations/add_index.sql": TABLE}
    assert [row[3] for row in brief(**files)] == ["orders", "items", "add_index"]


def test_a_folder_by_another_name_needs_two_numbers_and_a_definition() -> None:
    assert brief(**{"store/1_users.sql": TABLE}) == []
    assert [row[1] for row in brief(**{"store/1_users.sql": TABLE, "store/2_orders.sql": b"SELECT 1;"})] == [
        "store",
        "store",
    ]
    assert brief(**{"reports/1_users.sql": b"SELECT 1;", "reports/2_orders.sql": b"SELECT 2;"}) == []


def test_journals_and_locks_say_the_dialect() -> None:
    files = {
        "drizzle/meta/_journal.json": b'{"dialect": "postgresql", "entries": []}',
        "drizzle/0000_users.sql": TABLE,
        "prisma/migrations/migration_lock.toml": b'provider = "sqlite"\n',
        "prisma/migrations/0_init/migration.sql": TABLE,
    }
    assert [(layout.tool, layout.dialect) for layout in layouts(**files).values()] == [
        ("drizzle", "postgres"),
        ("prisma", "sqlite"),
    ]


def test_one_file_that_is_marked_tells_the_tool_of_its_folder() -> None:
    files = {"store/1_users.sql": b"-- +goose Up\n" + TABLE, "store/2_orders.sql": TABLE}
    assert [(row[0], row[4]) for row in brief(**files)] == [("goose", "both"), ("goose", "up")]


def test_supabase() -> None:
    assert [row[0] for row in brief(**{"supabase/migrations/20240101000000_users.sql": TABLE})] == ["supabase"]


def test_migrations_of_tests_stay_tests() -> None:
    found = sources(**{"tests/migrations/1_users.sql": TABLE, "vendor/db/migrations/1_users.sql": TABLE})
    assert [(source.role, source.layout is None) for source in found.values()] == [("test", False), ("vendored", True)]


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff"])
def test_a_broken_journal_is_an_error_value(content: bytes) -> None:
    files = [RawFile("drizzle/meta/_journal.json", content), RawFile("drizzle/0000_users.sql", TABLE)]
    assert [error.path for error in manifest_errors(files)] == ["drizzle/meta/_journal.json"]
    assert [source.layout.tool for source in discover(files) if source.layout] == ["numbered"]


def test_numbers_without_end_stay_numbers() -> None:
    files = {f"migrations/{'9' * 5000}_orders.sql": TABLE, f"migrations/{'0' * 5000}1_users.sql": TABLE}
    assert [row[3] for row in brief(**files)] == ["users", "orders"]
    assert max(row[2] for row in brief(**files)) < (LAST,)
