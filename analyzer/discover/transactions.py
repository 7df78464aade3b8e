"""How a migration tool sends a SQL file: in a transaction, and as one query or statement by statement.

What comes in: the tool, the file's bytes, those of the settings beside it. What goes out: a Sending. This module does not know statements, nor
what an engine can undo: MySQL commits at every definition.
"""

import re

from msgspec import Struct


class Sending(Struct, frozen=True):
    """`transactional` is True where the tool opens a transaction around the file; `batch` where all of it is one query.

    Both are False for a runner that nobody knows.
    """

    transactional: bool = False
    batch: bool = False


class _Habit(Struct, frozen=True):
    """`wraps`: in a transaction but where `unless` is found in the file, or `setting` in the settings beside it."""

    wraps: bool
    batch: bool = False
    unless: re.Pattern[bytes] | None = None
    setting: re.Pattern[bytes] | None = None


def _line(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.IGNORECASE | re.MULTILINE)


_HABITS: dict[str, _Habit] = {
    # sqlx-core, migrate/source.rs: the file starts so; the text is executed as it stands.
    "sqlx": _Habit(wraps=True, batch=True, unless=re.compile(rb"\A-- no-transaction")),
    # https://docs.rs/diesel_migrations: `metadata.toml` in the migration's folder; `batch_execute`.
    "diesel": _Habit(wraps=True, batch=True, setting=_line(r"^[ \t]*run_in_transaction[ \t]*=[ \t]*false\b")),
    # https://docs.rs/rusqlite_migration, https://docs.rs/refinery: each migration in a transaction.
    "rusqlite_migration": _Habit(wraps=True, batch=True),
    "refinery": _Habit(wraps=True, batch=True),
    # drizzle-orm, `migrate` of each dialect: one transaction around all migrations, each piece between breakpoints a query.
    "drizzle": _Habit(wraps=True, batch=True),
    # prisma-engines, `raw_cmd`: no transaction, and the script is one query.
    "prisma": _Habit(wraps=False, batch=True),
    # https://pressly.github.io/goose/documentation/annotations/
    "goose": _Habit(wraps=True, unless=_line(r"^[ \t]*--[ \t]*\+goose[ \t]+no[ \t]+transaction\b")),
    # https://github.com/amacneil/dbmate#migration-options
    "dbmate": _Habit(wraps=True, batch=True, unless=_line(r"^--[ \t]*migrate:up\b[^\n]*\btransaction:false\b")),
    # https://github.com/rubenv/sql-migrate#writing-migrations
    "sql-migrate": _Habit(wraps=True, unless=_line(r"^[ \t]*--[ \t]*\+migrate[ \t]+up\b[^\n]*\bnotransaction\b")),
    # https://github.com/golang-migrate/migrate/tree/master/database/postgres: one query but with `x-multi-statement`.
    "golang-migrate": _Habit(wraps=False, batch=True),
    # https://documentation.red-gate.com/flyway (script configuration): `<file>.conf`. Statements that PostgreSQL runs in no transaction
    # are found by Flyway itself, which opens none then.
    "flyway": _Habit(
        wraps=True,
        unless=_line(r"\bconcurrently\b|^[ \t]*(?:vacuum|alter[ \t]+system|create[ \t]+database|create[ \t]+tablespace)\b"),
        setting=_line(r"^[ \t]*executeInTransaction[ \t]*=[ \t]*false\b"),
    ),
    # https://salsita.github.io/node-pg-migrate: a SQL file cannot ask for none.
    "node-pg-migrate": _Habit(wraps=True, batch=True),
    # https://github.com/kriasoft/node-sqlite (migrations)
    "up/down": _Habit(wraps=True, batch=True),
    # https://github.com/graphile/migrate#running-migrations, src/migration.ts
    "graphile-migrate": _Habit(wraps=True, batch=True, unless=_line(r"^--![ \t]*no-transaction\b")),
    # supabase/cli, pkg/migration/file.go, `ExecBatch`: a pipeline, which is one transaction by itself.
    "supabase": _Habit(wraps=False, batch=True),
    # https://developers.cloudflare.com/d1/reference/migrations/: one that fails is rolled back.
    "wrangler": _Habit(wraps=True, batch=True),
    # https://github.com/ThomWright/postgres-migrations#migrations-rules
    "postgres-migrations": _Habit(
        wraps=True, batch=True, unless=_line(r"^--[ \t]*postgres-migrations[ \t]+disable-transaction\b")
    ),
    # https://ollycope.com/software/yoyo (transactions)
    "yoyo": _Habit(wraps=True, unless=_line(r"^[ \t]*--[ \t]*transactional[ \t]*:[ \t]*false\b")),
    # https://github.com/rickbergfalk/postgrator: the file is one query.
    "postgrator": _Habit(wraps=False, batch=True),
    # https://docs.liquibase.com (runInTransaction): a changeset's own attribute says otherwise.
    "liquibase": _Habit(wraps=True),
}  # fmt: skip


def sending_of(tool: str, content: bytes, settings: bytes = b"") -> Sending:
    """How a tool sends a file; `settings` are what it reads beside it."""
    habit = _HABITS.get(tool)
    if habit is None:
        return Sending()
    asked = (habit.unless, content), (habit.setting, settings)
    refuses = any(pattern is not None and pattern.search(text) for pattern, text in asked)
    return Sending(habit.wraps and not refuses, habit.batch)


def settings_path(tool: str, path: str) -> str | None:
    """The file beside a migration that says how it is run."""
    match tool:
        case "diesel":
            return f"{path.rpartition('/')[0]}/metadata.toml"
        case "flyway":
            return f"{path}.conf"
        case _:
            return None
