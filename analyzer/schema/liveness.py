"""Which candidates count, and why the others do not.

What comes in: replayed candidates. What goes out: a sentence for each that is refused, "" for the live ones. Strongest first: the configuration,
lists of migrations in the code, folders of migrations, plain schema files, statements in code. This module does not know SQL.
"""

import re
from collections.abc import Sequence

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change.columns import AddColumn, DropColumn
from analyzer.facts.change.tables import CreateTable, RenameTable
from analyzer.schema.bases import Replayed
from analyzer.schema.history import TOOLED
from analyzer.schema.sources import Candidate, is_inside

# What people call a file or folder that holds a whole schema.
# Words for what is kept and no longer run.
_RETIRED = frozenset(
    {"legacy", "old", "deprecated", "archive", "archived", "obsolete", "retired", "backup", "backups", "bak"}
)
_SCHEMA_NAME = re.compile(
    r"schema|structure|dump|init|create|tables|ddl|database|setup|install|baseline|(?:^|/)db[/.]|(?:^|/)sql(?:/|$)"
)


def refusal(one: Replayed, built: Sequence[Replayed]) -> str:
    """Why a candidate does not count, "" where it does."""
    candidate = one.candidate
    if candidate.config is not None:
        return ""
    if any(other.candidate.config is not None for other in built):
        return "the configuration names the schemas"
    if candidate.foreign:
        return f"it is written for {candidate.foreign}"
    if not (one.whole or one.schema).tables and not one.schema.tainted:
        return "it creates no table"
    if (
        candidate.kind == "schema-sql"
        and one.schema.tables
        and all(_is_view(table) for table in one.schema.tables.values())
    ):
        return "it creates views of tables that are made elsewhere"
    if candidate.kind == "code-migrations":
        return _timeline(one, built)
    runner = outrun(one, built)
    if runner:
        return f"{runner} makes the schema, and nothing runs this"
    runner = run_by(one, built)
    if runner:
        return f"{runner} runs it, and makes further tables"
    if one.altering:
        return _continued(one, built)
    if candidate.kind in TOOLED and is_retired(candidate):
        return _replaced(one, built)
    if candidate.kind == "schema-sql":
        for other in built:
            if other.base == candidate.path and other.candidate.kind in TOOLED:
                return f"{other.candidate.path or '.'} goes on from it"
        return _no_whole(one, built) or _superseded(one, built)
    return ""


def is_retired(candidate: Candidate) -> bool:
    """By the name of its folder: `migrations/legacy`, `migrations_old`."""
    return not _RETIRED.isdisjoint(re.split(r"[^a-z0-9]+", "/".join(candidate.path.lower().split("/")[-2:])))


def _replaced(one: Replayed, built: Sequence[Replayed]) -> str:
    """The migrations beside it that build most of the same."""
    tables = _promised(one)
    for other in built:
        strong = other.candidate.kind in TOOLED and not is_retired(other.candidate)
        alike = strong and not other.candidate.foreign and other.candidate.dialect == one.candidate.dialect
        if alike and is_near(one, other) and 2 * len(tables & other.lasting) >= len(tables):
            return f"its folder says that it is retired, and {other.candidate.path or '.'} builds the same tables"
    return ""


def _timeline(one: Replayed, built: Sequence[Replayed]) -> str:
    """Why a list of migrations in code does not count: it goes on from something else, or a tool's own migrations build the same."""
    if one.altering:
        return "it alters tables that something else makes"
    if one.thin:
        return "it makes too few of the tables that the code names"
    tables = _promised(one)
    for other in built:
        strong = other.candidate.kind in TOOLED and not is_weak(other.candidate) and not other.candidate.foreign
        if strong and is_near(one, other) and 2 * len(tables & other.lasting) >= len(tables):
            return f"the migrations in {other.candidate.path or '.'} build the same tables"
    return ""


def outrun(one: Replayed, built: Sequence[Replayed]) -> str:
    """The code of the same project that makes the tables of these files, which nothing runs; "" for none.

    That is a list of migrations that makes most of them, or statements that run other files than these.
    """
    for other in built if is_weak(one.candidate) or only_alters(one) else ():
        candidate = other.candidate
        sound = not candidate.apart and not other.thin and "*" not in other.schema.tainted and is_near(one, other)
        shared = one.lasting & _promised(other)
        most = 2 * len(shared) >= len(one.lasting) or only_alters(one)
        if not sound or not candidate.runs.isdisjoint(_paths(one.candidate)):
            continue
        if (candidate.kind == "code-migrations" and most) or (candidate.kind == "code-ddl" and candidate.runs):
            return candidate.path
    return ""


def only_alters(one: Replayed) -> bool:
    """A folder of files that begins with the tables of something else."""
    altering = one.altering or bool(one.base)
    is_run = one.candidate.config is not None or one.candidate.tool not in ("numbered", "plain")
    return one.candidate.kind in TOOLED and altering and not is_run


def run_by(one: Replayed, built: Sequence[Replayed]) -> str:
    """The code that runs these files among further statements; "" for none."""
    for other in built if is_weak(one.candidate) else ():
        candidate = other.candidate
        running = candidate.kind in ("code-ddl", "code-migrations") and "*" not in other.schema.tainted
        whole = running and not other.thin and bool(other.lasting - one.lasting)
        if whole and is_near(one, other) and not candidate.runs.isdisjoint(_paths(one.candidate)):
            return candidate.path
    return ""


def unrun(one: Replayed, built: Sequence[Replayed]) -> frozenset[str]:
    """Those of its files that nothing runs, where code makes the schema by itself."""
    if not outrun(one, built) and not run_by(one, built):
        return frozenset()
    return frozenset(_paths(one.candidate)).difference(*(other.candidate.runs for other in built))


def _promised(one: Replayed) -> frozenset[str]:
    """The tables that all steps would build."""
    return one.lasting | {name for _, name in (one.whole or one.schema).tables}


def is_near(one: Replayed, other: Replayed) -> bool:
    folder, theirs = one.candidate.project.path, other.candidate.project.path
    return is_inside(folder, theirs) or is_inside(theirs, folder)


def is_weak(candidate: Candidate) -> bool:
    """Found by its looks alone: nothing says that a tool runs it."""
    return (
        candidate.config is None
        and not candidate.apart
        and (candidate.kind not in {"code-migrations", *TOOLED} or candidate.tool in ("numbered", "plain"))
    )


def _is_spoken(one: Replayed, other: Replayed) -> bool:
    return one.candidate.dialect == other.candidate.dialect and other.candidate.kind in TOOLED


def _is_view(table: Table) -> bool:
    return table.kind == "view"


def code_refusal(one: Replayed, built: Sequence[Replayed]) -> str:
    """Why statements in code are not the schema: something else makes it, or most of it."""
    for other in built:
        if outrun(other, [one]) or run_by(other, [one]):
            continue
        if (
            is_near(one, other)
            and not other.candidate.apart
            and not other.candidate.foreign
            and (other.schema.tables or other.candidate.config)
        ):
            return f"{other.candidate.path or '.'} holds the schema; what code adds to it may be there"
    if one.modelled and one.thin:
        return "the project has models whose tables no statement shows"
    return "its statements make too few of the tables that the code names" if one.thin else ""


def is_shadow(candidate: Candidate) -> bool:
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
        other.candidate.kind in TOOLED and not other.candidate.apart and "*" not in other.schema.tainted
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
        if other.candidate.kind in TOOLED and alike and whole and 2 * len(tables & theirs) >= len(tables):
            return f"the migrations in {other.candidate.path or '.'} build the same tables"
    return ""


def model_refusal(one: Replayed, live: Sequence[Replayed]) -> str:
    """Why models are not the schema: something else makes the tables, and what models say is held against it."""
    if not one.schema.tables:
        return "they declare no table whose name is known"
    for other in live:
        if other.base == one.candidate.path and other.base:
            return f"{other.candidate.path or '.'} goes on from it"
    # What a tool makes of the models without migrations is there, whatever lies beside it.
    makers = [
        other for other in live if other.schema.tables and not (other.candidate.apart and not one.candidate.apart)
    ]
    near = [other for other in makers if is_near(one, other)]
    # A package of models may stand beside the one that keeps the migrations.
    beside = [
        other for other in makers if _is_spoken(one, other) and 2 * len(one.lasting & other.lasting) >= len(one.lasting)
    ]
    for other in (near or beside) if not one.accuses else ():
        return f"{other.candidate.path or '.'} makes the schema: they are held against it"
    return ""
