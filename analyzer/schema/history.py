"""A timeline of migrations and what replaying it gave: values only.

This module does not know how a timeline is found or folded.
"""

from typing import Literal

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.migration import Migration
from analyzer.facts.source import Dialect, Span

SourceKind = Literal["sql-migrations", "schema-sql", "code-migrations", "code-ddl", "config", "database"]
FailureKind = Literal["syntax", "exists", "missing", "other"]


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


class Step(Struct, frozen=True):
    """One migration replayed: its changes in order, and what of them cannot succeed. `reached` is False behind one at which the runner stops."""

    migration: Migration
    changes: tuple[SchemaChange, ...]
    failures: tuple[Failure, ...] = ()
    reached: bool = True


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
    nothing runs, where code makes the schema by itself.
    """

    source: SchemaSource
    schema: Schema
    project: str
    steps: tuple[Step, ...] = ()
    apart: bool = False
    foreign: str = ""
    unrun: frozenset[str] = frozenset()


class Unregistered(Struct, frozen=True):
    """A migration that exists and that nothing runs. `runner` is what runs the others; `adds` what it would make that the schema lacks."""

    span: Span
    id: str
    runner: str
    schema: str
    adds: tuple[str, ...] = ()


class Survey(Struct, frozen=True):
    """The live schemas, and all candidates that were looked at."""

    histories: tuple[History, ...]
    sources: tuple[SchemaSource, ...] = ()
    rivals: tuple[Rival, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()
