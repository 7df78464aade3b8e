"""Which candidates are live, what they build, and whose code reads it.

What comes in: FileFacts and the Config. What goes out: one History for each live candidate, with every candidate that was looked at
and why it counts or not. Strongest first: the configuration, folders of migrations, plain schema files. This module does not know SQL.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from analyzer.catalog.schema import Schema, Table, fold
from analyzer.discover.config import Config
from analyzer.facts.change import AddColumn, CreateTable, DropColumn, RenameTable
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Dialect
from analyzer.schema.bases import Replayed, based
from analyzer.schema.code import code_candidates, explains, is_modelled, replay_union
from analyzer.schema.fold.replay import replay, replay_unordered
from analyzer.schema.history import Failure, History, SchemaSource
from analyzer.schema.sources import Candidate, find_candidates, is_inside

_SEVERAL = 2
_DULL = frozenset({
    "migrations", "migration", "db", "sql", "database", "schema", "schemas", "src", "drizzle", "prisma", "migrate", "up", "",
})  # fmt: skip


# What people call a file or folder that holds a whole schema.
_SCHEMA_NAME = re.compile(
    r"schema|structure|dump|init|create|tables|ddl|database|setup|install|baseline|(?:^|/)db[/.]|(?:^|/)sql(?:/|$)"
)


def histories(files: Iterable[FileFacts], config: Config) -> tuple[History, ...]:
    """The live schemas; empty where there is none."""
    known = sorted(files, key=lambda file: file.path)
    replayed = [_replay(candidate) for candidate in find_candidates(known, config)]
    files_of = [_settled(one, replayed) for one in based(replayed, _replay)]
    in_code = [_united(one) for one in code_candidates(known)]
    built = [*files_of, *in_code]
    reasons = [
        *(_refusal(one, files_of) for one in files_of),
        *(_code_refusal(one, files_of, known) for one in in_code),
    ]
    live = list(_merged([one for one, refusal in zip(built, reasons, strict=True) if not refusal], in_code))
    sources = tuple(_source(one.candidate, refusal) for one, refusal in zip(built, reasons, strict=True))
    names = _names(live)
    return tuple(
        History(
            replace(one.schema, name=name),
            (*_first(sources, one), *(source for source in sources if not _is_of(source, one))),
            one.steps,
            _serves(one, live),
            one.candidate.dialect,
            one.candidate.evidence,
            one.accuses,
        )
        for one, name in zip(live, names, strict=True)
    )


def _united(candidate: Candidate) -> Replayed:
    schema, steps = replay_union(candidate.migrations, candidate.dialect, "")
    return Replayed(candidate, schema, steps, accuses=False)


def _merged(live: Sequence[Replayed], in_code: Sequence[Replayed]) -> Iterator[Replayed]:
    """Where code makes further tables beside several sources that no tool vouches for, all are one schema: only what none of
    them makes is missing.
    """
    done: set[tuple[str, Dialect]] = set()
    for one in live:
        key = _place(one)
        group = [other for other in live if _is_weak(other.candidate) and _place(other) == key]
        known = {name for other in group for _, name in other.schema.tables}
        code = [made for made in in_code if _place(made)[0] == key[0] and made.lasting - known]
        if not _is_weak(one.candidate) or len(group) < _SEVERAL or not code:
            yield one
        elif key not in done:
            done.add(key)
            parts = [*group, *(made for made in code if made not in group)]
            migrations = tuple(migration for part in parts for migration in part.candidate.migrations)
            schema, steps = replay_union(migrations, one.candidate.dialect, "")
            yield Replayed(one.candidate, schema, steps, accuses=False)


def _place(one: Replayed) -> tuple[str, Dialect]:
    return one.candidate.project.path, one.candidate.dialect


def _is_weak(candidate: Candidate) -> bool:
    """Found by its looks alone: nothing says that a tool runs it."""
    return (
        candidate.config is None
        and not candidate.apart
        and (candidate.kind != "sql-migrations" or candidate.tool in ("numbered", "plain"))
    )


def _replay(candidate: Candidate) -> Replayed:
    # Names without a version say no order: a folder of them may hold the whole schema beside its own changes.
    unordered = candidate.kind == "schema-sql" or (candidate.kind == "sql-migrations" and candidate.tool == "plain")
    run = replay_unordered if unordered else replay
    schema, steps = run(candidate.migrations, candidate.dialect, "")
    return Replayed(candidate, schema, steps)


def _settled(one: Replayed, built: Sequence[Replayed]) -> Replayed:
    """Where a table that is missing here is made by another source of the repository, these are deltas to a base: nothing is missing."""
    elsewhere = {name for other in built if other is not one for _, name in other.schema.tables}
    missing = {_table(failure, one) for step in one.steps for failure in step.failures if failure.kind == "missing"}
    if missing.isdisjoint(elsewhere):
        return one
    steps = tuple(
        replace(step, failures=tuple(failure for failure in step.failures if failure.kind != "missing"))
        for step in one.steps
    )
    return replace(one, schema=replace(one.schema, tainted=one.schema.tainted | {"*"}), steps=steps)


def _table(failure: Failure, one: Replayed) -> str:
    return fold(failure.object.partition(".")[0], one.candidate.dialect)


def _is_of(source: SchemaSource, one: Replayed) -> bool:
    return source.kind == one.candidate.kind and source.path == one.candidate.path


def _first(sources: Sequence[SchemaSource], one: Replayed) -> tuple[SchemaSource, ...]:
    return tuple(source for source in sources if _is_of(source, one))


def _refusal(one: Replayed, built: Sequence[Replayed]) -> str:
    """Why a candidate does not count, "" where it does."""
    candidate = one.candidate
    if candidate.config is not None:
        return ""
    if any(other.candidate.config is not None for other in built):
        return "the configuration names the schemas"
    if candidate.foreign:
        return f"it is written for {candidate.foreign}"
    if not one.schema.tables and not one.schema.tainted:
        return "it creates no table"
    if (
        candidate.kind == "schema-sql"
        and one.schema.tables
        and all(_is_view(table) for table in one.schema.tables.values())
    ):
        return "it creates views of tables that are made elsewhere"
    if "*" in one.schema.tainted:
        return _continued(one, built)
    if candidate.kind == "schema-sql":
        for other in built:
            if other.base == candidate.path and other.candidate.kind == "sql-migrations":
                return f"{other.candidate.path or '.'} goes on from it"
        return _no_whole(one, built) or _superseded(one, built)
    return ""


def _is_view(table: Table) -> bool:
    return table.kind == "view"


def _code_refusal(one: Replayed, built: Sequence[Replayed], files: Sequence[FileFacts]) -> str:
    """Why statements in code are not the schema: something else makes it, or most of it."""
    folder = one.candidate.project.path
    for other in built:
        theirs = other.candidate.project.path
        near = is_inside(folder, theirs) or is_inside(theirs, folder)
        if (
            near
            and not other.candidate.apart
            and not other.candidate.foreign
            and (other.schema.tables or other.candidate.config)
        ):
            return f"{other.candidate.path or '.'} holds the schema; what code adds to it may be there"
    own = [file for file in files if file.project.path == folder]
    if is_modelled(one.candidate.project, own):
        return "the project has models whose tables no statement shows"
    return "" if explains(one.schema, own) else "its statements make too few of the tables that the code names"


def _is_shadow(candidate: Candidate) -> bool:
    """What belongs to the tests, examples or vendored code inside a project; an example that is a project serves itself."""
    return candidate.apart and (not candidate.project.path or candidate.in_tests)


def _no_whole(one: Replayed, built: Sequence[Replayed]) -> str:
    """A script that builds on tables of others, or that nobody calls a schema where migrations are kept."""
    changes = [change for step in one.steps for change in step.changes]
    made = {change.table.name for change in changes if isinstance(change, CreateTable)}
    changed = {change.table.name for change in changes if isinstance(change, AddColumn | RenameTable | DropColumn)}
    if changed - made:
        return "it changes tables that it does not create"
    # Migrations of tables that something else makes are the reason for such a script, not a schema beside it.
    kept = any(
        other.candidate.kind == "sql-migrations" and not other.candidate.apart and "*" not in other.schema.tainted
        for other in built
    )
    if kept and not any(_SCHEMA_NAME.search(path.lower()) for path in _paths(one.candidate)):
        return "it is not named like a schema, and the repository keeps migrations"
    return ""


def _paths(candidate: Candidate) -> tuple[str, ...]:
    return (candidate.path, *(migration.span.path for migration in candidate.migrations))


def _continued(one: Replayed, built: Sequence[Replayed]) -> str:
    """Migrations that alter what another source creates whole, their own columns included, add nothing to it."""
    for other in built:
        alike = other.candidate.dialect == one.candidate.dialect and not other.candidate.foreign
        if other is not one and alike and "*" not in other.schema.tainted and _covers(other.schema, one.schema):
            return f"{other.candidate.path or '.'} creates the tables it alters"
    return ""


def _covers(whole: Schema, part: Schema) -> bool:
    shared = [key for key in part.tables if key in whole.tables]
    if 2 * len(shared) < len(part.tables) or not whole.tables:
        return False
    return all(whole.tables[key].column(column.name) for key in shared for column in part.tables[key].columns)


def _superseded(one: Replayed, built: Sequence[Replayed]) -> str:
    """A dump beside the migrations that build the same database: most of its tables are theirs."""
    tables = {name for _, name in one.schema.tables}
    for other in built:
        theirs = {name for _, name in other.schema.tables}
        alike = other.candidate.dialect == one.candidate.dialect and not (
            other.candidate.apart and not one.candidate.apart
        )
        whole = "*" not in other.schema.tainted and not other.candidate.foreign
        if other.candidate.kind == "sql-migrations" and alike and whole and 2 * len(tables & theirs) >= len(tables):
            return f"the migrations in {other.candidate.path or '.'} build the same tables"
    return ""


def _source(candidate: Candidate, refusal: str) -> SchemaSource:
    if not refusal and _is_shadow(candidate):
        refusal = "it belongs to tests, examples or vendored code: it accuses nothing"
    why = {
        "config": "the configuration names it",
        "sql-migrations": f"a folder of {candidate.tool} migrations",
        "schema-sql": "plain schema SQL, and no migrations build its tables",
        "code-ddl": "statements in the code create its tables",
    }
    return SchemaSource(candidate.kind, candidate.tool, candidate.path, not refusal, refusal or why[candidate.kind])


def _names(live: Sequence[Replayed]) -> list[str]:
    """One alone is "main"; else what the configuration, the folder or the project calls it, made unique."""
    names: list[str] = []
    for one in live:
        candidate = one.candidate
        if candidate.config is not None:
            name = candidate.config.name
        else:
            name = "main" if len(live) == 1 else _telling(candidate)
        unique, number = name, 1
        while unique in names:
            number += 1
            unique = f"{name}-{number}"
        names.append(unique)
    return names


def _telling(candidate: Candidate) -> str:
    parts = (part.removeprefix("*").removeprefix(".") for part in candidate.path.removesuffix(".sql").split("/"))
    words = [word for word in parts if word.lower() not in _DULL]
    return words[-1] if words else candidate.project.name or "main"


def _serves(one: Replayed, live: Sequence[Replayed]) -> tuple[str, ...]:
    """The nearest manifest's folder; everything, where no other schema is main code's; nothing for what tests build."""
    candidate = one.candidate
    if candidate.config is not None:
        return candidate.config.serves or ("",)
    if _is_shadow(candidate):
        return ()
    if candidate.apart:
        return (candidate.project.path,)
    main = [other for other in live if not other.candidate.apart]
    migrated = [other for other in main if other.candidate.kind == "sql-migrations"]
    return ("",) if main == [one] or migrated == [one] else (candidate.project.path,)
