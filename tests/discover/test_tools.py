"""Which tool runs a folder, and what it leaves out."""

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile
from analyzer.facts.source import Layout

TABLE = b"CREATE TABLE users (id INTEGER);\n"
SQLX = b'[package]\nname = "shop"\n[dependencies]\nsqlx = "0.8"\n'


def layouts(**files: bytes) -> dict[str, Layout]:
    found = discover(RawFile(path, content) for path, content in files.items())
    return {source.path: source.layout for source in found if source.layout is not None}


def test_an_english_heading_in_one_file_names_no_tool() -> None:
    files = {f"migrations/{number}_users.up.sql": TABLE for number in range(1, 5)}
    files |= {"Cargo.toml": SQLX, "migrations/5_orders.up.sql": b"-- Up migration\n" + TABLE}
    found = layouts(**files)
    assert {layout.tool for layout in found.values()} == {"sqlx"}
    assert found["migrations/5_orders.up.sql"].direction == "up"


def test_names_counted_at_the_end_run_in_order() -> None:
    files = {f"migrations/mysql/step_{number}.sql": TABLE for number in (10, 9, 2)}
    found = layouts(**files)
    assert [found[path].version for path in sorted(found)] == [(10,), (2,), (9,)]
    assert {layout.tool for layout in found.values()} == {"numbered"}


def test_names_without_one_word_are_not_counted() -> None:
    found = layouts(**{"migrations/users_2.sql": TABLE, "migrations/orders_1.sql": TABLE})
    assert {layout.tool for layout in found.values()} == {"plain"}


def test_flyway_reads_folders_inside_its_own() -> None:
    found = layouts(**{"db/migration/V1__users.sql": TABLE, "db/migration/2025/V2__orders.sql": TABLE})
    assert {layout.folder for layout in found.values()} == {"db/migration"}


def test_a_baseline_runs_where_nothing_older_is_left() -> None:
    alone = layouts(**{"db/migration/B2__shop.sql": TABLE, "db/migration/V3__orders.sql": TABLE})
    assert alone["db/migration/B2__shop.sql"].direction == "up"
    beside = layouts(**{"db/migration/B2__shop.sql": TABLE, "db/migration/V1__users.sql": TABLE})
    assert beside["db/migration/B2__shop.sql"].direction == "down"


def test_folders_inside_a_tools_folder_are_none_of_it() -> None:
    found = layouts(**{
        "supabase/migrations/20250101000000_users.sql": TABLE,
        "supabase/migrations/archive/20240101000000_old.sql": TABLE,
        "supabase/migrations/archive/20240201000000_older.sql": TABLE,
        "supabase/migrations/TEMPLATE.sql": TABLE,
        "supabase/schemas/01_users.sql": TABLE,
        "supabase/schemas/02_orders.sql": TABLE,
    })  # fmt: skip
    assert list(found) == ["supabase/migrations/20250101000000_users.sql"]


def test_a_folder_named_for_an_engine_stays() -> None:
    files = {"Cargo.toml": SQLX, "migrations/1_users.sql": TABLE, "migrations/sqlite/1_users.sql": TABLE}
    assert {layout.folder for layout in layouts(**files).values()} == {"migrations", "migrations/sqlite"}


def test_drizzle_folders_beside_prisma() -> None:
    snapshot = b'{"version": "8", "dialect": "postgres", "ddl": []}'
    files = {
        "package.json": b'{"name": "shop", "dependencies": {"@prisma/client": "6", "drizzle-orm": "1"}}',
        "drizzle/20250101000000_users/migration.sql": TABLE,
        "drizzle/20250101000000_users/snapshot.json": snapshot,
        "prisma/migrations/20250101000000_users/migration.sql": TABLE,
    }
    found = layouts(**files)
    assert found["drizzle/20250101000000_users/migration.sql"].tool == "drizzle"
    assert found["drizzle/20250101000000_users/migration.sql"].dialect == "postgres"
    assert found["drizzle/20250101000000_users/snapshot.json"] == found["drizzle/20250101000000_users/migration.sql"]
    assert found["prisma/migrations/20250101000000_users/migration.sql"].tool == "prisma"


def test_changelogs_that_include_each_other_end() -> None:
    include = b'<databaseChangeLog><include file="%s"/></databaseChangeLog>'
    files = {
        "db/root-changelog.xml": include % b"db/one-changelog.xml",
        "db/one-changelog.xml": include % b"db/two-changelog.xml",
        "db/two-changelog.xml": include % b"db/one-changelog.xml",
        "db/users.sql": b"--liquibase formatted sql\n--changeset clerk:1\n" + TABLE,
    }
    found = layouts(**files)
    assert found["db/users.sql"].tool == "liquibase"


def test_a_folder_of_changelogs_is_included_by_name() -> None:
    files = {
        "db/changelog/db.changelog-master.yaml": b"databaseChangeLog:\n  - includeAll:\n      path: db/changelog/changes\n",
        "db/changelog/changes/b.sql": b"--liquibase formatted sql\n--changeset clerk:2\n" + TABLE,
        "db/changelog/changes/a.sql": b"--liquibase formatted sql\n--changeset clerk:1\n" + TABLE,
    }
    found = layouts(**files)
    assert [(path, found[path].version, found[path].folder) for path in sorted(found)] == [
        ("db/changelog/changes/a.sql", (0,), "db/changelog"),
        ("db/changelog/changes/b.sql", (1,), "db/changelog"),
    ]
