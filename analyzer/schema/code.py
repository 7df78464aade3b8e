"""Schemas that code makes: lists of migrations that it goes through, and the CREATE and ALTER statements that reach a database from elsewhere.

What comes in: a Program. What goes out: one Candidate a timeline, and one a project for the rest, replayed as an optimistic union: what any of
the statements makes may be there, whichever ran first and whatever was dropped in between.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.discover.naming import foreign_engine
from analyzer.facts.change.columns import AddColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.statements import Opaque
from analyzer.facts.change.tables import CreateTable, RenameTable
from analyzer.facts.change.types import CreateEnum
from analyzer.facts.change.views import CreateView
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.query import Query
from analyzer.facts.source import Dialect, Project, Span
from analyzer.facts.text import Text
from analyzer.program.program import Program
from analyzer.program.timelines import CodeStep, Timeline
from analyzer.schema.evidence import find_dialect
from analyzer.schema.fold.replay import apply
from analyzer.schema.fold.union import unite
from analyzer.schema.history import SourceKind, Step
from analyzer.schema.sources import Candidate, is_apart
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


def timeline_candidates(program: Program) -> Iterator[Candidate]:
    """One candidate for each list of migrations that the code goes through."""
    for timeline in program.timelines:
        migrations = tuple(_step(step, number, timeline) for number, step in enumerate(timeline.steps, 1))
        homes = {step.span.path for step in timeline.steps} | {function.path for function in timeline.functions}
        group = [program.files[path] for path in sorted(homes)]
        yield _candidate("code-migrations", timeline.path, migrations, group, program)


def _step(step: CodeStep, number: int, timeline: Timeline) -> Migration:
    return Migration(
        step.span,
        step.name or str(number),
        "code",
        (number,),
        tuple(one.text for one in step.statements),
        transactional=False,
        guarded=frozenset(at for at, one in enumerate(step.statements) if one.guarded),
        caught=frozenset(at for at, one in enumerate(step.statements) if one.caught),
        stops=timeline.stops,
    )


def code_candidates(program: Program, ordered: frozenset[Span]) -> Iterator[Candidate]:
    """One candidate for each project whose code creates tables in no order that is known; `ordered` are texts that belong to a timeline."""
    groups: dict[str, list[tuple[FileFacts, Migration]]] = {}
    for _, file in sorted(program.files.items()):
        texts = tuple(text for text in _texts(file) if text.span not in ordered)
        if file.role not in _NOT_MAIN and texts:
            migration = Migration(Span(file.path, 0, 0), file.path, "code", (file.path,), texts)
            groups.setdefault(file.project.path, []).append((file, migration))
    for path, group in sorted(groups.items()):
        where = group[0][0].path if len(group) == 1 else path or "."
        files = [file for file, _ in group]
        yield _candidate("code-ddl", where, tuple(migration for _, migration in group), files, program)


def _candidate(
    kind: SourceKind, path: str, migrations: tuple[Migration, ...], group: Sequence[FileFacts], program: Program
) -> Candidate:
    project = group[0].project
    texts = tuple(text for migration in migrations for text in migration.up)
    near = [file for file in program.files.values() if file.project.path == project.path]
    connections = [found for file in near for found in file.connections]
    hints = {query.dialect_hint for file in group for query in _statements(file)} - {""}
    dialect, evidence = find_dialect(path, texts, project, connections)
    if len(hints) == 1:
        dialect, evidence = _spoken(hints.pop()), "the driver of its statements speaks it"
    own = {file.path for file in group}
    runs = frozenset(part.span.path for text in texts for part in text.parts if part.span.path not in own)
    sql = frozenset(path for path in runs if path in program.files and program.files[path].language == "sql")
    foreign = foreign_engine(path.rpartition("/")[0])
    return Candidate(kind, "code", path, migrations, project, dialect, evidence, is_apart(path), foreign, runs=sql)


def _spoken(hint: str) -> Dialect:
    return "sqlite" if hint == "sqlite" else "mysql" if hint == "mysql" else "postgres"


def _texts(file: FileFacts) -> Iterator[Text]:
    """The texts of its schema statements: those that reach a database here, and those that functions return and lists hold for others to send."""
    yield from (query.text for query in _statements(file))
    returned = (given.text for function in file.functions for given in function.returns)
    listed = (text for registry in file.registries for entry in registry.entries for text in entry.texts)
    known = frozenset[Span]().union(*(query.text.places for query in file.queries))
    for text in (*returned, *listed):
        inside = any(test.start <= text.span.start < test.end for test in file.tests)
        if not inside and known.isdisjoint(text.places) and text.skeleton.lstrip()[:400].upper().startswith(_VERBS):
            yield text


def _statements(file: FileFacts) -> Iterator[Query]:
    """Query sites that may change a schema; those of tests beside the code left out."""
    for query in file.queries:
        head = query.text.skeleton.lstrip()[:400].upper()
        inside = any(test.start <= query.span.start < test.end for test in file.tests)
        if not inside and (
            head.startswith(_VERBS) or (query.operation == "script" and "CREATE TABLE" in query.text.skeleton.upper())
        ):
            yield query


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
                if isinstance(change, CreateTable | RenameTable | AddColumn | RenameColumn) and isinstance(
                    change, kinds
                ):
                    schema = unite(schema, change)
                elif isinstance(change, kinds):
                    schema = apply(schema, change)[0]
    return schema, tuple(Step(one, changes) for one, changes in read)


def explained(schema: Schema, files: Iterable[FileFacts], more: Collection[str] = ()) -> float | None:
    """The share of the tables that these files' queries name which its statements make, from 0 to 1: what is left, something else makes.

    None where they name no table. `more` are tables that other statements make.
    """
    named: set[str] = set()
    for file in files:
        if file.role not in _NOT_MAIN:
            for query in file.queries:
                named.update(_tables(query.text, schema.dialect, query))
    made = sum(schema.table(name) is not None or name.lower() in more for name in named)
    return made / len(named) if named else None


def _tables(text: Text, dialect: Dialect, query: Query) -> Iterator[str]:
    found = resolve(
        embed(text, dialect), dialect, None, paramstyle=query.paramstyle, script=query.operation == "script"
    )
    for reference in found.references:
        if reference.column is None and not reference.derived and reference.table:
            yield reference.table
