"""What the name and the folder of a SQL file say, by the conventions of migration tools, before any tool is chosen.

What comes in: a relative posix path. What goes out: a Named. This module does not know contents, projects and other files.

Prisma sorts the names of folders and diesel their stamps without dashes, both as text: their versions are texts. Versions compare safely: numbers stand first, and a text only after LAST, which no number reaches.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from analyzer.facts.source import Dialect, Direction

# Stamps of twenty digits are in use (`20200317160354000000`).
LAST = 10**30
_NUMBER = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[-_T][0-9]{4,6})?|[0-9]+(?:\.[0-9]+)*"
_DOWN = frozenset({"down", "rollback", "rollbacks", "undo", "revert", "reverts", "backward"})
_UP = frozenset({"up", "do", "forward", "deploy"})


class Named(Struct, frozen=True):
    """`shape` is the family of the name: "diesel", "prisma", "flyway", "baseline" (Flyway's), "numbered", "plain" (no version).

    `needs_pair` is set where only an English word says "down": `add_users_down` is one beside another file of its version, but
    `let_jobs_slow_down` alone is not.
    """

    shape: str
    folder: str
    version: tuple[int | str, ...]
    name: str
    direction: Direction = "up"
    dialect: Dialect | None = None
    needs_pair: bool = False


class _Row(Struct, frozen=True):
    """A convention: the name of the file without extension, the name of its folder where that carries the version, the direction."""

    shape: str
    stem: re.Pattern[str]
    parent: re.Pattern[str] | None = None
    direction: Direction | None = None


def _row(shape: str, stem: str, parent: str | None = None, direction: Direction | None = None) -> _Row:
    return _Row(shape, re.compile(stem), re.compile(parent) if parent else None, direction)


_STAMPED = r"(?P<version>[0-9]+(?:-[0-9]+)*)(?:[_-](?P<name>.*))?"
# The first row that fits decides. Sources: https://www.prisma.io/docs/orm/prisma-migrate, https://diesel.rs/guides/getting-started,
# https://documentation.red-gate.com/flyway (naming), https://docs.rs/sqlx/latest/sqlx/macro.migrate.html,
# https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md.
_ROWS = (
    _row("prisma", "migration", _STAMPED, "up"),
    _row("diesel", "up", _STAMPED, "up"),
    _row("diesel", "down", _STAMPED, "down"),
    _row("flyway", r"V(?P<version>[0-9]+(?:[._][0-9]+)*)__(?P<name>.*)", None, "up"),
    _row("flyway", r"U(?P<version>[0-9]+(?:[._][0-9]+)*)__(?P<name>.*)", None, "down"),
    _row("flyway", r"R__(?P<name>.*)", None, "up"),
    _row("baseline", r"B(?P<version>[0-9]+(?:[._][0-9]+)*)__(?P<name>.*)", None, "up"),
    _row("numbered", rf"[vV]?(?P<version>{_NUMBER})(?:[._-]+(?P<name>.*))?"),
    _row("numbered", r"(?P<version>0[0-9]+)(?P<name>[A-Za-z].*)"),
    _row("plain", r"(?P<name>.*)"),
)
# Words for an engine in a folder's name or behind `.sql`.
ENGINES: dict[str, Dialect] = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "pg": "postgres",
    "psql": "postgres",
    "pgsql": "postgres",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "mysql": "mysql",
    "mariadb": "mysql",
}
# Systems that are not read, by the words that folders have for them.
_FOREIGN = {
    "h2": "H2", "hsqldb": "HSQLDB", "derby": "Derby", "oracle": "Oracle", "mssql": "SQL Server", "sqlserver": "SQL Server", "db2": "Db2",
    "clickhouse": "ClickHouse", "snowflake": "Snowflake", "bigquery": "BigQuery", "redshift": "Redshift", "cassandra": "Cassandra",
    "scylla": "Scylla", "cockroach": "CockroachDB", "cockroachdb": "CockroachDB", "spanner": "Spanner", "firebird": "Firebird", "hive": "Hive",
}  # fmt: skip
WORD_BREAK = re.compile(r"[._-]")
_EXTENSION = re.compile(r"\.(?:pg)?sql(?:\.(?!conf$)\w+)?$", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_LAST_WORD = re.compile(r"([._-])([a-z]+)$", re.IGNORECASE)
_NUMBERED_FOLDER = re.compile(r"[vV]?[0-9]+")


def name_of(path: str, *, is_migrations: Callable[[str], bool]) -> Named | None:
    """What a path says; None where it is no SQL file. `is_migrations` tells whether a folder is called migrations or alike."""
    folder, _, file_name = path.rpartition("/")
    stem = _EXTENSION.sub("", file_name)
    if stem == file_name:
        return None
    # `0001_users.mysql.up.sql` (https://gobuffalo.io/documentation/database/migrations): the engine is no part of the name.
    stem = ".".join(part for at, part in enumerate(stem.split(".")) if not at or part.lower() not in ENGINES)
    above, _, parent = folder.rpartition("/")
    for row in _ROWS:
        match = row.stem.fullmatch(stem)
        outer = row.parent.fullmatch(parent) if row.parent is not None else match
        if match is None or outer is None:
            continue
        if row.parent is None:
            return _in_folder(row, match, path, is_migrations)
        version = (LAST, parent if row.shape == "prisma" else outer["version"].replace("-", ""))
        return Named(row.shape, above, version, outer["name"] or "", row.direction or "up", _dialect(path, above))
    return None


def is_versioned(named: Named) -> bool:
    return named.shape != "plain"


def _in_folder(row: _Row, match: re.Match[str], path: str, is_migrations: Callable[[str], bool]) -> Named:
    """A file whose own name carries the version; folders `up/`, `down/` and numbered ones belong to the folder above."""
    found = match.groupdict()
    separator, word = _last_word(match[0])
    name = _LAST_WORD.sub("", f".{found.get('name') or ''}")[1:] if word else found.get("name") or ""
    version: tuple[int | str, ...] = _numbers(found["version"]) if found.get("version") else (LAST, name)
    shape, direction, needs_pair = row.shape, row.direction or word or "up", row.direction is None and separator in "_-"
    folder = path.rpartition("/")[0]
    above, _, last = folder.rpartition("/")
    if last.lower() in _UP | _DOWN:
        direction, needs_pair = ("down", False) if last.lower() in _DOWN else (direction, needs_pair)
        folder, (above, _, last) = above, above.rpartition("/")
    if _NUMBERED_FOLDER.fullmatch(last) and is_migrations(above):
        shape = "numbered" if shape == "plain" else shape
        folder, version = above, (*_numbers(last), *version)
    return Named(shape, folder, version, name, direction, _dialect(path, folder), needs_pair and direction == "down")


def _dialect(path: str, folder: str) -> Dialect | None:
    """The engine that the name or the last two folders name."""
    ends = path.rpartition("/")[2].lower().split(".")[:0:-1]
    words = (*ends, *(word for part in reversed(folder.lower().split("/")[-2:]) for word in WORD_BREAK.split(part)))
    return next((ENGINES[word] for word in words if word in ENGINES), None)


def foreign_engine(folder: str) -> str:
    """The system that one of the last two folders is named after and that is not read, "" for none."""
    return next((_FOREIGN[part] for part in reversed(folder.lower().split("/")[-2:]) if part in _FOREIGN), "")


def foreign_name(path: str) -> bool:
    """Whether a file says that it is for a system that is not read: `0001_users.cockroach.up.sql`."""
    return not _FOREIGN.keys().isdisjoint(path.rpartition("/")[2].lower().split(".")[1:])


def _last_word(stem: str) -> tuple[str, Direction | None]:
    """What stands before the last word of a name, and the direction it means: `add_users.down`, `add-users-rollback`, `down`."""
    found = _LAST_WORD.search(f".{stem.lower()}")
    if found is None or found[2] not in _UP | _DOWN:
        return "", None
    return found[1], "down" if found[2] in _DOWN else "up"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(number(digits) for digits in _DIGITS.findall(version))


def number(digits: str) -> int:
    """The number below LAST; Python refuses to read thousands of digits."""
    significant = digits.lstrip("0")
    return min(int(significant or "0"), LAST - 1) if len(significant) <= 30 else LAST - 1
