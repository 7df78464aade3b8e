"""How tools send a file: in a transaction, as one query."""

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile
from analyzer.discover.transactions import sending_of

TABLE = b"CREATE TABLE users (id INTEGER);\n"


@pytest.mark.parametrize(
    ("tool", "content", "settings", "expected"),
    [
        ("sqlx", TABLE, b"", (True, True)),
        ("sqlx", b"-- no-transaction\nCREATE INDEX CONCURRENTLY by_name ON users (name);", b"", (False, True)),
        ("sqlx", b"\n-- no-transaction\n" + TABLE, b"", (True, True)),
        ("diesel", TABLE, b"", (True, True)),
        ("diesel", TABLE, b"run_in_transaction = false\n", (False, True)),
        ("drizzle", TABLE, b"", (True, True)),
        ("prisma", TABLE, b"", (False, True)),
        ("goose", b"-- +goose NO TRANSACTION\n-- +goose Up\n" + TABLE, b"", (False, False)),
        ("goose", b"-- +goose Up\n" + TABLE, b"", (True, False)),
        ("dbmate", b"-- migrate:up transaction:false\n" + TABLE + b"-- migrate:down\n", b"", (False, True)),
        ("dbmate", b"-- migrate:up\n" + TABLE + b"-- migrate:down transaction:false\n", b"", (True, True)),
        ("sql-migrate", b"-- +migrate Up notransaction\n" + TABLE, b"", (False, False)),
        ("sql-migrate", b"-- +migrate Up\n" + TABLE + b"-- +migrate Down notransaction\n", b"", (True, False)),
        ("golang-migrate", TABLE, b"", (False, True)),
        ("flyway", TABLE, b"", (True, False)),
        ("flyway", TABLE, b"executeInTransaction=false\n", (False, False)),
        ("flyway", b"CREATE INDEX CONCURRENTLY by_name ON users (name);", b"", (False, False)),
        ("graphile-migrate", b"--! Previous: -\n--! Hash: sha1:0\n\n--! no-transaction\n" + TABLE, b"", (False, True)),
        ("supabase", TABLE, b"", (False, True)),
        ("numbered", TABLE, b"", (False, False)),
    ],
)
def test_each_tool(tool: str, content: bytes, settings: bytes, expected: tuple[bool, bool]) -> None:
    sending = sending_of(tool, content, settings)
    assert (sending.transactional, sending.batch) == expected


@pytest.mark.parametrize(
    ("migration", "beside", "settings"),
    [
        ("migrations/2025-01-01-000000_users/up.sql", "migrations/2025-01-01-000000_users/metadata.toml", b"run_in_transaction = false"),
        ("db/migration/V1__users.sql", "db/migration/V1__users.sql.conf", b"executeInTransaction=false"),
    ],
)  # fmt: skip
def test_settings_beside_a_migration(migration: str, beside: str, settings: bytes) -> None:
    def is_wrapped(*files: RawFile) -> bool | None:
        layouts = (source.layout for source in discover(files) if source.path == migration)
        return next((layout.transactional for layout in layouts if layout is not None), None)

    assert is_wrapped(RawFile(migration, TABLE)) is True
    assert is_wrapped(RawFile(migration, TABLE), RawFile(beside, settings)) is False
