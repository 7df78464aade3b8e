"""Tables and columns that statements outside the migrations make.

What comes in: a Program and its Histories. What goes out: names nothing may be accused of, and schemas with the columns that may have been
added. Whether and when such a statement runs is not asked: what may be there is there. This module does not judge.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Column, Table, Trigger
from analyzer.catalog.types import parse_type
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.routines import CreateTrigger
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.change.views import CreateView
from analyzer.facts.clause import ColumnClause
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.query import Query
from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.link.linked import Link, LinkedQuery
from analyzer.program.program import Program
from analyzer.schema.evidence import driver_dialects
from analyzer.schema.history import History
from analyzer.sql.ddl.read import read_changes

# A text that asks the catalogue, and the names it asks for.
_CATALOGUES = re.compile(
    r"information_schema|sqlite_master|sqlite_schema|pg_tables|pg_class|to_regclass|show\s+tables", re.IGNORECASE
)
_QUOTED = re.compile(r"'(?:public\.)?\"?([A-Za-z_]\w*)\"?'")
_VERBS = ("CREATE", "ALTER")
# How a dump begins.
_PREAMBLES = ("PRAGMA", "BEGIN", "SET", "START")
_DEFINES = re.compile(r"(?:^|;)\s*(?:CREATE|ALTER)\s", re.IGNORECASE)
# What dbt writes around the query of a model (https://docs.getdbt.com/reference/dbt-jinja-functions).
_MODEL = re.compile(r"\{\{-?\s*(?:config|ref|source)\s*\(")
_PROBES = frozenset({"table_exists", "has_table", "tableExists", "hasTable", "does_table_exist", "exists_table"})


class CodeChange(Struct, frozen=True):
    """A schema change that a query site makes."""

    file: FileFacts
    query: Query
    change: SchemaChange

    @property
    def in_test(self) -> bool:
        """Whether a test makes it, in a file of its own or beside the code."""
        beside = any(test.start <= self.query.span.start < test.end for test in self.file.tests)
        return beside or self.file.role in ("test", "seed")


Changes = tuple[CodeChange, ...]


def code_changes(program: Program) -> Changes:
    """Every schema change that a query site makes."""
    return tuple(
        CodeChange(file, query, change)
        for file, query in program.queries()
        if query.operation == "script" or _DEFINES.search(query.text.skeleton)
        for change in read_changes(query.text, dialect_of(query, file, ()))
        if _is_definition(query) or (isinstance(change, CreateTable) and change.temporary)
    )


def _is_definition(query: Query) -> bool:
    """A text that is there to define. One that defines on its way is asked for its temporary tables alone."""
    return query.operation == "script" or query.text.skeleton.lstrip()[:200].upper().startswith((*_VERBS, *_PREAMBLES))


def made_tables(changes: Changes) -> Iterator[str]:
    """Names of tables and views that code makes, or drops: what it drops was there for what ran before."""
    for made in changes:
        match made.change:
            case CreateTable(table=name) | RenameTable(to=name) | CreateView(view=name) | DropTable(table=name):
                yield name.name
            case _:
                pass


def modelled_tables(program: Program) -> Iterator[str]:
    """Names of tables and views that dbt makes of a file with one query, called as the file is."""
    for path, file in program.files.items():
        if file.language == "sql" and any(_MODEL.search(script.text.skeleton) for script in file.scripts):
            yield path.rpartition("/")[2].partition(".")[0]


def with_made_columns(history: History, changes: Changes) -> History:
    """The history, its tables widened by columns that code outside the tests may add."""
    tables = dict(history.schema.tables)
    for made in changes:
        if made.in_test:
            continue
        if isinstance(made.change, AddIndex | AddConstraint | AlterColumn | CreateTrigger):
            _loosen(tables, history.schema.table(made.change.table.name), made.change)
        for name, clause in _columns(made.change):
            table = history.schema.table(name)
            if table is not None and table.column(clause.name) is None:
                key = next(key for key, known in history.schema.tables.items() if known is table)
                tables[key] = _widened(tables[key], clause, history.dialect)
    if tables == history.schema.tables:
        return history
    schema: Schema = msgspec.structs.replace(history.schema, tables=tables)
    return msgspec.structs.replace(history, schema=schema)


def _loosen(tables: dict[tuple[str, str], Table], table: Table | None, change: SchemaChange) -> None:
    """Nobody knows whether the index, constraint or trigger that code makes is there, or the column is as code makes it."""
    key = next((key for key, known in tables.items() if table is not None and known.name == table.name), None)
    if key is None:
        return
    known = tables[key]
    match change:
        case AlterColumn(column=name):
            altered = known.column(name)
            columns = tuple(msgspec.structs.replace(c, certain=False) if c is altered else c for c in known.columns)
            tables[key] = msgspec.structs.replace(known, columns=columns)
        case CreateTrigger(name=name, span=span, before_insert=inserted, before_update=updated):
            fills = () if updated and not inserted else ("*",)
            trigger = Trigger(name, span, fills, refills=("*",))
            tables[key] = msgspec.structs.replace(known, triggers=(*known.triggers, trigger))
        case _:
            options = tuple(dict.fromkeys((*known.options, LOOSE)))
            tables[key] = msgspec.structs.replace(known, options=options)


def _columns(change: SchemaChange) -> Iterator[tuple[str, ColumnClause]]:
    match change:
        case CreateTable(table=table, columns=columns):
            for column in columns:
                yield table.name, column
        case AddColumn(table=table, column=column):
            yield table.name, column
        case RenameColumn(span=span, table=table, to=to):
            yield table.name, ColumnClause(span, to)
        case _:
            return


def _widened(table: Table, clause: ColumnClause, dialect: Dialect) -> Table:
    column = Column(clause.name, parse_type(clause.type, dialect), not clause.not_null, clause.span, certain=False)
    return (
        msgspec.structs.replace(table, columns=(*table.columns, column)) if table.column(clause.name) is None else table
    )


def dialect_of(query: Query, file: FileFacts, dialects: tuple[Dialect, ...]) -> Dialect:
    """The dialect of a site by its driver, the schemas in play, the URLs of its file, its project's only driver; PostgreSQL where nothing says."""
    hinted: tuple[Dialect, ...] = tuple(dialect for dialect in DIALECTS if dialect == query.dialect_hint)
    spoken: tuple[Dialect, ...] = tuple(
        dialect for dialect in DIALECTS if any(connection.dialect == dialect for connection in file.connections)
    )
    drivers = tuple(driver_dialects(file.project))
    return next(iter((*hinted, *dialects, *spoken, *(drivers if len(drivers) == 1 else ()))), "postgres")


def probed_tables(program: Program) -> frozenset[str]:
    """Names that code asks the catalogue for before it uses them: what is looked for may be missing on purpose."""
    asked = (
        name
        for _, query in program.queries()
        if _CATALOGUES.search(query.text.skeleton)
        for name in _QUOTED.findall(query.text.skeleton)
    )
    return frozenset((*asked, *_probes(program)))


def _probes(program: Program) -> Iterator[str]:
    """`table_exists(conn, "orders")`: a function of this name asks the catalogue somewhere."""
    for call in program.calls.values():
        if call.callee.rpartition(".")[2] in _PROBES:
            for argument in call.arguments:
                if isinstance(argument, LiteralOrigin) and isinstance(argument.value, str):
                    yield argument.value


def tables_by_file(changes: Changes) -> dict[str, frozenset[str]]:
    """What each file creates in a test, folded to lower case: it knows such a table as it made it."""
    names: dict[str, set[str]] = {}
    for made in changes:
        if made.in_test and isinstance(made.change, CreateTable):
            names.setdefault(made.file.path, set()).add(made.change.table.name.lower())
    return {path: frozenset(found) for path, found in names.items()}


def without_own_tables(query: LinkedQuery, own: frozenset[str]) -> LinkedQuery:
    """Links to tables that the file makes for itself, unknown instead of unresolved."""
    if not own or own.isdisjoint(name.lower() for name in query.tables):
        return query

    def settled(link: Link) -> Link:
        tables = {name.lower() for name in (link.reference.table, *link.candidates) if name}
        if link.status != "unresolved" or tables.isdisjoint(own):
            return link
        return msgspec.structs.replace(link, status="unknown", reason="made-here")

    # Its types and its number of columns are those of the file's own table as well.
    problems = tuple(one for one in query.problems if one.problem.name.lower() not in own)
    return msgspec.structs.replace(
        query,
        links=tuple(settled(link) for link in query.links),
        rows=(),
        problems=problems,
        writes=tuple(write for write in query.writes if write.table.name.lower() not in own),
        compared=tuple(value for value in query.compared if value.table.name.lower() not in own),
    )


def migrating_functions(changes: Changes) -> frozenset[Span]:
    """Functions that change tables which are there: what else they run, runs on a schema on its way."""
    return frozenset(
        made.query.function
        for made in changes
        if made.query.function is not None
        and isinstance(made.change, AddColumn | DropColumn | RenameColumn | RenameTable)
    )


def as_migration(query: LinkedQuery) -> LinkedQuery:
    """A statement of a migration in code: what the final schema lacks may be there when it runs."""
    return _unaccused(query, "migration")


def as_explained(query: LinkedQuery) -> LinkedQuery:
    """A statement over tables that code makes, in an order nobody knows: what was found is there, what was not may be."""
    return msgspec.structs.replace(_unaccused(query, "made-in-code"), rows=())


def _unaccused(query: LinkedQuery, reason: str) -> LinkedQuery:
    problems = tuple(placed for placed in query.problems if placed.problem.kind == "syntax")
    return msgspec.structs.replace(query, links=query.unaccused(reason), problems=problems, writes=(), compared=())
