"""Schemas that code makes: the CREATE and ALTER statements that reach a database from code.

What comes in: FileFacts, their query sites made whole. What goes out: one Candidate a project, and its replay as an optimistic union: what any of
the statements makes may be there, whichever ran first and whatever was dropped in between. The order in which code runs is not known here, nor
what starts it.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from analyzer.catalog.schema import UNKNOWN, Schema, Table
from analyzer.facts.change import (
    AddColumn,
    AddConstraint,
    AddIndex,
    CreateEnum,
    CreateTable,
    CreateView,
    Opaque,
    RenameColumn,
    RenameTable,
    SchemaChange,
)
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.query import Query
from analyzer.facts.source import Dialect, Project, Span
from analyzer.facts.text import Text
from analyzer.schema.evidence import find_dialect
from analyzer.schema.fold.replay import apply
from analyzer.schema.history import Step
from analyzer.schema.sources import Candidate
from analyzer.sql.ddl.read import read_changes
from analyzer.sql.embed import embed
from analyzer.sql.resolve import resolve

_VERBS = ("CREATE", "ALTER")
_NOT_MAIN = frozenset({"test", "seed", "vendored", "generated"})
# Packages that make tables of their own, from models nobody reads here.
_MODELS = frozenset({
    "django", "sqlalchemy", "sqlmodel", "flask-sqlalchemy", "peewee", "tortoise-orm", "pony", "alembic", "piccolo", "ormar",
    "sequelize", "sequelize-typescript", "typeorm", "prisma", "@prisma/client", "drizzle-orm", "mikro-orm", "@mikro-orm/core", "objection",
    "knex", "bookshelf", "waterline", "diesel", "sea-orm", "rbatis", "ormlite",
})  # fmt: skip
# A toolkit that many projects only connect with; what of it makes tables, and a bare import, which may be followed by any of it.
_TOOLKIT = frozenset({"sqlalchemy"})
_MAKERS = frozenset({"", "*", "Table", "MetaData", "Column", "orm"})
_ENOUGH = 0.6


def code_candidates(files: Sequence[FileFacts]) -> Iterator[Candidate]:
    """One candidate for each project whose code creates tables."""
    groups: dict[str, list[FileFacts]] = {}
    for file in files:
        if file.role not in _NOT_MAIN and any(True for _ in _statements(file)):
            groups.setdefault(file.project.path, []).append(file)
    for path, group in sorted(groups.items()):
        yield _candidate(path, group, files)


def _candidate(path: str, group: list[FileFacts], files: Sequence[FileFacts]) -> Candidate:
    project = group[0].project
    migrations = tuple(_migration(file) for file in group)
    texts = tuple(text for migration in migrations for text in migration.up)
    connections = [found for file in files if file.project.path == path for found in file.connections]
    hints = {query.dialect_hint for file in group for query in _statements(file)} - {""}
    dialect, evidence = find_dialect(path, texts, project, connections)
    if len(hints) == 1:
        dialect, evidence = _spoken(hints.pop()), "the driver of its statements speaks it"
    where = group[0].path if len(group) == 1 else path or "."
    return Candidate("code-ddl", "code", where, migrations, project, dialect, evidence)


def _spoken(hint: str) -> Dialect:
    return "sqlite" if hint == "sqlite" else "mysql" if hint == "mysql" else "postgres"


def _statements(file: FileFacts) -> Iterator[Query]:
    """Query sites that may change a schema; those of tests beside the code left out."""
    for query in file.queries:
        head = query.text.skeleton.lstrip()[:400].upper()
        inside = any(test.start <= query.span.start < test.end for test in file.tests)
        if not inside and (
            head.startswith(_VERBS) or (query.operation == "script" and "CREATE TABLE" in query.text.skeleton.upper())
        ):
            yield query


def _migration(file: FileFacts) -> Migration:
    texts = tuple(query.text for query in _statements(file))
    return Migration(Span(file.path, 0, 0), file.path, "code", (file.path,), texts)


def is_modelled(project: Project, files: Iterable[FileFacts]) -> bool:
    """Whether a package of the project makes tables that no statement shows. SQLAlchemy does so where its tables or models are imported."""
    if not project.depends_on(_TOOLKIT):
        return project.depends_on(_MODELS)
    return project.depends_on(_MODELS - _TOOLKIT) or any(
        one.module.partition(".")[0] == "sqlalchemy"
        and (one.name in _MAKERS or one.module.startswith(("sqlalchemy.orm", "sqlalchemy.ext.declarative")))
        for file in files
        for one in file.imports
    )


def replay_union(migrations: Iterable[Migration], dialect: Dialect, name: str) -> tuple[Schema, tuple[Step, ...]]:
    """Everything that any statement makes; what is dropped stays, because nobody knows when."""
    read = [(one, tuple(change for text in one.up for change in read_changes(text, dialect))) for one in migrations]
    schema = Schema(name, dialect)
    for kinds in (
        (CreateEnum, CreateTable),
        (RenameTable,),
        (AddColumn, RenameColumn),
        (CreateView, AddIndex, AddConstraint, Opaque),
    ):
        for _, changes in read:
            for change in changes:
                if isinstance(change, kinds):
                    schema = _unite(schema, change)
    return schema, tuple(Step(one, changes) for one, changes in read)


def _unite(schema: Schema, change: SchemaChange) -> Schema:
    match change:
        case CreateTable(table=name, temporary=False) if (known := schema.table(name.name, name.namespace)) is not None:
            made, _ = apply(Schema(schema.name, schema.dialect), change)
            return _widened(schema, known, made.table(name.name, name.namespace))
        case RenameTable(table=name, to=to) if (known := schema.table(name.name)) is not None:
            target = schema.table(to.name)
            if target is not None:
                return _widened(schema, target, known)
            return _with(schema, replace(known, name=to.name))
        case RenameColumn(table=name, column=column, to=new) if (known := schema.table(name.name)) is not None:
            old = known.column(column)
            more = (replace(old, name=new),) if old is not None and known.column(new) is None else ()
            return _with(schema, replace(known, columns=(*known.columns, *more)))
        case RenameTable() | RenameColumn():
            return schema
        case AddColumn(table=name, column=clause):
            # The row's shape depends on when the statement ran.
            added = apply(schema, change)[0]
            table = added.table(name.name, name.namespace)
            if table is None or schema.table(name.name, name.namespace) == table:
                return added
            columns = tuple(replace(c, certain=False) if c.name == clause.name else c for c in table.columns)
            return _with(added, replace(table, columns=columns))
        case _:
            return apply(schema, change)[0]


def _widened(schema: Schema, known: Table, other: Table | None) -> Schema:
    """A table with the columns of another shape of it added, uncertain; a column of two types is of none."""
    if other is None:
        return schema
    columns = tuple(
        column
        if (twin := other.column(column.name)) is None or (twin.type, twin.nullable) == (column.type, column.nullable)
        else replace(column, type=UNKNOWN, nullable=True, certain=False)
        for column in known.columns
    )
    more = tuple(replace(column, certain=False) for column in other.columns if known.column(column.name) is None)
    return _with(schema, replace(known, columns=(*columns, *more), closed=known.closed and other.closed))


def _with(schema: Schema, table: Table) -> Schema:
    key = next(
        (at for at, known in schema.tables.items() if known.name == table.name),
        ("", table.name if schema.dialect == "postgres" else table.name.lower()),
    )
    return replace(schema, tables={**schema.tables, key: table})


def explains(schema: Schema, files: Iterable[FileFacts]) -> bool:
    """Whether most of the tables that the project's queries name are made by its statements: else something else makes them."""
    named: set[str] = set()
    for file in files:
        if file.role not in _NOT_MAIN:
            for query in file.queries:
                named.update(_tables(query.text, schema.dialect, query))
    made = sum(schema.table(name) is not None for name in named)
    return bool(named) and made >= _ENOUGH * len(named)


def _tables(text: Text, dialect: Dialect, query: Query) -> Iterator[str]:
    found = resolve(embed(text), dialect, None, paramstyle=query.paramstyle, script=query.operation == "script")
    for reference in found.references:
        if reference.column is None and not reference.derived and reference.table:
            yield reference.table
