"""Migrations that go on from a schema file: `init.sql` made the database once, `patches/` changed it since.

What comes in: replayed candidates. What goes out: the same, where a folder of migrations only alters what one schema file makes, with
that file as its first step. A guess that does not work out leaves both as they were. This module does not know which candidates count.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.change.columns import AddColumn, DropColumn, RenameColumn
from analyzer.facts.change.tables import CreateTable, RenameTable
from analyzer.schema.fold.lookup import TEMPORARY
from analyzer.schema.history import TOOLED, Step
from analyzer.schema.sources import Candidate

_MOST = 0.6
# Models beside it that no statement shows are then of no account.
_NEARLY_ALL = 0.9


class Replayed(Struct, frozen=True):
    """A candidate and what it builds. `base` is the path of the schema file that it goes on from, "" for none.

    `accuses` is False for a union of statements whose order is not known. `explained` is the share of the
    tables that code names which it makes, where that was asked; `altering` is True where it changes tables that something else makes; `modelled` is True where models may make further ones. `whole` is what it would build if no step stopped the runner.
    """

    candidate: Candidate
    schema: Schema
    steps: tuple[Step, ...]
    base: str = ""
    accuses: bool = True
    whole: Schema | None = None
    explained: float = 1.0
    modelled: bool = False
    altering: bool = False

    @property
    def thin(self) -> bool:
        """Code names too many tables that something else makes."""
        return self.explained < (_NEARLY_ALL if self.modelled else _MOST)

    @property
    def tells_all(self) -> bool:
        """Nothing else makes tables of its database."""
        return not self.thin and not self.modelled

    @property
    def lasting(self) -> frozenset[str]:
        """Names of the tables it builds, folded, temporary ones left out."""
        return frozenset(name for namespace, name in self.schema.tables if namespace != TEMPORARY)


def based(
    candidates: Sequence[Replayed], models: Sequence[Replayed], replay: Callable[[Candidate, Schema | None], Replayed]
) -> list[Replayed]:
    """Every candidate, in order. `models` are those that a tool makes the database of."""
    return [_on_base(one, (*candidates, *models), replay) if _is_delta(one) else one for one in candidates]


def _is_delta(one: Replayed) -> bool:
    return one.candidate.kind in {"code-migrations", *TOOLED} and one.altering and not one.candidate.foreign


def _on_base(
    one: Replayed, candidates: Sequence[Replayed], replay: Callable[[Candidate, Schema | None], Replayed]
) -> Replayed:
    """The migrations after the one file they fit: a file that holds what they do already is the newest state, no beginning."""
    altered = _altered(one)
    fitting = [other for other in candidates if altered and _fits(one, altered, other)]
    if len(fitting) != 1:
        return one
    base = fitting[0]
    if base.candidate.kind == "models":
        return _on_models(one, base, replay)
    whole = replay(replace(one.candidate, migrations=(*base.candidate.migrations, *one.candidate.migrations)), None)
    failures = [failure for step in whole.steps for failure in step.failures]
    if "*" in whole.schema.tainted or any(failure.kind != "refused" for failure in failures):
        return one
    # The file may hold a newer state of a view than the migrations make of it on their way.
    steps = tuple(replace(step, failures=()) for step in whole.steps)
    return replace(whole, steps=steps, base=base.candidate.path)


def _on_models(one: Replayed, base: Replayed, replay: Callable[[Candidate, Schema | None], Replayed]) -> Replayed:
    """Models hold the newest state: what is there already is no failure, and what the engine refuses it refuses in any state."""
    whole = replay(one.candidate, base.schema)
    if "*" in whole.schema.tainted:
        return one
    steps = tuple(
        replace(step, failures=tuple(failure for failure in step.failures if failure.kind == "refused"))
        for step in whole.steps
    )
    return replace(whole, steps=steps, base=base.candidate.path)


def _fits(one: Replayed, altered: frozenset[str], other: Replayed) -> bool:
    """True for a schema file near by, in the same dialect, that makes every altered table."""
    candidate = other.candidate
    alike = (
        candidate.kind in ("schema-sql", "models")
        and candidate.dialect == one.candidate.dialect
        and not candidate.foreign
    )
    near = candidate.apart == one.candidate.apart and candidate.project.path == one.candidate.project.path
    return alike and near and "*" not in other.schema.tainted and altered <= {name for _, name in other.schema.tables}


def _altered(one: Replayed) -> frozenset[str]:
    """The tables whose columns the migrations change, and that they do not make."""
    changes = [change for step in one.steps for change in step.changes]
    made = {change.table.name.lower() for change in changes if isinstance(change, CreateTable)}
    changed = {
        change.table.name.lower()
        for change in changes
        if isinstance(change, AddColumn | DropColumn | RenameColumn | RenameTable)
    }
    return frozenset(changed - made)
