"""Two spellings of one meaning are equal, two meanings are not; and what we print of an expression is what PostgreSQL prints."""

import sqlite3
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.facts.source import DIALECTS, Dialect
from analyzer.sql.canonical import canonical, printed, printed_index
from tests.sql.expressions import POSTGRES_COLUMNS, postgres_checks, postgres_values

_SAME = [
    ("postgres", "status IN ('draft', 'sent')", "((status)::text = ANY ((ARRAY['draft'::character varying, 'sent'::character varying])::text[]))"),
    ("postgres", "status NOT IN ('draft', 'sent')", "(status <> ALL (ARRAY['sent'::text, 'draft'::text]))"),
    ("postgres", "created_at < now()", "(created_at < CURRENT_TIMESTAMP)"),
    ("postgres", "quantity BETWEEN 1 AND 10", "((quantity >= 1) AND (quantity <= 10))"),
    ("postgres", "email LIKE '%@%'", "((email)::text ~~ '%@%'::text)"),
    ("postgres", "email NOT ILIKE '%@%'", "((email)::text !~~* '%@%'::text)"),
    ("postgres", "a != b", "(a <> b)"),
    ("postgres", "-1", "'-1'::integer"),
    ("postgres", "now() + interval '30 minutes'", "(now() + '00:30:00'::interval)"),
    ("postgres", "pg_catalog.lower(email)", "LOWER(email)"),
    ("postgres", "sent_at AT TIME ZONE 'utc'", "timezone('utc'::text, sent_at)"),
    ("postgres", "CAST(price AS integer)", "(price)::int4"),
    ("postgres", "trim(title) <> ''", "(TRIM(BOTH FROM title) <> ''::text)"),
    ("postgres", "nextval('public.users_id_seq')", "nextval('users_id_seq'::regclass)"),
    ("postgres", "E'it\\'s'", "'it''s'::text"),
    ("postgres", "'{\"b\": 1, \"a\": 2.0}'::jsonb", "'{\"a\": 2, \"b\": 1}'::jsonb"),
    ("postgres", "quantity = '7'", "(quantity = '7'::smallint)"),
    ("postgres", "a OPERATOR(pg_catalog.=) b", "a = b"),
    ("mysql", "CURRENT_TIMESTAMP", "current_timestamp()"),
    ("mysql", "NOW(3)", "current_timestamp(3)"),
    ("mysql", "JSON_VALID(data)", "json_valid(`data`)"),
    ("mysql", "status IN ('draft', 'sent')", "`status` in (_utf8mb4'draft','sent')"),
    ("mysql", "a > 0 && b > 0", "`a` > 0 and `b` > 0"),
    ("mysql", "length(title) > 3", "octet_length(`title`) > 3"),
    ("mysql", "NOT active", "`active` = 0"),
    ("mysql", "a > 0 OR active", "`a` > 0 or `active` <> 0"),
    ("mysql", "date_add(made_on, INTERVAL 1 DAY) > made_on", "`made_on` + interval 1 day > `made_on`"),
    ("mysql", "mod(a, 2) = 0", "`a` MOD 2 = 0"),
    ("mysql", "BINARY title = 'a'", "cast(`title` as char charset binary) = 'a'"),
    ("mysql", "position('a' IN title) > 0", "locate('a',`title`) > 0"),
    ("mysql", "a = b'101'", "`a` = 0x05"),
    ("mysql", "title NOT RLIKE 'b'", "`title` not regexp 'b'"),
    ("mysql", "(title, a) = ('x', 1)", "(`title`,`a`) = ('x',1)"),
    ("mysql", "(uuid())", "uuid()"),
    ("sqlite", "a == b", "a = b"),
    ("sqlite", "a IS NOT b", "a IS DISTINCT FROM b"),
    ("sqlite", "strftime('%s', 'now')", "(STRFTIME('%s', 'now'))"),
    ("sqlite", "[Order] ISNULL", '"order" IS NULL'),
]  # fmt: skip
_OTHER = [
    ("postgres", "(a + b) * c", "a + b * c"),
    ("postgres", "a - (b - c)", "a - b - c"),
    ("postgres", "(a OR b) AND c", "a OR b AND c"),
    ("postgres", "NOT (a AND b)", "NOT a AND b"),
    ("postgres", "price::integer", "price"),
    ("postgres", "status IN ('draft')", "status IN ('sent')"),
    ("postgres", '"Email"', "email"),
    ("postgres", "'Draft'", "'draft'"),
    ("postgres", "a < 1", "a <= 1"),
    ("postgres", "CURRENT_TIMESTAMP(3)", "now()"),
    ("postgres", "lower(a)", "upper(a)"),
    ("sqlite", "a || b = c", "a || (b = c)"),
    ("mysql", "a || b", "concat(a, b)"),
    ("mysql", "a = 0x61", "a = 'x61'"),
]


@pytest.mark.parametrize(("dialect", "one", "other"), _SAME)
def test_spellings_of_one_meaning_are_equal(dialect: Dialect, one: str, other: str) -> None:
    assert canonical(one, dialect) == canonical(other, dialect)


@pytest.mark.parametrize(("dialect", "one", "other"), _OTHER)
def test_meanings_differ(dialect: Dialect, one: str, other: str) -> None:
    assert canonical(one, dialect) != canonical(other, dialect)


@pytest.mark.parametrize(
    ("target", "one", "other"),
    [
        ("boolean", "'t'", "true"),
        ("integer", "'0'", "0"),
        ("numeric(10,2)", "'0.00'::numeric", "0"),
        ("jsonb", "'{ }'", "'{}'::jsonb"),
        ("text[]", "'{}'", "ARRAY[]::text[]"),
        ("interval", "'1 hour'", "'01:00:00'::interval"),
        ("order_status", "'draft'", "'draft'::order_status"),
    ],
)
def test_a_default_is_a_value_of_its_column(target: str, one: str, other: str) -> None:
    assert canonical(one, "postgres", target=target) == canonical(other, "postgres", target=target)


@pytest.mark.parametrize("default", ['"Draft"', "'Draft'", "Draft", "('Draft')"])
def test_a_name_is_a_string_where_it_is_a_default_of_sqlite(default: str) -> None:
    assert canonical(default, "sqlite", target="TEXT") == "'Draft'"


@given(st.text(alphabet="ab1'\"()[]:,.;$ \\\n-+*/<>=!|&?@#%{}ARYinotcse", max_size=60), st.sampled_from(DIALECTS))
def test_any_text_has_a_form(text: str, dialect: Dialect) -> None:
    canonical(text, dialect)
    printed(text, dialect, {"a": "text"})


@pytest.mark.parametrize(
    "text", ["(" * 5000, "a" + "+a" * 5000, "NOT " * 5000, "'" * 9999, "1e999999999", "CASE " * 3000]
)
def test_hostile_texts_have_a_form(text: str) -> None:
    for dialect in DIALECTS:
        canonical(text, dialect)
        printed_index(text, dialect, {"a": "integer"})


@given(postgres_checks)
def test_canonical_is_pure(expression: str) -> None:
    assert canonical(expression, "postgres") == canonical(f"({expression}) /* again */", "postgres")


@pytest.fixture
def orders(fresh_postgres: "psycopg.Connection[Any]") -> "psycopg.Connection[Any]":
    """A table with columns of many types."""
    fresh_postgres.execute("CREATE TYPE order_status AS ENUM ('draft', 'sent')")
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in POSTGRES_COLUMNS.items())
    fresh_postgres.execute(f"CREATE TABLE orders ({columns})")
    return fresh_postgres


_ENGINE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_ENGINE
@given(postgres_checks)
def test_postgres_prints_checks_as_we_do(orders: "psycopg.Connection[Any]", expression: str) -> None:
    text = _asked(
        orders,
        f"ALTER TABLE orders ADD CONSTRAINT asked CHECK ({expression})",
        "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'asked'",
    )
    if text is not None:
        assert canonical(expression, "postgres", POSTGRES_COLUMNS) == canonical(text, "postgres", POSTGRES_COLUMNS)
        assert printed(expression, "postgres", POSTGRES_COLUMNS) in (text, expression)


@_ENGINE
@given(postgres_values)
def test_postgres_prints_index_expressions_as_we_do(orders: "psycopg.Connection[Any]", expression: str) -> None:
    text = _asked(
        orders, f"CREATE INDEX asked ON orders (({expression}))", "SELECT pg_get_indexdef('asked'::regclass, 1, false)"
    )
    if text is not None:
        assert canonical(expression, "postgres", POSTGRES_COLUMNS) == canonical(text, "postgres", POSTGRES_COLUMNS)
        assert printed_index(expression, "postgres", POSTGRES_COLUMNS) in (text, expression)


_TYPES = [
    "integer", "bigint", "numeric(10,2)", "double precision", "text", "character varying(20)", "character(3)", "boolean", "date",
    "timestamp without time zone", "timestamp with time zone", "time without time zone", "interval", "jsonb", "text[]", "integer[]", "uuid",
    "order_status", "bytea", "money",
]  # fmt: skip
_DEFAULTS = [
    "0", "'-1'", "1.50", "1e3", "''", "'draft'", "E'a\\nb'", "true", "'t'", "'off'", "now()", "CURRENT_TIMESTAMP(3)", "current_date", "'2024-01-31'",
    "'2024-01-31 10:00'", "'2024-01-31 10:00:00.5+02'", "'10:00'", "'30 minutes'", "'1 year 2 months'", "'{}'", "'{\"b\": 1, \"a\": [2.0]}'",
    "'{a,\"b c\"}'", "ARRAY[]::text[]", "ARRAY[1, 2]", "'6ECD8C99-4036-403d-bf84-cf8400f67836'", "now() AT TIME ZONE 'utc'", "'epoch'",
    "extract(epoch from now())::bigint", "now() + interval '30 days'", "md5(random()::text)", "-(5)", "NULL", "'draft'::text::order_status",
]  # fmt: skip


@_ENGINE
@given(st.sampled_from(_TYPES), st.sampled_from(_DEFAULTS))
def test_postgres_prints_defaults_as_we_do(orders: "psycopg.Connection[Any]", type_: str, default: str) -> None:
    text = _asked(
        orders,
        f"CREATE TABLE asked (value {type_} DEFAULT {default})",
        "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'asked'::regclass",
    )
    if text is not None:
        assert canonical(default, "postgres", target=type_) == canonical(text, "postgres", target=type_)
        assert printed(default, "postgres", {}, type_) in (text, default)


def _asked(connection: "psycopg.Connection[Any]", statement: str, question: str) -> str | None:
    """What the engine prints, None where it refuses the statement; nothing of it stays."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return None
    return str(row[0]) if row else None


_SIGNS = st.sampled_from(
    ["+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>", "=", "<>", "<", "<=", ">", ">=", "AND", "OR", "IS", "LIKE"]
)


@given(_SIGNS, _SIGNS, st.sampled_from(["", "NOT ", "-", "~"]))
def test_sqlite_binds_as_we_do(first: str, second: str, prefix: str) -> None:
    chain = f"{prefix}a {first} b {second} c"
    ways = (
        f"({prefix}a {first} b) {second} c",
        f"{prefix}a {first} (b {second} c)",
        f"{prefix}(a {first} b {second} c)",
    )
    same = [way for way in ways if canonical(way, "sqlite") == canonical(chain, "sqlite")]
    assert same
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE numbers AS SELECT 7 AS a, 2 AS b, 1 AS c UNION SELECT 3, 3, 1 UNION SELECT 0, 5, 2"
    )
    for way in same:
        assert connection.execute(f"SELECT count(*) FROM numbers WHERE ({chain}) IS NOT ({way})").fetchone() == (0,)
    connection.close()
