"""Which schema is live, in which dialect, and whose code reads it."""

from analyzer.discover.config import Config, SchemaConfig
from analyzer.schema.history import History
from tests.schema.building import build

USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);"
ORDERS = "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER);"


def tables(history: History) -> set[str]:
    return {table.name for table in history.schema.tables.values()}


def by_name(histories: tuple[History, ...]) -> dict[str, History]:
    return {history.schema.name: history for history in histories}


def reasons(histories: tuple[History, ...]) -> dict[str, bool]:
    return {source.path: source.live for history in histories for source in history.sources}


def test_a_folder_of_migrations_is_the_main_schema() -> None:
    (history,) = build({"migrations/1_users.sql": USERS, "migrations/2_orders.sql": ORDERS})
    assert history.schema.name == "main"
    assert history.serves == ("",)
    assert tables(history) == {"users", "orders"}


def test_nothing_is_live_where_there_is_no_sql() -> None:
    assert build({"src/main.py": "print(1)"}) == ()


def test_trees_of_dialects_are_timelines_of_their_own() -> None:
    found = build({f"migrations/{name}/1_users.sql": USERS for name in ("mysql", "postgresql", "sqlite")})
    assert {name: history.dialect for name, history in by_name(found).items()} == {
        "mysql": "mysql",
        "postgresql": "postgres",
        "sqlite": "sqlite",
    }


def test_a_dump_beside_its_migrations_does_not_count() -> None:
    found = build({"db/migrations/1_users.sql": USERS, "db/schema.sql": USERS})
    assert len(found) == 1
    assert reasons(found) == {"db/migrations": True, "db/schema.sql": False}


def test_a_dump_of_another_database_counts() -> None:
    found = build({"db/migrations/1_users.sql": USERS, "cache/schema.sql": ORDERS})
    assert [tables(history) for history in found] == [{"users"}, {"orders"}]


def test_the_configuration_wins() -> None:
    files = {"migrations/1_users.sql": USERS, "legacy/tables.sql": ORDERS}
    config = Config(schemas=(SchemaConfig("shop", ("legacy/tables.sql",), dialect="mysql"),))
    (history,) = build(files, config)
    assert (history.schema.name, history.dialect) == ("shop", "mysql")
    assert tables(history) == {"orders"}


def test_down_files_are_never_applied() -> None:
    (history,) = build({"migrations/1_users.up.sql": USERS, "migrations/1_users.down.sql": "DROP TABLE users;"})
    assert tables(history) == {"users"}
    assert len(history.steps) == 1
    assert history.steps[0].migration.down


def test_versions_sort_as_numbers() -> None:
    files = {f"migrations/{number}_step.sql": f"ALTER TABLE users ADD COLUMN c{number} TEXT;" for number in (2, 9, 10)}
    (history,) = build({"migrations/1_users.sql": USERS, **files})
    assert [column.name for column in next(iter(history.schema.tables.values())).columns][2:] == ["c2", "c9", "c10"]


def test_syntax_decides_the_dialect() -> None:
    (postgres,) = build({"migrations/1_a.sql": "CREATE TABLE users (id BIGSERIAL PRIMARY KEY, seen TIMESTAMPTZ);"})
    (sqlite,) = build(
        {"migrations/1_a.sql": "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, a JSONB, b JSONB);"}
    )
    (mysql,) = build(
        {"migrations/1_a.sql": "CREATE TABLE `users` (`id` INT AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;"}
    )
    assert [history.dialect for history in (postgres, sqlite, mysql)] == ["postgres", "sqlite", "mysql"]
    assert "BIGSERIAL" in postgres.evidence


def test_the_driver_decides_where_syntax_does_not() -> None:
    manifest = '[package]\nname = "shop"\nversion = "0.1.0"\n\n[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n'
    (history,) = build({"Cargo.toml": manifest, "migrations/1_users.sql": USERS})
    assert history.dialect == "postgres"


def test_other_systems_are_not_read() -> None:
    assert (
        build(
            {"migrations/1_events.sql": "CREATE TABLE events (id UInt64, name String,) ENGINE = MergeTree ORDER BY id;"}
        )
        == ()
    )


def test_deltas_to_a_base_accuse_nothing() -> None:
    (history,) = build(
        {"migrations/1_note.sql": "ALTER TABLE users ADD COLUMN note TEXT; ALTER TABLE orders DROP COLUMN a;"}
    )
    assert not [failure for step in history.steps for failure in step.failures]
    assert history.schema.is_tainted("anything")


def test_releases_beside_each_other_are_one_timeline() -> None:
    files = {
        "db/migrations/0.2/00__users.sql": USERS,
        "db/migrations/0.9/00__a.sql": "ALTER TABLE users ADD COLUMN a TEXT;",
        "db/migrations/0.10/00__a.sql": "ALTER TABLE users RENAME COLUMN a TO b;",
    }
    (history,) = build(files)
    assert not [failure for step in history.steps for failure in step.failures]
    assert [column.name for column in next(iter(history.schema.tables.values())).columns] == ["id", "email", "b"]


def test_examples_do_not_change_whom_the_main_schema_serves() -> None:
    manifest = '[package]\nname = "todos"\nversion = "0.1.0"\n'
    found = build({
        "migrations/1_users.sql": USERS,
        "examples/todos/Cargo.toml": manifest,
        "examples/todos/migrations/1_orders.sql": ORDERS,
    })  # fmt: skip
    assert {("users" in tables(history), history.serves) for history in found} <= {
        (True, ("",)),
        (False, ("examples/todos",)),
        (False, ()),
    }


def test_files_that_name_their_dialect_are_timelines_of_their_own() -> None:
    found = build({
        "deltas/01_users.sql": USERS,
        "deltas/02_note.sql.postgres": "ALTER TABLE users ADD COLUMN note JSONB;",
        "deltas/02_note.sql.sqlite": "ALTER TABLE users ADD COLUMN note TEXT;",
    })  # fmt: skip
    assert {history.dialect for history in found} == {"postgres", "sqlite"}
    assert not [failure for history in found for step in history.steps for failure in step.failures]


def test_a_file_the_journal_does_not_list_never_runs() -> None:
    journal = '{"version": "7", "dialect": "postgresql", "entries": [{"idx": 0, "version": "7", "when": 1, "tag": "0000_users", "breakpoints": true}]}'
    files = {
        "drizzle/meta/_journal.json": journal,
        "drizzle/0000_users.sql": USERS,
        "drizzle/0000_other.sql": "ALTER TABLE users ADD COLUMN email TEXT;",
    }
    (history,) = build(files)
    assert [step.migration.id for step in history.steps] == ["0_users"]
    assert not history.steps[0].failures


def test_a_folder_for_a_system_that_is_not_read_is_no_source() -> None:
    found = build({
        "src/main/resources/migrations/h2/V1__users.sql": USERS,
        "src/main/resources/migrations/postgres/V1__users.sql": USERS,
    })  # fmt: skip
    assert reasons(found) == {
        "src/main/resources/migrations/h2": False,
        "src/main/resources/migrations/postgres": True,
    }


def test_a_file_for_one_dialect_takes_the_place_of_that_for_all() -> None:
    found = build({
        "migrations/1_users.up.sql": USERS,
        "migrations/1_users.down.sql": "DROP TABLE users;",
        "migrations/2_note.up.sql": "ALTER TABLE users ADD COLUMN note TEXT;",
        "migrations/2_note.mysql.up.sql": "ALTER TABLE users ADD COLUMN note MEDIUMTEXT;",
        "migrations/3_paid.postgres.up.sql": "ALTER TABLE users ADD COLUMN paid JSONB;",
        "migrations/3_paid.mysql.up.sql": "ALTER TABLE users ADD COLUMN paid JSON;",
        "migrations/3_paid.cockroach.up.sql": "ALTER TABLE users ADD COLUMN other JSONB;",
    })  # fmt: skip
    assert {history.dialect: [column.name for column in table.columns] for history in found for table in history.schema.tables.values()} == {
        "postgres": ["id", "email", "note", "paid"],
        "mysql": ["id", "email", "note", "paid"],
    }  # fmt: skip
    assert not [failure for history in found for step in history.steps for failure in step.failures]


def test_long_stamps_keep_their_order() -> None:
    (history,) = build({
        "migrations/20200317160354000000_users.sql": USERS,
        "migrations/20200317160354000001_note.sql": "ALTER TABLE users ADD COLUMN note TEXT;",
        "migrations/20191100000001000000_orders.sql": ORDERS,
    })  # fmt: skip
    assert [step.migration.id.rpartition("_")[2] for step in history.steps] == ["orders", "users", "note"]


def test_a_copy_under_a_former_name_runs_once() -> None:
    change = "ALTER TABLE users ADD COLUMN note TEXT;"
    (history,) = build({
        "migrations/0001-users.sql": USERS,
        "migrations/0002-mod-user-note.sql": change,
        "migrations/0002-mod-users-note.sql": change + "\n",
        "migrations/0003-orders.sql": ORDERS,
    })  # fmt: skip
    assert [step.migration.id for step in history.steps] == ["1_users", "2_mod-user-note", "3_orders"]
    assert not [failure for step in history.steps for failure in step.failures]


def test_migrations_in_a_folder_for_what_was_before_are_replaced() -> None:
    found = build({
        "db/migrations/legacy/1_users.sql": USERS,
        "db/migrations/legacy/2_orders.sql": ORDERS,
        "db/migrations/sql/1_users.sql": USERS,
        "db/migrations/sql/2_orders.sql": ORDERS,
    })  # fmt: skip
    assert reasons(found) == {"db/migrations/legacy": False, "db/migrations/sql": True}


def test_a_journal_that_nobody_keeps_says_nothing_of_its_tool() -> None:
    journal = '{"version": "7", "dialect": "postgresql", "entries": [{"idx": 0, "version": "7", "when": 1, "tag": "0000_users", "breakpoints": true}]}'
    (history,) = build({
        "drizzle/meta/_journal.json": journal,
        "drizzle/0001_users.sql": USERS,
        "drizzle/0002_orders.sql": ORDERS,
        "drizzle/0003_index.sql": "CREATE INDEX CONCURRENTLY by_user ON orders (user_id); CREATE INDEX CONCURRENTLY by_email ON users (email);",
    })  # fmt: skip
    assert [step.migration.tool for step in history.steps] == ["numbered"] * 3
    assert not [failure for step in history.steps for failure in step.failures]


def test_files_that_use_one_constraint_name_twice_make_both_tables() -> None:
    (history,) = build({
        "scripts/create_users.sql": "CREATE TABLE users (id SERIAL, email TEXT, CONSTRAINT uq_name UNIQUE (email));",
        "scripts/create_orders.sql": "CREATE TABLE orders (id SERIAL, code TEXT, CONSTRAINT uq_name UNIQUE (code));",
    })  # fmt: skip
    assert tables(history) == {"users", "orders"}
