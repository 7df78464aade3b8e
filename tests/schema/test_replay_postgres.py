"""The schema we replay is the schema a real PostgreSQL builds of the same migrations."""

import re
from typing import Any

import psycopg
import pytest

from tests.schema.engines.postgres import engine_lines, replayed_lines
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
    theirs, ours = engine_lines(fresh_postgres), replayed_lines(history.schema)
    assert (sorted(theirs - ours), sorted(ours - theirs)) == ([], [])
    assert not [failure for step in history.steps for failure in step.failures]
