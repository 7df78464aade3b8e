"""Our verdicts against SQLite's own: what it refuses to compile we accuse, and nothing else."""

import re
import sqlite3
from collections.abc import Iterator

import pytest

from analyzer.sql.embed import embed_plain
from analyzer.sql.resolve import resolve
from tests.sql.shop import ddl, shop

VERDICTS = (
    (re.compile(r"no such column: \"?(?:\w+\.)?(\w+)"), "column"),
    (re.compile(r"has no column named (\w+)"), "column"),
    (re.compile(r"no such table: (?:\w+\.)?(\w+)"), "table"),
    (re.compile(r"ambiguous column name: (\w+)"), "ambiguous"),
    (re.compile(r"table (\w+) has \d+ columns but \d+ values were supplied"), "count"),
    (re.compile(r"\d+ values for \d+ columns"), "count"),
    (re.compile(r"incomplete input|syntax error|unrecognized token"), "syntax"),
)

STATEMENTS = [line.strip() for line in """
SELECT id, email FROM users
SELECT id, emial FROM users
SELECT u.id, u.emial FROM users u
SELECT users.id FROM users u2 JOIN users ON users.id = u2.id
SELECT * FROM user
SELECT u.* FROM users u
SELECT id FROM users, orders
SELECT users.id FROM users, orders WHERE status = 'paid'
SELECT created_at FROM users JOIN orders ON orders.user_id = users.id
SELECT email, status FROM users JOIN orders ON orders.user_id = users.id
SELECT email FROM users WHERE nmae = 'x'
SELECT email FROM users WHERE name = "x"
SELECT "nope" FROM users
SELECT `nope` FROM users
SELECT [nope] FROM users
SELECT "email" FROM users
SELECT rowid, oid, _rowid_, id FROM users
SELECT u.rowid FROM users u
SELECT email AS mail FROM users WHERE mail LIKE '%@%'
SELECT email AS mail FROM users ORDER BY mail
SELECT email AS mail FROM users GROUP BY mail HAVING mail IS NOT NULL
SELECT email AS mail, mail FROM users
SELECT age + 1 AS next FROM users ORDER BY next + 1
SELECT age FROM users ORDER BY agee
SELECT count(*) c FROM users GROUP BY active HAVING c > 1
SELECT count(*) c FROM users GROUP BY activ
WITH recent AS (SELECT id, user_id FROM orders) SELECT user_id FROM recent
WITH recent AS (SELECT id, user_id FROM orders) SELECT total FROM recent
WITH recent(a, b) AS (SELECT id, user_id FROM orders) SELECT a, b FROM recent
WITH recent(a, b) AS (SELECT id, user_id FROM orders) SELECT id FROM recent
WITH RECURSIVE tree(id, depth) AS (SELECT id, 0 FROM products WHERE parent_id IS NULL UNION ALL SELECT p.id, tree.depth + 1 FROM products p JOIN tree ON p.parent_id = tree.id) SELECT id, depth FROM tree
WITH RECURSIVE tree(id, depth) AS (SELECT id, 0 FROM products UNION ALL SELECT p.id, tree.dept + 1 FROM products p JOIN tree ON p.parent_id = tree.id) SELECT id FROM tree
WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n WHERE x < 10) SELECT x FROM n
WITH a AS (SELECT id FROM users), b AS (SELECT id FROM a) SELECT b.id FROM b
WITH a AS (SELECT id FROM users) SELECT c.id FROM a
SELECT x.id FROM (SELECT id FROM users) x
SELECT x.email FROM (SELECT id FROM users) x
SELECT email FROM (SELECT id FROM users)
SELECT id FROM (SELECT id, email FROM users) WHERE email IS NOT NULL
SELECT id FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = users.id)
SELECT id FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = users.idd)
SELECT id FROM users u WHERE EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.id AND email <> '')
SELECT id FROM users WHERE id IN (SELECT user_id FROM orders)
SELECT id FROM users WHERE id IN (SELECT userid FROM orders)
SELECT id FROM users WHERE id IN (SELECT email FROM orders)
SELECT (SELECT max(total) FROM orders WHERE user_id = u.id) FROM users u
SELECT (SELECT max(totla) FROM orders WHERE user_id = u.id) FROM users u
SELECT id FROM users UNION SELECT id FROM orders ORDER BY id
SELECT id FROM users UNION ALL SELECT nope FROM orders
SELECT id FROM users EXCEPT SELECT user_id FROM orders
SELECT id FROM users INTERSECT SELECT user_id FROM ordes
SELECT o.id FROM orders o JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id WHERE p.title = 'x'
SELECT price FROM order_items JOIN products ON products.id = order_items.product_id
SELECT title FROM orders JOIN products USING (id)
SELECT id FROM orders JOIN products USING (id)
SELECT id FROM orders JOIN products USING (title)
SELECT id FROM users NATURAL JOIN orders
SELECT created_at FROM users NATURAL JOIN orders
SELECT price FROM order_items NATURAL JOIN products
SELECT u.id FROM users u LEFT JOIN orders o ON o.user_id = u.id AND o.nope = 1
SELECT u.id FROM users u LEFT JOIN orders o ON o.user_id = x.id
SELECT row_number() OVER (PARTITION BY user_id ORDER BY created_at) FROM orders
SELECT row_number() OVER (PARTITION BY userid ORDER BY created_at) FROM orders
SELECT sum(total) OVER w FROM orders WINDOW w AS (PARTITION BY user_id)
SELECT sum(total) OVER w FROM orders WINDOW w AS (PARTITION BY uid)
SELECT count(*) FILTER (WHERE total > 1) FROM orders
SELECT count(*) FILTER (WHERE totall > 1) FROM orders
SELECT group_concat(title, ', ') FROM products
SELECT CASE WHEN age > 18 THEN 'adult' ELSE nmae END FROM users
SELECT CAST(age AS TEXT) FROM users
SELECT CAST(agee AS TEXT) FROM users
SELECT tags ->> '$.a' FROM products
SELECT tag ->> '$.a' FROM products
SELECT json_extract(tags, '$.a') FROM products
SELECT value FROM products, json_each(products.tags)
SELECT j.value, j.key FROM products p, json_each(p.tags) j
SELECT j.nope FROM products p, json_each(p.tags) j
SELECT name, type FROM pragma_table_info('users')
SELECT name, sql FROM sqlite_master WHERE type = 'table'
SELECT name FROM sqlite_schema
SELECT strftime('%Y', created_at), datetime('now') FROM users
SELECT current_timestamp, current_date, null, true
SELECT coalesce(name, email), ifnull(age, 0), nullif(age, 1) FROM users
SELECT coalesce(nam, email) FROM users
SELECT id FROM users LIMIT 10 OFFSET 5
SELECT id FROM users LIMIT ?
SELECT id FROM users WHERE id = ?1 OR age = ?1
SELECT id FROM users WHERE id = :id AND name = @name AND age = $age
SELECT id FROM users WHERE id IN (?, ?, ?)
SELECT id FROM users WHERE nam = ?
SELECT id FROM users WHERE age BETWEEN 1 AND maximum
SELECT id FROM users WHERE name LIKE ? ESCAPE '\\'
SELECT id FROM users WHERE name GLOB 'a*'
SELECT id FROM users WHERE name COLLATE NOCASE = 'x'
SELECT id FROM users WHERE name IS NULL OR age IS NOT NULL
SELECT id FROM users WHERE name ISNULL
SELECT id FROM users WHERE (id, age) = (1, 2)
SELECT id FROM users WHERE (id, agee) = (1, 2)
SELECT id FROM users WHERE id IN orders
SELECT DISTINCT status FROM orders
SELECT DISTINCT statuss FROM orders
SELECT u1.email FROM users u1 JOIN users u2 ON u1.id = u2.id WHERE email = 'x'
SELECT main.users.id FROM main.users
SELECT id FROM main.user
SELECT max(id, age) FROM users
SELECT ID, EMAIL FROM USERS
SELECT 'it''s', id FROM users -- trailing
SELECT /* nope */ id FROM users
VALUES (1, 2), (3, 4)
SELECT column1 FROM (VALUES (1, 2))
SELECT column3 FROM (VALUES (1, 2))
INSERT INTO users (id, email, active, created_at) VALUES (1, 'a', 1, 'now')
INSERT INTO users (id, emial, active, created_at) VALUES (1, 'a', 1, 'now')
INSERT INTO user (id) VALUES (1)
INSERT INTO users (id, email) VALUES (1)
INSERT INTO users (id, email) VALUES (1, 2), (1, 2)
INSERT INTO users VALUES (1, 'a', 'b', 1, 1, 'now')
INSERT INTO users VALUES (1, 'a')
INSERT INTO users DEFAULT VALUES
INSERT OR IGNORE INTO users (id) VALUES (1)
INSERT OR REPLACE INTO users (id, nope) VALUES (1, 2)
REPLACE INTO users (id) VALUES (1)
REPLACE INTO users (idd) VALUES (1)
INSERT INTO orders (id, user_id) SELECT id, age FROM users
INSERT INTO orders (id, user_id) SELECT id FROM users
INSERT INTO orders (id, user_id) SELECT id, agee FROM users
INSERT INTO orders SELECT * FROM orders WHERE id = 1
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (email) DO NOTHING
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (email) DO UPDATE SET name = excluded.name
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (email) DO UPDATE SET name = excluded.nam
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (email) DO UPDATE SET nam = excluded.name
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (email) DO UPDATE SET age = age + 1 WHERE users.active
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET age = excluded.age + users.age RETURNING id
INSERT INTO users (id, email) VALUES (1, 'a') RETURNING id, email
INSERT INTO users (id, email) VALUES (1, 'a') RETURNING id, emial
INSERT INTO users (id, email) SELECT id, status FROM orders WHERE true ON CONFLICT (id) DO UPDATE SET email = excluded.email
WITH new AS (SELECT 1 AS id) INSERT INTO users (id) SELECT id FROM new
UPDATE users SET name = 'x' WHERE id = 1
UPDATE users SET nmae = 'x' WHERE id = 1
UPDATE users SET name = nmae
UPDATE users SET name = 'x' WHERE idd = 1
UPDATE user SET name = 'x'
UPDATE OR IGNORE users SET name = 'x' WHERE id = ?
UPDATE OR REPLACE users SET nmae = 'x' WHERE id = ?
UPDATE users AS u SET name = o.status FROM orders o WHERE o.user_id = u.id
UPDATE users SET name = o.statuss FROM orders o WHERE o.user_id = users.id
UPDATE users SET (name, age) = (SELECT status, total FROM orders WHERE user_id = users.id)
UPDATE users SET age = age + 1 WHERE id IN (SELECT user_id FROM orders) RETURNING age
UPDATE users SET age = 1 RETURNING agee
DELETE FROM users WHERE id = ?
DELETE FROM users WHERE idd = ?
DELETE FROM user
DELETE FROM users WHERE id IN (SELECT user_id FROM orders WHERE total IS NULL) RETURNING *
DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = orders.user_id)
DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = orders.userid)
SELECT a FROM
SELECT id, FROM users
SELECT id FROM users WHERE ORDER BY id
SELECT id FROM users WHERE (id = 1
SELECT id FROM users WHERE name = 'x
SELECT id FROM users WHERE id = 1)
SELCT id FROM users
INSERT INTO users (id, email,) VALUES (1, 2)
UPDATE users SET WHERE id = 1
DELETE FROM FROM users
DELETE FORM users WHERE id = 1
UPDAET users SET name = 1
INSER INTO users (id) VALUES (1)
EXPLAIN QUERY PLAN SELECT id FROM users
SELECT u.id, (SELECT count(*) FROM orders o WHERE o.user_id = u.id) AS n FROM users u WHERE n > 1 ORDER BY n
SELECT id FROM users u WHERE u.id = (SELECT user_id FROM orders ORDER BY created_at DESC LIMIT 1)
SELECT * FROM users JOIN (SELECT user_id, sum(total) AS spent FROM orders GROUP BY user_id) s ON s.user_id = users.id WHERE spent > 10
SELECT * FROM users JOIN (SELECT user_id FROM orders) s ON s.user_id = users.id WHERE spent > 10
SELECT id FROM (users JOIN orders USING (id))
SELECT users.id FROM users INDEXED BY sqlite_autoindex_users_1 WHERE email = 'x'
SELECT id FROM users NOT INDEXED
SELECT iif(age > 1, name, email) FROM users
SELECT id FROM users WHERE id = 1 GROUP BY id, nope
SELECT id FROM users ORDER BY created_at DESC NULLS LAST
SELECT total(total), avg(total) FROM orders
SELECT printf('%d', id), length(email), substr(email, 1, 2) FROM users
""".strip().splitlines()]  # fmt: skip


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(ddl())
    yield connection
    connection.close()


def engine_verdict(database: sqlite3.Connection, sql: str) -> tuple[str, str] | None:
    """(kind, name) of SQLite's complaint; None where it compiles the statement."""
    explained = sql if sql.startswith("EXPLAIN") else f"EXPLAIN {sql}"
    try:
        database.execute(explained)
    except sqlite3.ProgrammingError:  # parameters were not bound: it compiled
        return None
    except sqlite3.OperationalError as error:
        for pattern, kind in VERDICTS:
            if (match := pattern.search(str(error))) is not None:
                return kind, match[1].lower() if match.groups() else ""
        return "other", str(error)
    return None


def our_verdicts(sql: str) -> set[tuple[str, str]]:
    resolution = resolve(embed_plain(sql), "sqlite", shop("sqlite"), paramstyle="qmark")
    found = {
        ("table", reference.table.lower()) if reference.column is None else ("column", reference.column.lower())
        for reference in resolution.references
        if reference.status == "unresolved"
    }
    kinds = {"ambiguous": "ambiguous", "column-count": "count", "syntax": "syntax"}
    return found | {(kinds[problem.kind], problem.name.lower()) for problem in resolution.problems}


def is_lost_qualifier(sql: str, column: str) -> bool:
    """A column of an alias nobody introduced is unknown to us, never accused: the qualifier is what is wrong."""
    references = resolve(embed_plain(sql), "sqlite", shop("sqlite")).references
    return any((each.column, each.reason) == (column, "unknown-table") for each in references)


@pytest.mark.parametrize("sql", STATEMENTS)
def test_verdict_is_sqlites(database: sqlite3.Connection, sql: str) -> None:
    expected, ours = engine_verdict(database, sql), our_verdicts(sql)
    if expected is None:
        assert not ours
        assert resolve(embed_plain(sql), "sqlite", shop("sqlite")).status == "resolved"
    elif expected[0] in ("count", "syntax"):
        assert {kind for kind, _ in ours} == {expected[0]}
    elif expected[0] != "other" and not is_lost_qualifier(sql, expected[1]):
        assert expected in ours
