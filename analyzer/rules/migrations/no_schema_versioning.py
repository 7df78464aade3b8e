"""no-schema-versioning. What comes in: a live schema. What goes out: a finding where code makes it at start-up and nothing counts its versions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.catalog.table import Table
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.tables import RenameTable
from analyzer.facts.file import FileFacts
from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import History

# Tables and settings that say how far a schema has come.
_VERSIONS = re.compile(
    r"migrat|version|changelog|alembic|schema_?(?:info|meta|state|history)|(?:db|database)_?(?:info|meta)|(?:play|schema)_evolutions?|upgrade",
    re.IGNORECASE,
)
# What libraries that count versions call back: rusqlite wrappers, IndexedDB and Android's helpers alike.
_UPGRADES = frozenset({"upgrade_from", "upgradeFrom", "on_upgrade", "onUpgrade", "onupgradeneeded"})
# A folder of steps in code: what they do is not read here, but somebody counts them.
_FOLDER = re.compile(r"(?:.*/)?(?:migrations?|upgrades?|patches)/", re.IGNORECASE)
_MEMORY = ":memory:"
# Tools that count versions of documents.
_PACKAGES = frozenset({
    "migrate-mongo", "migrate-mongoose", "mongodb-migrations", "mongock", "pymongo-migrate", "mongo-migrate", "umzug", "ts-migrate-mongoose", "beanie",
})  # fmt: skip
# One table made on the way is a cache; a schema has several.
_SEVERAL = 3


@rule("warning")
def no_schema_versioning(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """Code creates its tables whenever it starts, and nothing records which version of them a database has.

    **Why** CREATE TABLE IF NOT EXISTS changes no table that exists: a database made by an older release keeps its old shape, and the first
    query of a new column fails there.

    **Example** corpora/no-schema-versioning

    **Limits** Said once a schema, at the first table it creates, and only where no table, query or setting of the project speaks of a version
    or of migrations. It is information where no statement has changed a table yet. Schemas of fewer than three tables, of databases in memory and of tests are
    left alone. Of documents it is said where code makes the indexes of three collections, and no collection, package or folder counts versions.

    **Fix** Keep a table of applied migrations (or SQLite's `PRAGMA user_version`), and change the schema in numbered steps.
    """
    if history.dialect == "mongodb":
        yield from _of_documents(history, graph)
        return
    source = next((one for one in history.sources if one.live), None)
    if source is None or source.kind != "code-ddl" or len(history.schema.tables) < _SEVERAL:
        return
    lasting = [table for table in history.schema.tables.values() if table.kind == "table"]
    first = min((table.defined for table in lasting), default=None)
    if first is None or graph.is_test(first):
        return
    near = graph.beside(first)
    if _is_versioned(history, near, graph) or _is_in_memory(near):
        return
    yield Finding(
        span=first,
        message=f'tables are created at start-up, and nothing records the version of schema "{history.schema.name}"',
        severity=None if _alters(history) else "info",
        schema=history.schema.name,
        confidence="medium",
        repair=Repair("keep a table of applied migrations, and change the schema in numbered steps"),
    )


def _of_documents(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    made = [query for query in graph.queries if query.document is not None and query.document.role("keys") is not None]
    lasting = sorted((one for one in made if not graph.is_test(one.query.span)), key=lambda one: one.query.span)
    collections = {name for one in lasting if one.document is not None for name in one.document.collections}
    if len(collections) < _SEVERAL:
        return
    first = lasting[0].query.span
    near = graph.beside(first)
    packages = {dependency.name for file in near for dependency in file.project.dependencies}
    steps = Counter(match[0] for file in near if file.functions and (match := _FOLDER.match(file.path)))
    counted = any(_VERSIONS.search(table.name) for table in history.schema.tables.values())
    if counted or packages & _PACKAGES or any(number >= _SEVERAL for number in steps.values()):
        return
    yield Finding(
        span=first,
        message="indexes of collections are made by scripts, and nothing records which of them a database has",
        severity="info",
        schema=history.schema.name,
        confidence="medium",
        repair=Repair("keep a collection of applied migrations, and change the collections in numbered steps"),
    )


def _alters(history: History) -> bool:
    """The tables have changed already, by statements that ask nothing."""
    changes = (change for step in history.steps for change in step.changes)
    return any(
        isinstance(change, AddColumn | RenameColumn | DropColumn | AlterColumn | RenameTable) for change in changes
    )


def _is_versioned(history: History, near: Sequence[FileFacts], graph: ReferenceGraph) -> bool:
    paths = {file.path for file in near}
    steps = Counter(match[0] for file in near if file.functions and (match := _FOLDER.match(file.path)))
    return (
        any(_counts_versions(table) for table in history.schema.tables.values())
        or any(timeline.span.path in paths for timeline in graph.program.timelines)
        or any(number >= _SEVERAL for number in steps.values())
        or any("user_version" in query.text.skeleton.lower() for file in near for query in file.queries)
        or any(function.name in _UPGRADES for file in near for function in file.functions)
        or any(call.callee.endswith("pragma") for file in near for call in file.calls)
    )


def _counts_versions(table: Table) -> bool:
    small = len(table.columns) <= _SEVERAL
    return bool(_VERSIONS.search(table.name)) or (
        small and any(_VERSIONS.search(column.name) for column in table.columns)
    )


def _is_in_memory(near: Sequence[FileFacts]) -> bool:
    """Every database that is opened lives in memory."""
    opened = [connection.database for file in near for connection in file.connections]
    return bool(opened) and all(_MEMORY in database for database in opened)
