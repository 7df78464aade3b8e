"""A timeline of migrations and what replaying it gave: values only.

This module does not know how a timeline is found or folded.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.statements import DataStatement
from analyzer.facts.migration import Migration
from analyzer.facts.source import Dialect, Span

SourceKind = Literal[
    "sql-migrations",
    "revisions",
    "schema-sql",
    "code-migrations",
    "code-ddl",
    "models",
    "config",
    "database",
    "snapshot",
    "documents",
]
# Migrations that a tool keeps and runs: folders of SQL, modules that name one another.
TOOLED: frozenset[SourceKind] = frozenset({"sql-migrations", "revisions"})
# "target": what a foreign key points at is not there; "key-type": it is of another type; "cast": a column's values have no cast to its new type;
# "refused": the engine takes no such statement.
FailureKind = Literal["syntax", "exists", "missing", "refused", "target", "key-type", "cast"]


class SchemaSource(Struct, frozen=True):
    """A candidate for the live schema: a folder of migrations, or a file. `reason` says why it counts or does not."""

    kind: SourceKind
    tool: str
    path: str
    live: bool
    reason: str


class Failure(Struct, frozen=True):
    """Why a step cannot succeed at its place. `message` is lower case, without full stop; `object` the name it is about.

    `related` is where the object was made or dropped before, with a sentence.
    """

    kind: FailureKind
    span: Span
    message: str
    object: str = ""
    related: tuple[Span, str] | None = None


class Moment(Struct, frozen=True):
    """One change where it happens: `table` is the table it is about as it was right before, None where there was none.

    `before` are the changes of the same migration in front of it. `existing` is True where the table was there before the migration began,
    and nothing of it was emptied or made anew since: it may hold rows.
    """

    change: SchemaChange
    table: Table | None
    before: tuple[SchemaChange, ...]
    existing: bool


class Step(Struct, frozen=True):
    """One migration replayed: its changes in order, and what of them cannot succeed. `reached` is False behind one at which the runner stops.

    `before` and `after` are the whole schema around it, as if no step stopped the runner; `tables` holds for each change the table it is about as it
    was right before. They are None and empty where no order is known.
    """

    migration: Migration
    changes: tuple[SchemaChange, ...]
    failures: tuple[Failure, ...] = ()
    reached: bool = True
    before: Schema | None = None
    after: Schema | None = None
    tables: tuple[Table | None, ...] = ()

    def moments(self) -> Iterator[Moment]:
        """Its changes where they happen; none where no order is known."""
        if self.before is None:
            return
        emptied: set[tuple[str, str]] = set()
        for position, (change, table) in enumerate(zip(self.changes, self.tables, strict=True)):
            there = table is not None and self._was_there(table) and (table.namespace, table.name) not in emptied
            yield Moment(change, table, self.changes[:position], there)
            if table is not None and isinstance(change, DataStatement) and change.verb == "delete" and change.all_rows:
                emptied.add((table.namespace, table.name))

    def _was_there(self, table: Table) -> bool:
        """By where it was defined: a table keeps that place when it is renamed, and has a new one when it is built anew."""
        return self.before is not None and table.defined in self.before.places


class History(Struct, frozen=True):
    """A timeline replayed. `serves` are the folders whose code reads this schema ("" for all, none for what tests build: it only silences); `evidence` says why the dialect.
    `accuses` is False where the order in which the schema came to be is not known: it explains what code names, and proves nothing missing.
    `whole` is what all steps would build if none of them stopped the runner. `project` is the folder of its manifest; `apart` is True where it
    belongs to tests, examples or vendored code.
    """

    schema: Schema
    sources: tuple[SchemaSource, ...]
    steps: tuple[Step, ...]
    serves: tuple[str, ...]
    dialect: Dialect
    evidence: str = ""
    accuses: bool = True
    whole: Schema | None = None
    project: str = ""
    apart: bool = False

    @property
    def blocker(self) -> Step | None:
        """The step at which the runner stops."""
        return blocker(self.steps)

    def failing(self, step: Step) -> str:
        """The group of the findings that a failing step is the cause of."""
        return f"migration-error:{self.schema.name}.{step.migration.id}"


def blocker(steps: tuple[Step, ...]) -> Step | None:
    """The first step that fails and lets nothing behind it run."""
    return next((step for step in steps if step.failures and step.migration.stops), None)


class Rival(Struct, frozen=True):
    """What a candidate that does not count would build; `project` is the folder of its manifest, `apart` as of a History.

    `foreign` names the database system it is written for where that is none of ours. `unrun` are those of its files that
    nothing runs, where code makes the schema by itself. `migration` is the path of the one after which a snapshot was made.
    """

    source: SchemaSource
    schema: Schema
    project: str
    steps: tuple[Step, ...] = ()
    apart: bool = False
    foreign: str = ""
    unrun: frozenset[str] = frozenset()
    migration: str = ""


class Unregistered(Struct, frozen=True):
    """A migration that exists and that nothing runs. `runner` is what runs the others; `adds` what it would make that the schema lacks.

    `failures` are what of it could not succeed behind the whole history. `tool` is set where a tool runs what lies in the folder `runner`.
    """

    span: Span
    id: str
    runner: str
    schema: str
    adds: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    tool: str = ""


class Survey(Struct, frozen=True):
    """The live schemas, and all candidates that were looked at."""

    histories: tuple[History, ...]
    sources: tuple[SchemaSource, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
