"""Query sites of the JavaScript drivers, and calls of the same names that are none."""

import pytest

from tests.extract.javascript import facts, queries, texts

PG = "const { Pool } = require('pg');\n"
SQLITE3 = "const sqlite3 = require('sqlite3');\n"
BETTER = "import Database from 'better-sqlite3';\n"
MYSQL = "import mysql from 'mysql2/promise';\n"
POSTGRES = "import postgres from 'postgres';\nconst sql = postgres();\n"


def bound(code: str) -> tuple[int, bool, list[str | None]]:
    (query,) = queries(code)
    assert query.arguments is not None
    return len(query.arguments.values), query.arguments.complete, [value.name for value in query.arguments.values]


@pytest.mark.parametrize(
    ("call", "count", "complete"),
    [
        ("pool.query('SELECT 1')", 0, True),
        ("pool.query('SELECT $1', [id])", 1, True),
        ("pool.query('SELECT $1', [id, ...more])", 2, False),
        ("pool.query('SELECT $1', values)", 0, False),
        ("pool.query('SELECT 1', (error, result) => {})", 0, True),
        ("pool.query({ text: 'SELECT $1', values: [id], rowMode: 'array' })", 1, True),
        ("pool.query({ name: 'find', text: 'SELECT $1' }, [id])", 1, True),
        ("client.query(new Cursor('SELECT $1', [id]))", 1, True),
        ("(await getPool()).query('SELECT $1', [id])", 1, True),
    ],
)
def test_pg_arguments(call: str, count: int, complete: bool) -> None:
    assert bound(PG + call)[:2] == (count, complete)


def test_pg_values_through_a_name() -> None:
    assert bound(PG + "function find(id) { const values = [id, 1]; pool.query('SELECT $1, $2', values); }")[:2] == (
        2,
        True,
    )
    code = PG + "function find(id) { const values = [id]; values.push(1); pool.query('SELECT $1, $2', values); }"
    assert bound(code)[:2] == (0, False)
    assert bound(PG + "const find = { text: 'SELECT $1', values: [1] };\npool.query(find, done);")[:2] == (1, True)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("await pool.query<User>('SELECT 1')", "User"),
        ("(await pool.query('SELECT 1')).rows as User[]", "User"),
        ("const users: User[] = (await pool.query('SELECT 1')).rows", "User"),
        ("pool.query<any>('SELECT 1')", None),
        ("pool.query<Record<string, string>>('SELECT 1')", None),
        ("pool.query<[string], User>({ text: 'SELECT 1', rowMode: 'array' })", None),
    ],
)
def test_pg_rows(code: str, row: str | None) -> None:
    (query,) = queries(PG + code)
    assert (query.row.model if query.row else None) == row
    assert query.row is None or not query.row.strict


def test_pg_inline_row() -> None:
    (query,) = queries(PG + "pool.query<{ id: number; name: string | null }>('SELECT id, name FROM users')")
    assert query.row is not None
    assert [(field.name, field.type.optional) for field in query.row.fields] == [("id", False), ("name", True)]


def test_pg_unknown_text_counts_where_the_driver_is_imported() -> None:
    code = "export const run = (text, values) => pool.query(text, values);"
    assert len(queries(PG + code)) == 1
    assert len(queries(code, depends=("pg",))) == 1
    assert queries(code, depends=("mongodb",)) == []
    assert queries(PG + "export const run = (text) => page.query(text);") == []


@pytest.mark.parametrize(
    "code",
    [
        "client.query({ query: gql`query { users }` })",
        "pool.query('hello')",
        "element.query('select.users')",
        "sequelize.query('SELECT 1', { type: QueryTypes.SELECT, replacements: { id } })",
        "pool.on('error', (error) => error)",
        "pool.query(new Task())",
        "clickhouse.query('SELECT id FROM users')",
    ],
)
def test_pg_silent(code: str) -> None:
    assert [query for query in queries(PG + code) if query.framework == "pg"] == []


def test_a_file_of_another_database_is_not_ours() -> None:
    code = "import { BigQuery } from '@google-cloud/bigquery';\nbigquery.query('SELECT 1');"
    assert queries(code, depends=("pg",)) == []


def test_a_file_may_use_a_cache_as_well() -> None:
    code = "const redis = require('redis');\nconst db = require('./db');\ndb.query('SELECT 1'); client.get(key); redis.query(key);"
    assert texts(code, "javascript", depends=("pg", "redis")) == ["SELECT 1"]


def test_two_drivers_in_one_project() -> None:
    found = queries(
        "db.query('SELECT $1', [id]);\ndb.query('SELECT ?', [id]);\ndb.query('SELECT 1');", depends=("pg", "mysql2")
    )
    assert [(query.framework, query.dialect_hint) for query in found] == [
        ("pg", "postgres"), ("mysql2", "mysql"), ("mysql2", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("db.prepare('SELECT ?').get(1)", (1, True, [None])),
        ("db.prepare('SELECT ?, ?').all([1, 2])", (2, True, [None, None])),
        ("db.prepare('SELECT @id, :name').run({ id, name: 1 })", (2, True, ["id", "name"])),
        ("db.prepare('SELECT ?').get(id)", (1, False, [None])),
        ("db.prepare('SELECT ?').pluck().get(1)", (1, True, [None])),
        ("db.prepare('SELECT ?').bind(1).first('name')", (1, True, [None])),
        ("db.prepare('SELECT ?').bind(...values).all()", (1, False, [None])),
        ("db.prepare('SELECT 1').first()", (0, True, [])),
    ],
)
def test_better_sqlite3_arguments(call: str, expected: tuple[int, bool, list[str | None]]) -> None:
    assert bound(BETTER + call) == expected


def test_better_sqlite3_statement_stands_where_it_runs() -> None:
    code = (
        BETTER
        + """
    const find = db.prepare<[number], User>('SELECT id FROM users WHERE id = ?');
    class Orders {
      private total = db.prepare('SELECT total FROM orders WHERE user_id = ?');
      totals(users: number[]) { for (const user of users) this.total.get(user); }
    }
    function list(ids: number[]) { return ids.map((id) => find.get(id)); }
    const unused = db.prepare('SELECT 3');
    """
    )
    found = queries(code)
    assert [(query.operation, len(query.loops)) for query in found] == [
        ("statement", 1),
        ("statement", 1),
        ("prepare", 0),
    ]
    assert found[0].row is not None
    assert found[0].row.model == "User"
    assert found[2].arguments is None


def test_better_sqlite3_scripts_and_pragmas() -> None:
    code = (
        BETTER
        + "db.exec(`CREATE TABLE users (id)`); db.pragma('foreign_keys = ON'); pattern.exec('select x'); /a/.exec(text);"
    )
    assert [(query.operation, query.text.skeleton) for query in queries(code)] == [
        ("script", "CREATE TABLE users (id)"), ("statement", "PRAGMA foreign_keys = ON"),
    ]  # fmt: skip


def test_unknown_scripts_count_on_a_database() -> None:
    code = "export const run = async (c, sql) => { await c.env.DB.exec(sql); pattern.exec(sql); dbPattern.exec(sql); };"
    assert len(queries(code, "javascript", depends=("wrangler",))) == 1


def test_d1_and_bun() -> None:
    d1 = "async function find(env: { DB: D1Database }) { return await env.DB.prepare('SELECT 1').bind(1).first<User>(); }"
    (query,) = queries(d1)
    assert (query.framework, query.row.model if query.row else None) == ("better_sqlite3", "User")
    bun = "import { Database } from 'bun:sqlite';\ndb.query<User, [number]>('SELECT ?').get(1);"
    (query,) = queries(bun)
    assert (query.framework, query.row.model if query.row else None) == ("better_sqlite3", "User")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("db.get('SELECT ?', [1], (error, row) => {})", (1, True, [None])),
        ("db.run('SELECT ?, ?', 1, 2, function (error) {})", (2, True, [None, None])),
        ("db.all('SELECT $id', { $id: 1 }, done)", (2, False, [None, None])),
        ("db.all('SELECT $id', { $id: 1 })", (1, True, ["id"])),
        ("db.each('SELECT 1', (error, row) => {}, (error, count) => {})", (0, True, [])),
        ("await db.get('SELECT ?', 'a')", (1, True, [None])),
    ],
)
def test_node_sqlite3_arguments(call: str, expected: tuple[int, bool, list[str | None]]) -> None:
    assert bound(SQLITE3 + call) == expected


def test_node_sqlite3_silent() -> None:
    code = (
        SQLITE3
        + """
    app.get('/users', list); router.all('*', list); redis.get(key); cp.exec('select x'); app.get('select');
    map.get(id); app.run(sql); redisdb.get(key); Promise.all(tasks); pattern.exec(text);
    """
    )
    assert queries(code, "javascript") == []


def test_node_sqlite3_unknown_text() -> None:
    code = SQLITE3 + "module.exports.all = (sql, values) => new Promise((done) => db.all(sql, values, done));"
    (query,) = queries(code, "javascript")
    assert query.text.is_blank


@pytest.mark.parametrize(
    ("call", "text", "expected"),
    [
        ("pool.query('SELECT ?', [1])", "SELECT ?", (1, True, [None])),
        ("pool.query('SELECT ?', 1, done)", "SELECT ?", (1, True, [None])),
        ("pool.query('SELECT ?', id)", "SELECT ?", (1, False, [None])),
        ("pool.query({ sql: 'SELECT ?', values: [1] })", "SELECT ?", (1, True, [None])),
        ("pool.execute('SELECT :id', { id })", "SELECT :id", (1, True, ["id"])),
        ("pool.query('SELECT ?? FROM ?? WHERE id = ?', ['id', table, 1])", "SELECT id FROM {} WHERE id = ?", (1, True, [None])),
        ("pool.query('INSERT INTO users SET ?', { email, name: 1 })", "INSERT INTO users SET email = ?, name = ?", (2, True, [None, None])),
        ("pool.query('UPDATE users SET ? WHERE id = ?', [user, 1])", "UPDATE users SET {} WHERE id = ?", (1, True, [None])),
        ("pool.query('INSERT INTO users (id) VALUES ?', [[[1], [2]]])", "INSERT INTO users (id) VALUES {}", (0, True, [])),
        ("pool.query('INSERT INTO users (id, name) VALUES (?)', [[1, 'a']])", "INSERT INTO users (id, name) VALUES ({})", (0, True, [])),
        ("pool.query('INSERT INTO users (id, name) VALUES (?, ?)', [1, 'a'])", "INSERT INTO users (id, name) VALUES (?, ?)", (2, True, [None, None])),
        ("pool.query('SELECT ?? FROM users', columns)", "SELECT {} FROM users", (1, False, [None])),
    ],
)  # fmt: skip
def test_mysql2(call: str, text: str, expected: tuple[int, bool, list[str | None]]) -> None:
    assert texts(MYSQL + call) == [text]
    assert bound(MYSQL + call) == expected


def test_mysql2_rows() -> None:
    found = queries(
        MYSQL
        + """
    const [users] = await pool.query<(User & RowDataPacket)[]>('SELECT 1');
    const [done] = await pool.execute<ResultSetHeader>('SELECT 2');
    const [rows] = await pool.query<RowDataPacket[]>('SELECT 3');
    """
    )
    assert [query.row.model if query.row else None for query in found] == ["User", None, None]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("sql`SELECT ${id}`", "SELECT $1"),
        ("sql`SELECT id FROM ${sql('users')}`", "SELECT id FROM users"),
        ("sql`SELECT ${sql(columns)} FROM users`", "SELECT {} FROM users"),
        ("sql`SELECT ${sql(['id', 'email'])} FROM ${sql('shop.users')}`", "SELECT id, email FROM shop.users"),
        ("sql`SELECT 1 FROM users WHERE email IN ${sql(['a', 'b'])}`", "SELECT 1 FROM users WHERE email IN {}"),
        ("sql`SELECT ${sql('Mixed')} FROM users`", "SELECT {} FROM users"),
        ("sql`SELECT 1 FROM users ${sql`WHERE id = ${id}`}`", "SELECT 1 FROM users WHERE id = $1"),
        ("sql`SELECT 1 FROM users ${id ? sql`WHERE id = ${id}` : sql``}`", "SELECT 1 FROM users {}"),
        ("sql`INSERT INTO users ${sql(user, 'name', 'email')}`", "INSERT INTO users (name, email) values ($1, $2)"),
        ("sql`INSERT INTO users ${sql({ name, email: 1 })}`", "INSERT INTO users (name, email) values ($1, $2)"),
        ("sql`INSERT INTO users ${sql(users)}`", "INSERT INTO users {}"),
        ("sql`UPDATE users SET ${sql(user, 'name')} WHERE id = ${id}`", "UPDATE users SET name = $1 WHERE id = $2"),
        ("sql`SELECT ${sql.json(user)} FROM users WHERE ${filter}`", "SELECT $1 FROM users WHERE {}"),
        ("sql`SELECT 1 FROM users ORDER BY ${sql.unsafe('id')}`", "SELECT 1 FROM users ORDER BY id"),
        ("sql.unsafe('SELECT $1', [id])", "SELECT $1"),
        ("sql.begin((tx) => tx`SELECT 1`)", "SELECT 1"),
        ("sql.begin(async (tx) => tx.savepoint((inner) => inner`SELECT 1`))", "SELECT 1"),
        ("sql<User[]>`SELECT 1`", "SELECT 1"),
        ("sql<{ id: string }[]>`SELECT 1`.then(first)", "SELECT 1"),
        ("sql<User>`SELECT 1`", "SELECT 1"),
    ],
)
def test_postgres_js(template: str, text: str) -> None:
    code = POSTGRES + f"async function find(id, user) {{ const found = await {template}; }}"
    (query,) = queries(code)
    assert (query.framework, query.text.skeleton) == ("postgres_js", text)
    assert ("<" in template) == (query.row is not None)


def test_postgres_js_fragment_through_a_name() -> None:
    code = (
        POSTGRES
        + "function find(id) { const filter = sql`WHERE id = ${id}`; return sql`SELECT 1 FROM users ${filter}`; }"
    )
    assert texts(code) == ["SELECT 1 FROM users WHERE id = $1"]


def test_a_tag_without_a_maker_is_none() -> None:
    imported = "import { sql } from './db';\nsql`SELECT 1`;"
    assert len(queries(imported, depends=("postgres",))) == 1
    assert queries(imported, depends=("postgres", "drizzle-orm")) == []
    assert queries("import { sql } from 'kysely';\nsql`SELECT 1`;", depends=("postgres",)) == []
    assert queries("const sql = tag();\nsql`SELECT 1`;", depends=("postgres",)) == []
    assert queries(POSTGRES + "html`SELECT 1`; gql`query`;") == []


def test_vercel_and_neon() -> None:
    assert texts("import { sql } from '@vercel/postgres';\nsql`SELECT ${id}`;") == ["SELECT $1"]
    assert texts("import { neon } from '@neondatabase/serverless';\nconst sql = neon(url);\nsql`SELECT 1`;") == [
        "SELECT 1"
    ]


def test_no_driver_no_query() -> None:
    assert facts("db.query('SELECT 1'); db.prepare('SELECT 1'); sql`SELECT 1`;").queries == ()
