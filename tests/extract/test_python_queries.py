"""Which calls of a Python file are queries, and what they bind."""

import pytest

from tests.extract.python_source import queries, query


@pytest.mark.parametrize(
    "code",
    [
        'ctx.db.fetchrow("SELECT 1")',
        'anything().execute("UPDATE users SET name = ?", (1,))',
        'cursor.execute(operation="SELECT 1")',
        'session.execute(text("SELECT 1"))',
        'extras.execute_values(cur, "INSERT INTO users VALUES %s", rows)',
        'txn.execute_values("INSERT INTO users VALUES ?", rows)',
        'pandas.read_sql("SELECT 1", engine)',
        'with conn.execute("SELECT 1") as cursor: pass',
        "import sqlite3\ncur.execute(sql)",
        "import psycopg\nself.conn.execute(self.sql)",
        "def f(c: asyncpg.Connection, q):\n    import asyncpg\n    c.fetch(q)",
        'from .compat import sqlite3\nconn.execute(f"{start} FROM users")',
        "store.db.execute(FIND_SQL, (1,))",
        'SQL = "SELECT 1"\nrun.execute(SQL)',
    ],
)
def test_a_query(code: str) -> None:
    assert len(queries(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        'executor.execute("deploy")',
        'session.fetch("https://shop.example/users")',
        "executor.execute(task)",
        "conn.execute(statement)",
        'print("SELECT 1")',
        "import sqlalchemy\nsession.execute(select(User))",
        "import sqlalchemy\nimport sqlite3\nconn.execute(select(User).where(1))",
        "import sqlite3\nself.execute(sql)",
        "import sqlite3\ncur.fetchmany(size)",
        "import sqlite3\nconn.cursor(factory)",
        'NAME = "users"\nimport sqlite3\nconn.execute(NAME)',
        'execute("SELECT 1")',
    ],
)
def test_no_query(code: str) -> None:
    assert queries(code) == ()


@pytest.mark.parametrize(
    ("code", "names", "complete"),
    [
        ('c.execute("SELECT ?", (a,))', [None], True),
        ('c.execute("SELECT ?", [a, *b])', [None, None], False),
        ('c.execute("SELECT ?", a)', [], False),
        ('c.execute("SELECT 1")', [], True),
        ('c.execute("SELECT 1", None)', [], True),
        ('c.execute("SELECT :a", {"a": 1, "b": 2})', ["a", "b"], True),
        ('c.execute("SELECT :a", {"a": 1, **more})', ["a"], False),
        ('c.execute("SELECT :a", dict(a=1))', ["a"], True),
        ('c.execute("SELECT ?", params=(a, b))', [None, None], True),
        ('c.fetch("SELECT $1, $2", a, b)', [None, None], True),
        ('c.fetch("SELECT $1", a, timeout=3)', [None], True),
        ('c.fetch("SELECT $1", *a)', [None], False),
        ('c.fetch("SELECT 1 = ANY($1)", [a, b])', [None], True),
        ('import sqlite3\nc.execute("SELECT ?1", [a])', [None], True),
        ('def f(c, a):\n    values = (a, a)\n    c.execute("SELECT ?, ?", values)', [None, None], True),
        ('def f(c, a):\n    values = [a]\n    values.append(a)\n    c.execute("SELECT ?, ?", values)', [], False),
        ('c.execute("SELECT ?", **more)', [], False),
    ],
)
def test_bound_values(code: str, names: list[str | None], *, complete: bool) -> None:
    arguments = query(code).arguments
    assert arguments is not None
    assert [value.name for value in arguments.values] == names
    assert arguments.complete == complete


@pytest.mark.parametrize(
    ("code", "operation"),
    [
        ('c.executemany("INSERT INTO users VALUES (?)", rows)', "many"),
        ('c.executescript("SELECT 1; SELECT 2")', "script"),
        ('c.prepare("SELECT 1")', "prepare"),
    ],
)
def test_operations_bind_elsewhere(code: str, operation: str) -> None:
    found = query(code)
    assert (found.operation, found.arguments) == (operation, None)


@pytest.mark.parametrize(
    ("code", "dependency", "dialect", "style"),
    [
        ("import sqlite3", "", "sqlite", "any"),
        ("import aiosqlite", "", "sqlite", "any"),
        ("from psycopg import sql", "", "postgres", "none"),
        ("import asyncpg", "", "postgres", "numeric"),
        ("import pymysql.cursors", "", "mysql", "none"),
        ("import mysql.connector", "", "mysql", "none"),
        ("import sqlite3, psycopg", "", "", "any"),
        ("", "psycopg2-binary", "postgres", "any"),
        ("", "aiosqlite", "sqlite", "any"),
        ("import sqlite3", "asyncpg", "sqlite", "any"),
        ("", "", "", "any"),
    ],
)
def test_the_driver_says_the_dialect(code: str, dependency: str, dialect: str, style: str) -> None:
    found = query(f'{code}\nc.execute("SELECT 1")', *filter(None, [dependency]))
    assert (found.dialect_hint, found.paramstyle) == (dialect, style)


def test_sqlalchemy_texts_take_names() -> None:
    assert query('import psycopg\nc.execute(text("SELECT :id"), {"id": 1})').paramstyle == "named"
    assert query('import psycopg\nc.execute("SELECT %s", (1,))').paramstyle == "pyformat"


def test_a_wrapper_may_translate_the_marks() -> None:
    assert query('import psycopg\ntxn.execute("SELECT ?", (1,))').paramstyle == "any"
    assert query("import psycopg\nc.execute(\"SELECT x ? 'a', %s\", (1,))").paramstyle == "pyformat"


def test_a_site_knows_its_function_and_handle() -> None:
    found = query('class Users:\n    def find(self):\n        return self.db.execute("SELECT 1")\n')
    assert found.handle == "self.db"
    assert found.function is not None
    assert found.span.start > found.function.start
