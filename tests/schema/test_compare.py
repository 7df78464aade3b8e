"""What two definitions of one table differ in, and what is only another spelling."""

import pytest

from analyzer.catalog.types import parse_type
from analyzer.facts.source import Dialect
from analyzer.schema.compare import differ


@pytest.mark.parametrize(
    ("dialect", "left", "right", "expected"),
    [
        ("postgres", "varchar(200)", "character varying(200)", False),
        ("postgres", "timestamptz", "timestamp with time zone", False),
        ("postgres", "bigserial", "bigint", False),
        ("postgres", "integer", "bigint", True),
        ("postgres", "varchar(20)", "varchar(40)", True),
        ("postgres", "order_status", "text", False),
        ("mysql", "int(11)", "INTEGER", False),
        ("mysql", "tinyint(1)", "boolean", False),
        ("mysql", "int", "bigint", True),
        ("sqlite", "VARCHAR(20)", "TEXT", False),
        ("sqlite", "BOOLEAN", "INTEGER", False),
        ("sqlite", "DATETIME", "TEXT", False),
        ("sqlite", "INTEGER", "TEXT", True),
    ],
)
def test_types_differ(dialect: Dialect, left: str, right: str, *, expected: bool) -> None:
    assert differ(parse_type(left, dialect), parse_type(right, dialect), dialect) is expected
