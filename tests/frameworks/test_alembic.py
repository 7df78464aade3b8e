"""What we make of Alembic's migrations is what Alembic makes of them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from analyzer.catalog.schema import Schema
from analyzer.discover.classify import discover
from analyzer.discover.walk import walk
from analyzer.extract.extract import extract
from analyzer.facts.change.statements import Opaque
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Dialect, Language, Project, Source
from analyzer.program.program import build_program
from analyzer.schema.base import external_names
from analyzer.schema.compare import compare
from analyzer.schema.fold.replay import Replay, replay
from analyzer.schema.revisions import as_migrations, in_order
from analyzer.sql.embed import embed
from tests.corpus import CORPORA, load_config
from tests.frameworks.alembic_runs import order, send, written
from tests.schema.engines.postgres import engine_lines, replayed_lines
from tests.schema.engines.shapes import shape_of
from tests.schema.engines.sqlite import sqlite_shapes
from tests.schema.stepping import replayed_script

_NAMES: dict[Dialect, str] = {"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite"}


def ours(name: str, dialect: Dialect) -> Replay:
    files, _ = walk(CORPORA / name, load_config(CORPORA / name))
    program = build_program(extract(source) for source in discover(files))
    revisions = [one for _, file in sorted(program.files.items()) for one in file.revisions]
    return replay(as_migrations(in_order(revisions), dialect), dialect, "main")


def sound(done: Replay) -> Schema:
    assert not [failure for step in done.steps for failure in step.failures]
    assert not [change for step in done.steps for change in step.changes if isinstance(change, Opaque)]
    return done.whole


def test_postgres_has_what_we_replay(
    fresh_postgres: "psycopg.Connection[Any]", postgres_uri: Callable[[str], str], tmp_path: Path
) -> None:
    url = postgres_uri(fresh_postgres.info.dbname).replace("postgresql:", "postgresql+psycopg:")
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        send("alembic", connection, tmp_path)
    real = {line for line in engine_lines(fresh_postgres) if "alembic_version" not in line}
    assert replayed_lines(sound(ours("alembic", "postgres"))) == real


def test_sqlite_has_what_we_replay(tmp_path: Path) -> None:
    with sa.create_engine(f"sqlite:///{tmp_path / 'shop.db'}", poolclass=sa.NullPool).connect() as connection:
        send("alembic-sqlite", connection, tmp_path)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        real = {name: shape for name, shape in sqlite_shapes(connection).items() if name != "alembic_version"}
    assert shape_of(sound(ours("alembic-sqlite", "sqlite"))) == real


@pytest.mark.parametrize("dialect", ["postgres", "mysql"])
def test_batches_are_plain_statements_elsewhere(dialect: Dialect, tmp_path: Path) -> None:
    sql = written("alembic-sqlite", _NAMES[dialect], tmp_path)
    assert compare(replayed_script(sql, dialect), sound(ours("alembic-sqlite", dialect)), order=True) == ()


@pytest.mark.parametrize("name", ["alembic", "alembic-sqlite"])
def test_branches_run_in_alembics_order(name: str, tmp_path: Path) -> None:
    assert [step.migration.id for step in ours(name, "postgres").steps] == order(name, tmp_path)


def facts(up: str, head: str = "") -> FileFacts:
    body = "\n".join(f"    {line}" for line in up.strip().splitlines())
    code = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = 'a1'\ndown_revision = None\n{head}\ndef upgrade():\n{body}\n"
    language: Language = "python"
    return extract(Source("versions/a1.py", code.encode(), language, "code", Project("")))


def sent(up: str, dialect: Dialect = "postgres", head: str = "") -> list[tuple[str, bool]]:
    """What a function of a migration sends to one engine, and whether it need not."""
    (revision,) = facts(up, head).revisions
    return [(embed(one.text, dialect).sql, one.guarded) for one in revision.up if dialect in one.dialects]


def replayed(up: str, head: str = "") -> Replay:
    (file,) = build_program([facts(up, head)]).files.values()
    return replay(as_migrations(file.revisions, "postgres"), "postgres", "main")


def test_a_type_is_made_once_and_made_anew_with_its_columns() -> None:
    head = "state = sa.Enum('new', 'old', name='state')"
    up = "op.create_table('users', sa.Column('state', state))\nop.create_table('orders', sa.Column('state', state))\nop.sync_enum_values('public', 'state', ['new', 'gone'], [('users', 'state')])"  # fmt: skip
    schema = sound(replayed(up, head))
    assert schema.enums["state"].values == ("new", "gone")
    assert {table.column("state").type.name for table in schema.tables.values()} == {"state"}  # type: ignore[union-attr]


def test_what_no_revision_makes_is_made_elsewhere() -> None:
    up = "op.create_table('a', sa.Column('id', sa.Integer(), sa.ForeignKey('people.id')))\nop.add_column('b', sa.Column('c', sa.Text()))\nop.drop_table('a')"
    changes = [step.changes for step in replayed(up).steps]
    assert external_names(changes, "postgres") == {"people", "b"}


def test_an_early_return_leaves_the_rest_to_the_other_engines() -> None:
    up = "if op.get_bind().dialect.name != 'postgresql':\n    return\nop.execute('CREATE TABLE users (id int)')"
    assert sent(up) == [("CREATE TABLE users (id int)", False)]
    assert sent(up, "sqlite") == []


def test_a_condition_that_nobody_knows_leaves_both_branches_open() -> None:
    up = "if sa.inspect(op.get_bind()).has_table('users'):\n    op.drop_table('users')\nelse:\n    op.drop_table('people')\nop.drop_table('old')"
    assert sent(up) == [('DROP TABLE "users"', True), ('DROP TABLE "people"', True), ('DROP TABLE "old"', False)]


def test_loops_and_functions_are_gone_through() -> None:
    head = "def indexed(table, *columns, prefix='ix'):\n    for column in columns:\n        op.create_index(f'{prefix}_{column}', table, [column])"
    up = "for table, columns in {'users': ('name', 'email')}.items():\n    indexed(table, *columns, prefix='i')"
    assert [sql for sql, _ in sent(up, head=head)] == [
        'CREATE INDEX "i_name" ON "users" ("name")',
        'CREATE INDEX "i_email" ON "users" ("email")',
    ]


def test_functions_give_lists_and_names_stand_for_texts() -> None:
    head = "TABLE = 'users'\ndef stamps(word='at'):\n    return [sa.Column(f'made_{word}', sa.Date()), sa.Column('seen', sa.Date())]"
    up = "op.create_table(TABLE, sa.Column('id', sa.Integer(), primary_key=True), *stamps())"
    ((sql, _),) = sent(up, "sqlite", head)
    assert sql.startswith("CREATE TABLE `users` (`id` INTEGER NOT NULL, `made_at` DATE, `seen` DATE")


def test_options_are_handed_on() -> None:
    head = "def turned(table, column, **options):\n    op.alter_column(table, column, postgresql_using=f'{column}::integer', **options)"
    up = "turned('users', 'age', type_=sa.Integer(), nullable=False)"
    assert [sql for sql, _ in sent(up, head=head)] == [
        'ALTER TABLE "users" ALTER COLUMN "age" TYPE INTEGER USING age::integer',
        'ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL',
    ]
    assert [sql for sql, _ in sent("op.alter_column('users', 'age', **given)")] == ['ALTER TABLE "users" {}']


def test_functions_that_call_each_other_end() -> None:
    head = "def one():\n    two()\n    op.drop_table('a')\ndef two():\n    one()\n    one()"
    assert sent("one()", head=head) == [('DROP TABLE "a"', False)]


def test_an_operation_of_a_plug_in_is_unread_and_names_what_it_mentions() -> None:
    assert sent("op.create_view('paid_orders', 'SELECT 1')") == [('{} TABLE "paid_orders"', False)]
    assert sent("op.create_entity(View(signature='paid', definition='SELECT 1'))") == [('{} TABLE "paid"', False)]
    assert sent("op.create_entity(paid)") == [("{} TABLE {}", False)]


def test_what_doubles_at_every_step_ends() -> None:
    head = "\n".join(f"def f{n}():\n" + f"    f{n + 1}()\n" * 40 for n in range(20)) + "\nl0 = []\n"
    head += "\n".join(f"l{n + 1} = [{', '.join([f'*l{n}'] * 4)}]" for n in range(40))
    facts("f0()\nop.create_table('t', *l40)", head)


@pytest.mark.parametrize(
    "up",
    [
        "op.create_table(",
        "op.create_table('users', sa.Column(",
        "op.add_column()",
        "op.alter_column('users')",
        "with op.batch_alter_table() as b:\n    b.drop_column()",
        "for a, b in x: op.execute(a)",
        "op.create_index(*x, **y)",
        "op.create_foreign_key(None)",
        "upgrade()",
        "a = b\nb = a\nop.execute(a)",
        "op.execute(f'{' * 90)",
        "(" * 3000 + "op.drop_table('a')" + ")" * 3000,
        "x = " + " + ".join(["op.f('a')"] * 4000),
        "for " + "(" * 400 + "x" + ",)" * 400 + " in [1]: pass",
        "for x in " + "enumerate(" * 500 + "y" + ")" * 500 + ": op.execute(x)",
        "op.execute(" * 500 + "'SELECT 1'" + ")" * 500,
        "op.add_column('t', " + "sa.Column(" * 300 + "'a'" + ")" * 300 + ")",
        "op.add_column(" + "**dict(" * 2000 + ")" * 2000,
        "if " + "not " * 2000 + "a: op.drop_table('a')",
    ],
)
def test_broken_code_is_no_trouble(up: str) -> None:
    facts(up)
