"""The tables of the drivers: what they name exists, and what PostgreSQL casts by itself is what its own catalogue says."""

from typing import Any

import pytest

from analyzer.catalog.types import parse_type
from analyzer.facts.model import HostType
from analyzer.link.compatibility import decoded, encoded, written_type
from analyzer.link.drivers.tables import Driver, drivers, tables_of

_FAMILIES = {"int", "float", "decimal", "text", "bool", "uuid", "timestamp", "date", "time", "json", "bytes", "enum"}
_NAMED = {"enum", "array", "unknown"}
_LISTED = (
    "smallint", "integer", "bigint", "real", "double precision", "numeric", "text", "character varying", "character", "bpchar", "name",
    "boolean", "uuid", "date", "timestamp without time zone", "timestamp with time zone", "time without time zone", "time with time zone",
    "json", "jsonb", "bytea", "inet", "cidr", "oid", "money",
)  # fmt: skip
SQLX, PG, ASYNCPG = (
    tables_of("sqlx", "postgres", frozenset()),
    tables_of("pg", "postgres", frozenset()),
    tables_of("dbapi", "postgres", frozenset({"asyncpg"})),
)


@pytest.mark.parametrize("driver", drivers(), ids=lambda driver: f"{driver.frameworks[0]}-{driver.dialect}")
def test_every_table_names_its_source_and_columns_that_exist(driver: Driver) -> None:
    assert driver.sources
    assert driver.frameworks
    tables = (driver.decodes, driver.lossy, driver.converts, driver.unchecked, driver.encodes, driver.assigned)
    for column in {column for table in tables for listed in table.values() for column in listed} - _NAMED:
        if driver.columns == "family":
            assert column in _FAMILIES
        else:
            type_ = parse_type(column, driver.dialect)
            assert type_.family != "unknown", column
            assert driver.column(type_) == column


@pytest.mark.parametrize(
    ("written", "column", "expected"),
    [
        ("Vec<u8>", "bytea", "fits"),
        ("Vec<u8>", "text[]", "incompatible"),
        ("Vec<Vec<u8>>", "bytea[]", "fits"),
        ("Vec<Option<uuid::Uuid>>", "uuid[]", "fits"),
        ("Vec<Status>", "text[]", "unknown"),
        ("String", "text[]", "incompatible"),
        ("chrono::DateTime<chrono::Utc>", "timestamptz", "fits"),
        ("DateTime", "timestamptz", "unknown"),
        ("i32", "bigint", "lossy"),
        ("Decimal", "numeric(10, 2)", "fits"),
        ("String", "varchar(10)", "fits"),
        ("String", "geometry", "unknown"),
    ],
)
def test_sqlx_over_postgres(written: str, column: str, expected: str) -> None:
    assert decoded(written_type(written), parse_type(column, "postgres"), SQLX) == expected


@pytest.mark.parametrize(
    ("written", "column", "expected"),
    [
        ("number", "int8", "incompatible"),
        ("string | null", "int8", "fits"),
        ("string[]", "text[]", "fits"),
        ("number[]", "text[]", "incompatible"),
        ("Settings", "jsonb", "unknown"),
    ],
)
def test_pg(written: str, column: str, expected: str) -> None:
    assert decoded(written_type(written), parse_type(column, "postgres"), PG) == expected


def test_drivers_that_differ_leave_it_open() -> None:
    column, both = parse_type("uuid", "postgres"), tables_of("dbapi", "postgres", frozenset())
    assert len(both) > 1
    assert decoded(HostType("UUID"), column, ASYNCPG) == "fits"
    assert decoded(HostType("str"), column, ASYNCPG) == "incompatible"
    assert decoded(HostType("str"), column, both) == "unknown"


def test_a_list_beside_one_value_is_left_open() -> None:
    column = parse_type("bigint", "postgres")
    assert encoded(written_type("Vec<i64>"), column, SQLX, written=False) == "unknown"
    assert encoded(HostType("i64"), parse_type("bigint[]", "postgres"), SQLX, written=False) == "unknown"


def test_casts_are_those_of_the_catalogue(fresh_postgres: Any) -> None:
    """What is `encodes` is an implicit cast or the type itself; with `assigned`, besides, one of assignment."""
    casts = fresh_postgres.execute(
        "SELECT format_type(castsource, NULL), format_type(casttarget, NULL), castcontext::text FROM pg_cast"
    ).fetchall()
    texts = frozenset({"text", "character varying", "character", "bpchar", "name"})
    (driver,) = SQLX
    for host in (
        "bool",
        "i16",
        "i32",
        "i64",
        "f32",
        "f64",
        "Decimal",
        "Uuid",
        "DateTime<Utc>",
        "NaiveDateTime",
        "NaiveDate",
    ):
        own = next(iter(driver.decodes[host]))
        taken = {target for source, target, how in casts if source == own and how in ("i", "a")} | {own} | texts
        for column in _LISTED:
            verdict = encoded(written_type(host), parse_type(column, "postgres"), SQLX, written=True)
            assert (verdict == "incompatible") <= (column not in taken), (host, column)


def test_a_domain_is_announced_as_its_base(fresh_postgres: Any) -> None:
    fresh_postgres.execute("CREATE DOMAIN points AS bigint; CREATE TABLE scores (score points)")
    found = fresh_postgres.execute("SELECT score FROM scores").description
    assert [column.type_code for column in found] == [20]
