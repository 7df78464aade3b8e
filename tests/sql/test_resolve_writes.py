"""What resolve says that statements write and compare."""

import pytest

from analyzer.sql.resolution import Write
from tests.sql.test_resolve import ask


def writes(sql: str, dialect: str = "sqlite") -> tuple[Write, ...]:
    statement = ask(sql, dialect).statements[0]  # type: ignore[arg-type]
    return statement.writes


def names(write: Write) -> list[str]:
    return [column.name for column in write.columns]


def shown(write: Write) -> list[list[str]]:
    return [[f"{value.kind}:{value.text or value.position or ''}" for value in row] for row in write.rows]


def test_rows_of_an_insert() -> None:
    sql = "INSERT INTO users (ID, email, name) VALUES (1, 'it''s', NULL), (-2, ?, DEFAULT)"
    (write,) = writes(sql)
    assert (write.verb, write.table, names(write)) == ("insert", "users", ["id", "email", "name"])
    assert shown(write) == [["constant:1", "constant:it's", "null:"], ["constant:-2", "parameter:1", "default:"]]
    value = write.rows[0][1]
    assert (sql[write.start : write.end], sql[value.start : value.end], value.quoted) == ("users", "'it''s'", True)
    assert sql[write.rows[1][0].start : write.rows[1][0].end] == "-2"


def test_an_insert_without_a_list_writes_every_column() -> None:
    (write,) = writes("INSERT INTO orders VALUES (1, 2, 'open')", "postgres")
    assert (names(write), write.complete) == (["id", "user_id", "status"], True)
    assert all(column.end == 0 for column in write.columns)


@pytest.mark.parametrize("sql", ["INSERT INTO users DEFAULT VALUES", "INSERT INTO users () VALUES ()"])
def test_defaults_alone(sql: str) -> None:
    (write,) = writes(sql, "mysql" if "()" in sql else "postgres")
    assert (write.columns, write.rows, write.source, write.complete) == ((), (), "default", True)


def test_a_select_list_is_a_row() -> None:
    (write,) = writes("INSERT INTO users (email, name) SELECT $1, 'x' WHERE true", "postgres")
    assert (write.source, shown(write)) == ("query", [["parameter:1", "constant:x"]])
    (write,) = writes("INSERT INTO users (email, name) SELECT * FROM users", "postgres")
    assert (write.source, write.rows) == ("query", ())


def test_the_conflict_clause_and_what_it_writes() -> None:
    insert, update = writes(
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (Email, lower(name)) WHERE age > 1 DO UPDATE SET name = 'q', age = excluded.age"
    )
    conflict = insert.conflict
    assert conflict is not None
    assert (conflict.action, conflict.target, conflict.expressions) == ("update", ("email", "LOWER(name)"), True)
    assert conflict.where == "age > 1"
    assert (update.verb, names(update), shown(update)) == ("update", ["name", "age"], [["constant:q", "column:"]])
    assert update.filtered
    (write,) = writes("INSERT INTO users (id) VALUES (1) ON CONFLICT ON CONSTRAINT Users_Pkey DO NOTHING", "postgres")
    assert write.conflict is not None
    assert (write.conflict.constraint, write.conflict.target) == ("users_pkey", None)
    insert, update = writes("INSERT INTO users (id) VALUES (1) ON DUPLICATE KEY UPDATE name = VALUES(name)", "mysql")
    assert insert.conflict is not None
    assert (insert.conflict.target, names(update)) == (None, ["name"])


@pytest.mark.parametrize(
    ("sql", "dialect", "mode"),
    [
        ("REPLACE INTO users (id) VALUES (1)", "mysql", "replaces"),
        ("INSERT OR REPLACE INTO users (id) VALUES (1)", "sqlite", "replaces"),
        ("INSERT OR IGNORE INTO users (id) VALUES (1)", "sqlite", "ignores"),
        ("INSERT IGNORE INTO users (id) VALUES (1)", "mysql", "ignores"),
        ("UPDATE OR IGNORE users SET name = 'x'", "sqlite", "ignores"),
        ("UPDATE IGNORE users SET name = 'x'", "mysql", "ignores"),
        ("INSERT INTO users (id) OVERRIDING SYSTEM VALUE VALUES (1)", "postgres", "overrides"),
        ("INSERT INTO users (id) VALUES (1)", "postgres", ""),
    ],
)
def test_modes(sql: str, dialect: str, mode: str) -> None:
    write = writes(sql, dialect)[0]
    assert [name for name in ("replaces", "ignores", "overrides") if getattr(write, name)] == ([mode] if mode else [])


def test_assignments() -> None:
    (write,) = writes("UPDATE orders SET status = 'open', (total, user_id) = (1, DEFAULT)", "postgres")
    assert (names(write), shown(write)) == (
        ["status", "total", "user_id"],
        [["constant:open", "constant:1", "default:"]],
    )
    assert not write.filtered
    (write,) = writes("UPDATE orders SET (total, user_id) = (SELECT 1, 2) FROM users", "postgres")
    assert (shown(write), write.filtered) == ([["expression:", "expression:"]], True)
    found = writes("UPDATE users u JOIN orders o ON o.user_id = u.id SET u.name = 'x', o.status = 'y'", "mysql")
    assert [(one.table, names(one), one.filtered) for one in found] == [
        ("users", ["name"], True),
        ("orders", ["status"], True),
    ]


@pytest.mark.parametrize(
    ("sql", "dialect", "filtered"),
    [
        ("DELETE FROM users", "sqlite", False),
        ("DELETE FROM users WHERE id = 1", "sqlite", True),
        ("DELETE FROM users USING orders", "postgres", True),
        ("DELETE FROM users LIMIT 5", "mysql", True),
    ],
)
def test_deletes(sql: str, dialect: str, *, filtered: bool) -> None:
    (write,) = writes(sql, dialect)
    assert (write.verb, write.table, write.filtered) == ("delete", "users", filtered)


def test_merge_and_ctes_write_too() -> None:
    insert, update = writes(
        "MERGE INTO users u USING orders o ON o.user_id = u.id WHEN NOT MATCHED THEN INSERT (id, email) VALUES (1, DEFAULT) "
        "WHEN MATCHED THEN UPDATE SET name = 'x'",
        "postgres",
    )
    assert (names(insert), shown(insert)) == (["id", "email"], [["constant:1", "default:"]])
    assert (names(update), update.filtered) == (["name"], True)
    first, second = writes(
        "WITH made AS (INSERT INTO users (email) VALUES ('a') RETURNING id) UPDATE orders SET status = 'x' FROM made",
        "postgres",
    )
    assert (first.verb, second.verb) == ("insert", "update")


def test_constants_beside_columns() -> None:
    statement = ask(
        "SELECT 1 FROM orders WHERE 'a' = status AND status IN ('b', $1) AND status <> 'c' AND id < 3 AND total + 1 = 2 AND status LIKE 'd%'",
        "postgres",
    ).statements[0]
    found = [(one.column, one.operator, one.value.text or one.value.position) for one in statement.compared]
    assert found == [
        ("orders.status", "=", "a"),
        ("orders.status", "IN", "b"),
        ("orders.status", "IN", 1),
        ("orders.status", "<>", "c"),
        ("orders.id", "<", "3"),
        ("orders.status", "LIKE", "d%"),
    ]


def test_casts() -> None:
    (write,) = writes("UPDATE users SET name = 'long'::varchar(2), email = 'x'::text, age = $1::int", "postgres")
    assert shown(write) == [["expression:", "constant:x", "parameter:1"]]
