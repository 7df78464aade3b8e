"""What resolve says of texts, case by case: what is silenced, what is decided, where it points."""

import msgspec
import pytest

from analyzer.catalog.schema import Schema
from analyzer.facts.source import Dialect
from analyzer.sql.embed import embed_plain
from analyzer.sql.resolution import Resolution
from analyzer.sql.resolve import output_columns, resolve
from tests.sql.shop import shop


def ask(sql: str, dialect: Dialect = "sqlite", schema: Schema | None = None) -> Resolution:
    return resolve(embed_plain(sql), dialect, schema or shop(dialect))


def missing(resolution: Resolution) -> list[str]:
    return [each.column or each.table for each in resolution.references if each.status == "unresolved"]


def opened(dialect: Dialect, table: str) -> Schema:
    """The shop with one table that may have other columns."""
    schema = shop(dialect)
    changed = msgspec.structs.replace(schema.tables["", table], closed=False)
    return msgspec.structs.replace(schema, tables={**schema.tables, ("", table): changed})


def test_without_schema_everything_is_unknown() -> None:
    resolution = resolve(embed_plain("SELECT id, nope FROM users WHERE x = 1"), "sqlite", None)
    assert {each.status for each in resolution.references} == {"unknown"}
    assert (resolution.status, resolution.reason) == ("unresolved", "no-schema")


def test_tainted_names_are_never_accused() -> None:
    schema = shop("sqlite", tainted=frozenset(("users", "carts")))
    resolution = ask("SELECT users.nope, carts.nope FROM users, carts", schema=schema)
    assert not missing(resolution)
    assert [each.reason for each in resolution.references if each.column] == ["tainted", "unknown-table"]
    assert not missing(ask("SELECT id FROM anything", schema=shop("sqlite", tainted=frozenset("*"))))


def test_open_table_may_have_the_column() -> None:
    resolution = ask("SELECT nope, users.nope FROM users JOIN orders", schema=opened("sqlite", "orders"))
    assert [(each.status, each.reason) for each in resolution.references[:2]] == [
        ("unknown", "open-table"),
        ("unresolved", ""),
    ]
    assert resolution.status == "partial"


def test_external_tables_and_foreign_namespaces() -> None:
    resolution = resolve(
        embed_plain("SELECT * FROM sessions"), "postgres", shop("postgres"), external=lambda name: name == "sessions"
    )
    assert (resolution.references[0].status, resolution.references[0].reason) == ("unknown", "external")
    assert not missing(ask("SELECT * FROM auth.users2", "postgres"))
    assert missing(ask("SELECT * FROM public.users2", "postgres")) == ["users2"]


def test_column_of_missing_table_is_not_accused_as_well() -> None:
    resolution = ask("SELECT c.id, total FROM carts c WHERE c.user_id = 1")
    assert missing(resolution) == ["carts"]
    assert resolution.status == "resolved"


def test_candidates_are_the_tables_looked_at() -> None:
    found = ask("SELECT nope FROM users u JOIN orders o ON o.user_id = u.id").references[0]
    assert found.candidates == ("users", "orders")
    assert ask("SELECT o.nope FROM users u JOIN orders o ON o.user_id = u.id").references[0].candidates == ("orders",)


def test_roles() -> None:
    sql = "SELECT id FROM users JOIN orders ON users.name = status WHERE email = 1 GROUP BY age HAVING age > 1 ORDER BY active"
    roles = {sql[each.start : each.end]: each.role for each in ask(sql).references}
    expected = {
        "id": "read",
        "users": "read",
        "orders": "read",
        "name": "join",
        "status": "join",
        "email": "filter",
        "active": "order",
    }
    assert roles | expected == roles | {"age": roles["age"]}
    assert [each.role for each in ask("UPDATE users SET age = id WHERE name = 1").references] == [
        "write",
        "write",
        "read",
        "filter",
    ]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('SELECT name AS "name!: Title" FROM users', ("name", "!", "Title")),
        ('SELECT name AS "name!" FROM users', ("name", "!", "")),
        ('SELECT name AS "name?: _" FROM users', ("name", "?", "_")),
        ('SELECT name AS "name: Vec<String>" FROM users', ("name", "", "Vec<String>")),
        ('SELECT name AS "full name" FROM users', ("full name", "", "")),
        ("SELECT name AS FullName FROM users", ("fullname", "", "")),
    ],
)
def test_overrides_in_aliases(sql: str, expected: tuple[str, str, str]) -> None:
    column = (ask(sql, "postgres").statements[0].columns or ())[0]
    assert (column.name, column.force, column.override_type) == expected


def test_parameters_know_their_columns() -> None:
    found = ask(
        "INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET age = $3", "postgres"
    ).statements[0]
    assert [(each.position, each.type.name, each.column) for each in found.parameters] == [
        (1, "integer", "users.id"), (2, "text", "users.email"), (3, "integer", "users.age"),
    ]  # fmt: skip


def test_view_columns() -> None:
    columns = output_columns(
        "SELECT u.*, count(o.id) AS orders FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id",
        "postgres",
        shop("postgres"),
    )
    assert [column.name for column in columns or ()] == ["id", "email", "name", "age", "active", "created_at", "orders"]
    assert output_columns("SELECT * FROM nowhere", "postgres", shop("postgres")) is None
    assert output_columns("SELEC", "postgres", shop("postgres")) is None


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO users SET id = 1, email = 'a'",
        "INSERT IGNORE INTO users (id) VALUES (1)",
        "INSERT INTO users (id, email) VALUES (?, ?) ON DUPLICATE KEY UPDATE email = VALUES(email), age = age + 1",
        "INSERT INTO users (id, email) VALUES (?, ?) AS new ON DUPLICATE KEY UPDATE email = new.email",
        "REPLACE INTO users (id) VALUES (1)",
        "UPDATE users u JOIN orders o ON o.user_id = u.id SET u.name = o.status, o.total = 1 WHERE u.id = ?",
        "DELETE u FROM users u JOIN orders o ON o.user_id = u.id WHERE o.status = ?",
        'SELECT `id`, "text" FROM `users` WHERE name = "x" LIMIT 1, 2',
        "SELECT group_concat(DISTINCT name ORDER BY age SEPARATOR ',') AS names FROM users HAVING names <> ''",
        "SELECT date_add(created_at, INTERVAL 1 DAY), if(age, 1, 2) FROM users GROUP BY age WITH ROLLUP",
        "SELECT @total := total FROM orders, users WHERE user_id = users.id",
        "SELECT id FROM users USE INDEX (email) WHERE MATCH(name, email) AGAINST (? IN BOOLEAN MODE)",
        "SELECT timestampdiff(DAY, created_at, now()) FROM users FOR UPDATE",
        "SELECT ID, Email FROM Users WHERE BINARY name = ?",
        "SELECT email AS mail, count(*) AS n FROM users GROUP BY mail HAVING n > 1 ORDER BY n + 1",
        "SELECT table_name FROM information_schema.tables",
    ],
)
def test_mysql_is_not_accused(sql: str) -> None:
    resolution = ask(sql, "mysql")
    assert not missing(resolution)
    assert not resolution.problems
    assert resolution.status == "resolved"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("INSERT INTO users SET idd = 1", ["idd"]),
        ("UPDATE users u JOIN orders o ON o.user_id = u.id SET u.status = 1", ["status"]),
        ("DELETE u FROM users u JOIN orders o ON o.userid = u.id", ["userid"]),
        ("SELECT `nope` FROM users", ["nope"]),
        ("INSERT INTO users (id) VALUES (1) ON DUPLICATE KEY UPDATE nope = VALUES(id)", ["nope"]),
    ],
)
def test_mysql_is_accused(sql: str, expected: list[str]) -> None:
    assert missing(ask(sql, "mysql")) == expected


def test_text_another_dialect_takes_is_no_syntax_error() -> None:
    sql = "SELECT id FROM users WHERE id = ("
    assert [each.kind for each in ask(sql).problems] == ["syntax"]
    backticks = "SELECT `id` FROM users WHERE name = 'it\\'s'"
    assert not resolve(embed_plain(backticks), "postgres", shop("postgres"), alternatives=("mysql",)).problems


@pytest.mark.parametrize(
    "sql",
    ["VACUUM", "PRAGMA foreign_keys = ON", "BEGIN", "CREATE TABLE carts (id int)", "DROP TABLE users", "SAVEPOINT a"],
)
def test_other_statements_have_no_references(sql: str) -> None:
    resolution = ask(sql)
    assert resolution.status == "resolved"
    assert not resolution.references
    assert resolution.statements[0].kind in ("ddl", "other")


def test_scripts_are_split() -> None:
    resolution = resolve(
        embed_plain("BEGIN; UPDATE users SET nope = 1; SELECT x FROM orders; COMMIT;"),
        "sqlite",
        shop("sqlite"),
        script=True,
    )
    assert [statement.kind for statement in resolution.statements] == ["other", "update", "select", "other"]
    assert missing(resolution) == ["nope", "x"]


def test_offsets_survive_placeholders() -> None:
    sql = "SELECT id FROM users WHERE id = %(id)s AND emial = %(email)s AND 'ü%%' <> nmae"
    found = resolve(embed_plain(sql), "postgres", shop("postgres"), paramstyle="pyformat").references
    assert [sql[each.start : each.end] for each in found] == ["id", "users", "id", "emial", "nmae"]


@pytest.mark.parametrize(
    ("sql", "status", "tables"),
    [
        ("INSERT INTO users (id, email) VALUES ?", "resolved", ["users"]),
        ("INSERT INTO users SET ?", "partial", ["users"]),
        ("UPDATE users SET ? WHERE id = ?", "partial", ["users"]),
        ("SELECT id FROM ?? WHERE id = ?", "unresolved", [""]),
        ("SELECT ?? FROM users WHERE id IN (?)", "partial", ["users"]),
    ],
)
def test_placeholders_that_are_no_values(sql: str, status: str, tables: list[str]) -> None:
    resolution = resolve(embed_plain(sql), "mysql", shop("mysql"), paramstyle="qmark")
    assert not resolution.problems
    assert not missing(resolution)
    assert resolution.status == status
    assert [each.table for each in resolution.references if each.column is None] == tables


def test_uncertain_column_is_not_ambiguous() -> None:
    schema = shop("sqlite")
    orders = schema.tables["", "orders"]
    columns = tuple(msgspec.structs.replace(column, certain=column.name != "created_at") for column in orders.columns)
    changed = {**schema.tables, ("", "orders"): msgspec.structs.replace(orders, columns=columns)}
    sql = "SELECT created_at FROM users, orders"
    assert [problem.name for problem in ask(sql).problems] == ["created_at"]
    assert not ask(sql, schema=msgspec.structs.replace(schema, tables=changed)).problems


def test_row_star_leaves_shape_open() -> None:
    assert ask("SELECT (u).*, id FROM users u", "postgres").statements[0].columns is None


@pytest.mark.parametrize("sql", ["SELECT last_value FROM order_numbers", "SELECT max_value FROM orders_id_seq"])
def test_sequences_are_not_missing_tables(sql: str) -> None:
    assert not missing(ask(sql, "postgres"))
