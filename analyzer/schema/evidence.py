"""Which dialect does a timeline speak? The best evidence decides, and says so in words.

What comes in: a folder, texts, a project's dependencies, connections. What goes out: a dialect and why. Sources of the rows: the
packages' own pages in their registries. This module does not know syntax: `sql` does.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analyzer.facts.change.statements import Broken, Opaque
from analyzer.facts.file import Connection
from analyzer.facts.source import DIALECTS, Dialect, Project
from analyzer.facts.text import Text
from analyzer.sql.ddl.read import read_changes
from analyzer.sql.dialects import guess_dialect

_WORDS: Mapping[str, Dialect] = {
    "postgres": "postgres", "postgresql": "postgres", "pg": "postgres", "pgsql": "postgres", "psql": "postgres", "cockroach": "postgres",
    "sqlite": "sqlite", "sqlite3": "sqlite", "libsql": "sqlite", "d1": "sqlite", "turso": "sqlite", "mysql": "mysql", "mariadb": "mysql",
}  # fmt: skip
_DRIVERS: Mapping[str, Dialect] = {
    "tokio-postgres": "postgres", "postgres": "postgres", "deadpool-postgres": "postgres", "bb8-postgres": "postgres", "pg": "postgres",
    "pg-promise": "postgres", "slonik": "postgres", "@neondatabase/serverless": "postgres", "@vercel/postgres": "postgres",
    "@electric-sql/pglite": "postgres", "psycopg": "postgres", "psycopg2": "postgres", "psycopg2-binary": "postgres", "asyncpg": "postgres",
    "pg8000": "postgres", "aiopg": "postgres", "rusqlite": "sqlite", "tokio-rusqlite": "sqlite", "libsql": "sqlite", "sqlite": "sqlite",
    "better-sqlite3": "sqlite", "sqlite3": "sqlite", "@libsql/client": "sqlite", "aiosqlite": "sqlite", "sqlite-utils": "sqlite", "sql.js": "sqlite",
    "expo-sqlite": "sqlite", "mysql": "mysql", "mysql2": "mysql", "mysql_async": "mysql", "pymysql": "mysql", "mysqlclient": "mysql",
    "aiomysql": "mysql", "asyncmy": "mysql", "mysql-connector-python": "mysql", "mariadb": "mysql",
}  # fmt: skip
_SPLIT = re.compile(r"[^a-z0-9]+")


def named_dialect(path: str) -> Dialect | None:
    """The dialect a path names, the last word winning: `migrations/postgres`, `schema.sqlite.sql`."""
    words = [word for word in _SPLIT.split(path.lower()) if word in _WORDS]
    return _WORDS[words[-1]] if words else None


def driver_dialects(project: Project) -> Mapping[Dialect, str]:
    """The dialects that a project's dependencies speak, each with the package that says so."""
    found: dict[Dialect, str] = {}
    for dependency in project.dependencies:
        driver = _DRIVERS.get(dependency.name.lower())
        if driver is not None:
            found.setdefault(driver, dependency.name)
        for feature in dependency.features:
            named = named_dialect(feature)
            if named is not None:
                found.setdefault(named, f"{dependency.name} with feature {feature}")
    return found


def configured_dialect(connections: Iterable[Connection]) -> Dialect | None:
    """The one dialect of the databases that a tool's own configuration names."""
    found = {_WORDS[one.dialect] for one in connections if one.dialect in _WORDS}
    return found.pop() if len(found) == 1 else None


def find_dialect(
    folder: str,
    texts: tuple[Text, ...],
    project: Project,
    connections: Iterable[Connection],
    used: Mapping[str, int] = MappingProxyType({}),
) -> tuple[Dialect, str]:
    """Folder name, the one driver of its project, syntax, what the code talks to (`used`, by dialect), URLs, and at last what parses.

    A driver says more than syntax: SQLite takes any word for a type. What the driver's engine refuses was not written for it.
    """
    named = named_dialect(folder)
    if named is not None:
        return named, f"the path {folder} names it"
    drivers = driver_dialects(project)
    guessed, why = guess_dialect((text.skeleton for text in texts), types="sqlite" not in drivers)
    if len(drivers) == 1:
        dialect, package = next(iter(drivers.items()))
        refused = guessed not in (None, dialect, "postgres") and dialect != "sqlite"
        if not refused or guessed is None:
            return dialect, f"the project depends on {package}"
    if guessed is not None:
        return guessed, why
    spoken = {_WORDS[hint] for hint in used if hint in _WORDS}
    if len(spoken) == 1:
        return spoken.pop(), "the queries of the project speak it"
    urls = {_WORDS[connection.dialect] for connection in connections if connection.dialect in _WORDS}
    if len(urls) == 1:
        return urls.pop(), "the project connects to it"
    return _parses_best(texts, tuple(drivers) or DIALECTS, used), "its statements can be read as it"


def _parses_best(texts: tuple[Text, ...], dialects: tuple[Dialect, ...], used: Mapping[str, int]) -> Dialect:
    def unread(dialect: Dialect) -> int:
        changes = (change for text in texts for change in read_changes(text, dialect))
        return sum(isinstance(change, Opaque | Broken) for change in changes)

    return min(dialects, key=lambda dialect: (unread(dialect), -used.get(dialect, 0), DIALECTS.index(dialect)))
