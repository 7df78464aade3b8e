"""Histories that nobody wrote: MariaDB and we agree after every statement, where MySQL and MariaDB do."""

from typing import Any

from hypothesis import given, settings

from analyzer.catalog.schema import Schema
from tests.schema.engines.mariadb import mariadb_shapes, mariadb_views
from tests.schema.engines.shapes import shape_of, views_of
from tests.schema.histories.mysql import histories
from tests.schema.stepping import step

# What MySQL and MariaDB decide differently, or by the rows and lengths: of it we say nothing.
_UNSAID = (
    "in 'CHECK'", "in 'GENERATED ALWAYS AS'", "cannot be used in", "Invalid default", "key was too long", "used in key specification without",
    "Foreign key constraint is incorrectly formed", "syntax", "Incorrect prefix key", "Key column", "Multiple primary key", "errno: 150",
    "Duplicate key on write", "CONSTRAINT_", "Data too long", "is not allowed", "Incorrect usage", "can't have a default", "Cannot change column", "not yet supported",
    "is not supported",
)  # fmt: skip
_EXPECTED = (
    "already exists",
    "doesn't exist",
    "Unknown column",
    "Duplicate column",
    "Duplicate key name",
    "check that it exists",
)


@settings(max_examples=max(40, settings().max_examples // 10))
@given(data=histories(longest=5))
def test_mariadb_agrees_after_every_statement(mariadb_socket: str, data: list[str]) -> None:
    import pymysql  # noqa: PLC0415 - only where the server is

    connection = pymysql.connect(unix_socket=mariadb_socket, user="root", autocommit=True)
    try:
        for statement in ("DROP DATABASE IF EXISTS generated", "CREATE DATABASE generated", "USE generated"):
            connection.query(statement)
        agree(connection, data)
    finally:
        connection.close()


def agree(connection: Any, history: list[str]) -> None:
    schema = Schema("main", "mysql", settings={"foreign_key_checks": "on"})
    for statement in history:
        refusal = _refusal(connection, statement)
        if any(words in refusal for words in _UNSAID):
            return
        schema, failures = step(schema, statement)
        assert refusal or not failures, f"{statement!r} runs: {failures[0].message}"
        assert shape_of(schema) == mariadb_shapes(connection), f"after {statement!r}: {refusal or 'runs'}"
        assert failures or not _reported(statement, refusal), f"{statement!r} is refused: {refusal}"
    real, ours = mariadb_views(connection), views_of(schema)
    assert {name: ours.get(name) for name in real} == real


def _refusal(connection: Any, statement: str) -> str:
    import pymysql  # noqa: PLC0415 - only where the server is

    try:
        connection.query(statement)
    except pymysql.Error as error:
        return str(error)
    return ""


def _reported(statement: str, refusal: str) -> bool:
    """What we should say too."""
    del statement
    return any(words in refusal for words in _EXPECTED)
