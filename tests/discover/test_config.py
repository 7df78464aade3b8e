"""The configuration: what is understood, and how a mistake is told."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.discover.config import Config, ConfigError, SchemaConfig, parse_config

FULL = b"""
select = ["references"]
ignore = ["missing-index"]
exclude = ["legacy/"]
external-tables = ["auth.*"]

[[schemas]]
name = "main"
paths = ["db/migrations"]
tool = "sqlx"
dialect = "sqlite"
serves = ["src"]

[[schemas]]
name = "jobs"
paths = ["jobs.sql"]
"""


def test_every_key() -> None:
    assert parse_config("schemalink.toml", FULL) == Config(
        select=("references",),
        ignore=("missing-index",),
        exclude=("legacy/",),
        external_tables=("auth.*",),
        schemas=(
            SchemaConfig("main", ("db/migrations",), "sqlx", "sqlite", ("src",)),
            SchemaConfig("jobs", ("jobs.sql",)),
        ),
    )


def test_empty_and_byte_order_mark() -> None:
    assert parse_config("schemalink.toml", b"") == Config()
    assert parse_config("schemalink.toml", b'\xef\xbb\xbfignore = ["x"]\r\n') == Config(ignore=("x",))


def test_the_table_of_a_pyproject() -> None:
    content = b'[project]\nname = "shop"\n[tool.schemalink]\nexclude = ["legacy/"]\n[[tool.schemalink.schemas]]\nname = "main"\npaths = ["db"]\n'
    assert parse_config("api/pyproject.toml", content) == Config(
        exclude=("legacy/",), schemas=(SchemaConfig("main", ("db",)),)
    )
    assert parse_config("pyproject.toml", b'[project]\nname = "shop"\n') == Config()


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'\nexcludes = ["x"]', 2, 'unknown key "excludes" (did you mean "exclude"?)'),
        (b'external_tables = ["x"]', 1, 'unknown key "external_tables" (did you mean "external-tables"?)'),
        (b"zzz = 1", 1, 'unknown key "zzz" (known: select, ignore, exclude, external-tables, schemas)'),
        (b'select = "missing-column"', 1, '"select" must be a list of strings'),
        (b"select = []\nignore = [1]", 2, '"ignore" must be a list of strings'),
        (b'schemas = "main"', 1, '"schemas" must be tables: [[schemas]]'),
        (b"[schemas]\nname = 'main'", 1, '"schemas" must be tables: [[schemas]]'),
        (b"[[schemas]]\nname = 'main'", 1, 'a schema needs "paths"'),
        (b"[[schemas]]\npaths = ['db']", 1, 'a schema needs "name"'),
        (b"[[schemas]]\nname = 'main'\npaths = 'db'", 3, '"paths" must be a list of strings'),
        (b"[[schemas]]\nname = 1\npaths = ['db']", 2, '"name" must be a string'),
        (
            b"[[schemas]]\nname = 'main'\npaths = ['db']\ndialect = 'postgre'",
            4,
            'unknown dialect "postgre" (did you mean "postgres"?)',
        ),
        (b"[[schemas]]\nname = 'main'\npath = ['db']", 3, 'unknown key "path" (did you mean "paths"?)'),
        (b"[[schemas]]\nname='a'\npaths=['b']\n[[schemas]]\nname='a'\npaths=['c']", 2, 'two schemas are called "a"'),
        (b"select = []\nselect =\n", 2, "is not TOML"),
        (b"select = []\n# \xff", 2, "is not UTF-8"),
    ],
)
def test_mistakes(content: bytes, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config("schemalink.toml", content)
    assert (caught.value.path, caught.value.line) == ("schemalink.toml", line)
    assert caught.value.message.startswith(message)
    assert str(caught.value).startswith(f"schemalink.toml:{line}: {message}")


def test_a_pyproject_with_something_else_in_our_place() -> None:
    with pytest.raises(ConfigError, match=r'"tool\.schemalink" must be a table'):
        parse_config("pyproject.toml", b"[tool]\nschemalink = 1\n")


def test_endless_nesting() -> None:
    with pytest.raises(ConfigError):
        parse_config("schemalink.toml", b"select = " + b"[" * 100_000)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_config_or_a_config_error(content: bytes) -> None:
    with contextlib.suppress(ConfigError):
        assert isinstance(parse_config("schemalink.toml", content), Config)
