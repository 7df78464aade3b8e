"""migration-version-conflict. What comes in: a live history. What goes out: a finding for each migration whose number another one has, or that leaves a gap its tool refuses."""

from collections.abc import Iterator
from itertools import pairwise

from analyzer.facts.migration import Migration
from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.ancestry import Breach, breaches
from analyzer.schema.history import History

# What tools make of two files with one number. sqlx, dbmate and supabase keep the number as the primary key of their table of applied
# migrations (sqlx-core `migrate`, dbmate's README "schema_migrations", supabase's `schema_migrations`); goose: "duplicate version detected";
# Flyway: "Found more than one migration with version"; refinery: `Kind::RepeatedVersion`; postgrator checks version and action;
# rusqlite_migration: "Multiple migrations detected for migration id"; diesel collects pending migrations in a map by version.
# For others (Prisma, drizzle, node-pg-migrate, sql-migrate, yoyo, plain numbered files) the whole name is the version.
_REFUSES = frozenset({"sqlx", "goose", "dbmate", "flyway", "refinery", "postgrator", "rusqlite_migration", "supabase"})
_DROPS = frozenset({"diesel"})
# https://docs.rs/rusqlite_migration: from_directory wants consecutive numbers from 1.
_CONSECUTIVE = frozenset({"rusqlite_migration"})


@rule("error")
def migration_version_conflict(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """Two migrations of one timeline have the same version, or a version is left out where the tool wants all.

    **Why** The tool refuses the folder, fails at the second file, or never runs one of the two: a new database cannot be made.

    **Example** corpora/migration-version-conflict

    **Limits** Only tools that are known and that take the number for the version; where the whole name is the version, or the runner is
    unknown (plain numbered files, lists in code), nothing is said. A gap is reported for rusqlite_migration alone. What is older than the
    newest applied migration needs a base to compare with, but for drizzle: its journal stamps each migration, and one that is stamped before
    another in front of it is passed over wherever that one ran in an earlier release. A new database runs all: a warning. So is a file that drizzle's
    journal leaves out under the number of one that it lists. Where migrations name one another (Alembic), several heads, a parent that no file has, an id
    that is there twice and a circle are reported; a branch with a label of its own may have a head of its own.

    **Fix** Give the newer migration the next free version. Where it ran on a database already, its entry must be renamed there too.
    """
    # Fixtures hold broken migrations on purpose.
    known = [
        step.migration for step in history.steps if graph.role(step.migration.span) not in ("test", "seed", "vendored")
    ]
    first: dict[tuple[str, tuple[int | str, ...]], Migration] = {}
    for migration in [] if history.apart else known:
        version = _version(migration)
        if version and migration.tool in _REFUSES | _DROPS:
            taken = first.setdefault((migration.tool, version), migration)
            if taken is not migration:
                yield _finding(history, migration, *_duplicate(migration, taken), taken)
    if not history.apart:
        yield from _unlisted(history, known, graph)
        yield from (_breach(history, one) for one in breaches(known))
    for migration in known:
        if migration.behind and not history.apart:
            yield _passed_over(history, migration)
    for before, after in pairwise(known):
        if {before.tool, after.tool} <= _CONSECUTIVE and _gap(before, after):
            yield _finding(history, after, *_hole(before, after), before)


def _version(migration: Migration) -> tuple[int | str, ...]:
    """Trailing zeros mean nothing to Flyway; what holds no number (a repeatable migration) has no version."""
    version = migration.version
    numbers = [part for part in version if isinstance(part, int)]
    # Folders of diesel sort as texts: the stamp stands behind a number that nothing reaches.
    if len(numbers) != len(version) and migration.tool not in _DROPS:
        return ()
    while migration.tool == "flyway" and len(version) > 1 and version[-1] == 0:
        version = version[:-1]
    return version


def _gap(before: Migration, after: Migration) -> bool:
    pair = before.version[0], after.version[0]
    return isinstance(pair[0], int) and isinstance(pair[1], int) and pair[1] > pair[0] + 1


def _duplicate(migration: Migration, taken: Migration) -> tuple[str, str]:
    consequence = "runs only one of them" if migration.tool in _DROPS else "refuses the second"
    message = f'migration "{migration.id}" has the version of "{taken.id}": {migration.tool} {consequence}'
    return message, f'"{taken.id}" has the version'


def _hole(before: Migration, after: Migration) -> tuple[str, str]:
    message = f'versions between "{before.id}" and "{after.id}" are left out: {after.tool} wants consecutive numbers'
    return message, "the migration before"


def _finding(history: History, migration: Migration, message: str, why: str, other: Migration) -> Finding:
    return Finding(
        span=_start(migration),
        message=message,
        schema=history.schema.name,
        group=f"migration-version-conflict:{history.schema.name}.{other.id}",
        evidence=(Evidence(_start(other), why),),
        repair=Repair("give the newer migration the next free version"),
    )


def _unlisted(history: History, known: list[Migration], graph: ReferenceGraph) -> Iterator[Finding]:
    """Files that the journal leaves out under the number of one that it lists: which of the two a person means by it, nobody can say."""
    listed = {_number(migration.span.path): migration for migration in known if _number(migration.span.path)}
    for left_out in graph.unregistered:
        other = listed.get(_number(left_out.span.path))
        if left_out.schema == history.schema.name and other is not None and other.tool == "drizzle":
            yield Finding(
                span=left_out.span,
                message=f'migration "{left_out.id}" has the number of "{other.id}", and the journal lists that one alone',
                severity="warning",
                schema=history.schema.name,
                group=f"migration-version-conflict:{history.schema.name}.{other.id}",
                evidence=(Evidence(_start(other), f'"{other.id}" has the number'),),
                repair=Repair("give the file a number of its own and a place in the journal, or take it away"),
            )


def _breach(history: History, breach: Breach) -> Finding:
    migration, other = breach.migration, breach.other
    tool = migration.tool
    told = {
        "heads": f"nothing comes behind it, nor behind {other.id if other else ''}: {tool} refuses to upgrade to the head",
        "lost": f"it comes behind {breach.name}, which no file has: {tool} refuses every command",
        "twice": f"another file has its id: {tool} loads the last of them only",
        "loop": f"it comes behind itself: {tool} refuses every command",
    }
    repairs = {"heads": "merge the heads", "twice": "give one of them an id of its own"}
    return Finding(
        span=migration.span,
        message=f'migration "{migration.id}" has no place in its history: {told[breach.kind]}',
        schema=history.schema.name,
        group=f"migration-version-conflict:{history.schema.name}.{other.id if other else migration.id}",
        evidence=(Evidence(other.span, f'"{other.id}" stands here'),) if other is not None else (),
        repair=Repair(repairs.get(breach.kind, "name the migration that it comes behind")),
    )


def _number(path: str) -> str:
    """Folder and leading digits of a file's name, "" without digits."""
    folder, _, name = path.rpartition("/")
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return f"{folder}/{digits}" if digits else ""


def _passed_over(history: History, migration: Migration) -> Finding:
    return Finding(
        span=_start(migration),
        message=f'migration "{migration.id}" is stamped before "{migration.behind}" in front of it: databases that ran that one never run this',
        severity="warning",
        schema=history.schema.name,
        group=f"migration-version-conflict:{history.schema.name}.{migration.behind}",
        repair=Repair(f"give it a later `when` in the journal than {migration.behind} has, on databases that lack it"),
    )


def _start(migration: Migration) -> Span:
    """The file's first statement."""
    at = migration.up[0].span.start if migration.up else 0
    return Span(migration.span.path, at, at + 1 if migration.up else 0)
