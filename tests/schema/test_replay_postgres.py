"""The schema we replay is the schema a real PostgreSQL builds of the same migrations."""

import re
from typing import Any

import psycopg
import pytest

from tests.schema.engines.postgres import postgres_shapes
from tests.schema.engines.shapes import shape_of
from tests.schema.replaying import corpora, replayed, scripts

# What psql reads and the server does not: meta-commands, and the data of COPY.
_META = re.compile(r"^\\[a-z].*$", re.MULTILINE)
_COPY = re.compile(r"^COPY .*?^\\\.$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", corpora(dialect="postgres"))
def test_postgres_builds_what_we_replay(name: str, fresh_postgres: "psycopg.Connection[Any]") -> None:
    history = replayed(name)
    for script in scripts(history):
        fresh_postgres.execute(_META.sub("", _COPY.sub("", script)))
    # A dump empties it, and types print with their namespace then.
    fresh_postgres.execute("RESET search_path")
    assert shape_of(history.schema) == postgres_shapes(fresh_postgres)
    assert not [failure for step in history.steps for failure in step.failures]
    assert _enums(fresh_postgres) == {name: enum.values for name, enum in history.schema.enums.items()}


def _enums(connection: "psycopg.Connection[Any]") -> dict[str, tuple[str, ...]]:
    rows = connection.execute(
        "SELECT t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e"
        " JOIN pg_type t ON t.oid = e.enumtypid GROUP BY 1"
    )
    return {name: tuple(values) for name, values in rows}
