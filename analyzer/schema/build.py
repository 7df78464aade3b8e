"""Which candidates are live, what they build, and whose code reads it.

What comes in: a Program and the Config. What goes out: one History for each live candidate, with every candidate that was looked at
and why it counts or not. This module does not know SQL.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.discover.config import Config
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Dialect, Span
from analyzer.program.program import Program
from analyzer.schema.base import external_names
from analyzer.schema.bases import Replayed, based
from analyzer.schema.code import code_candidates, explained, is_modelled, replay_union, timeline_candidates
from analyzer.schema.databases import with_databases
from analyzer.schema.documents.collections import documents_history
from analyzer.schema.fold.replay import Replay, replay_unordered
from analyzer.schema.fold.replay import replay as run_in_order
from analyzer.schema.history import TOOLED, Failure, History, Rival, SchemaSource, Survey
from analyzer.schema.liveness import code_refusal, is_shadow, is_weak, model_refusal, outrun, refusal, run_by, unrun
from analyzer.schema.models import is_pushed, model_candidates, pushes
from analyzer.schema.revisions import revision_candidates
from analyzer.schema.snapshots import snapshots
from analyzer.schema.sources import Candidate, find_candidates, is_inside
from analyzer.schema.unregistered import unregistered

_SEVERAL = 2
_DULL = frozenset({
    "migrations", "migration", "db", "sql", "database", "schema", "schemas", "src", "drizzle", "prisma", "migrate", "up", "",
})  # fmt: skip


def survey(program: Program, config: Config, evidence: Iterable[Rival] = ()) -> Survey:
    """The live schemas, none where there is none, and every candidate that was looked at. `evidence` is what databases hold."""
    known = sorted(program.files.values(), key=lambda file: file.path)
    candidates = [*find_candidates(known, config), *revision_candidates(known), *timeline_candidates(program)]
    replayed = [_as_pushed(_replay(candidate), program) for candidate in candidates]
    beside = [_united(one) for one in code_candidates(program, _texts(replayed))]
    models = [_modelled(one, program) for one in model_candidates(program, replayed)]
    pushed = [one for one in models if one.accuses]
    settled = [_settled(one, (*replayed, *beside)) for one in based(replayed, pushed, _replay)]
    # Programs with plug-ins go through several lists, each for a database of its own.
    lists = [one for one in settled if one.candidate.kind == "code-migrations" and "*" not in one.schema.tainted]
    ordered = [_judged(one, known, (*beside, *lists)) for one in settled]
    lists = [one for one in ordered if one.candidate.kind == "code-migrations"]
    running = [one for one in lists if not refusal(one, ordered)]
    makers = [one for one in ordered if one not in lists or one in running]
    united = [_united(one) for one in code_candidates(program, _texts(running))]
    # What code names is asked only where the answer counts: every query is read for it.
    in_code = [
        _weighed(one, ordered, known) if one.candidate.runs or not code_refusal(one, makers) else one for one in united
    ]
    code_refusals = [code_refusal(one, makers) for one in in_code]
    makers = [*ordered, *(one for one, why in zip(in_code, code_refusals, strict=True) if not why)]
    built = [*ordered, *in_code]
    refusals = [*(refusal(one, makers) for one in ordered), *code_refusals]
    live = list(_merged([one for one, why in zip(built, refusals, strict=True) if not why], in_code))
    unneeded = [model_refusal(one, live) for one in models]
    live += [one for one, why in zip(models, unneeded, strict=True) if not why]
    built, refusals = [*built, *models], [*refusals, *unneeded]
    sources = tuple(_source(one.candidate, why) for one, why in zip(built, refusals, strict=True))
    rivals = tuple(
        Rival(
            source,
            replace(one.whole or one.schema, tainted=one.schema.tainted),
            one.candidate.project.path,
            one.steps,
            one.candidate.apart,
            one.candidate.foreign,
            unrun(one, makers),
        )
        for one, source in zip(built, sources, strict=True)
        if not source.live
    )
    found = tuple(_histories(live, sources))
    folders = ((one, outrun(one, makers) or run_by(one, makers)) for one in ordered if one.candidate.kind in TOOLED)
    left_out = unregistered(program, list(zip(live, found, strict=True)), folders)
    kept = tuple(snapshots(known))
    sources, rivals = (*sources, *(one.source for one in kept)), (*rivals, *kept)
    surveyed = with_databases(Survey(found, sources, rivals, tuple(left_out)), evidence, known)
    return _with_documents(surveyed, program)


def _with_documents(surveyed: Survey, program: Program) -> Survey:
    """What it keeps as documents is a schema beside the others."""
    if not any(file.objects.invocations or file.document_models for file in program.files.values()):
        return surveyed
    documents = documents_history(program)
    if documents is None:
        return surveyed
    sources = (*surveyed.sources, *documents.sources)
    return replace(surveyed, histories=(*surveyed.histories, documents), sources=sources)


def _texts(built: Sequence[Replayed]) -> frozenset[Span]:
    return frozenset(text.span for one in built for migration in one.candidate.migrations for text in migration.up)


def _histories(live: Sequence[Replayed], sources: tuple[SchemaSource, ...]) -> Iterator[History]:
    for one, name in zip(live, _names(live), strict=True):
        yield History(
            replace(one.schema, name=name),
            (*_first(sources, one), *(source for source in sources if not _is_of(source, one))),
            one.steps,
            _serves(one, live),
            one.candidate.dialect,
            one.candidate.evidence,
            one.accuses,
            one.whole,
            one.candidate.project.path,
            one.candidate.apart,
        )


def _judged(one: Replayed, files: Sequence[FileFacts], beside: Sequence[Replayed]) -> Replayed:
    """Migrations in code prove something missing where they are the whole story: no models beside them, and they make most of what is named."""
    if one.candidate.kind != "code-migrations":
        return one
    folder = one.candidate.project.path
    own = [file for file in files if is_inside(file.path, folder)]
    more = {
        name.lower() for other in beside if is_inside(other.candidate.project.path, folder) for name in other.lasting
    }
    whole = one.whole or one.schema
    # A window's pages query what the process behind it makes: another project.
    share = explained(whole, own, more)
    share = explained(whole, files, more) if share is None else share
    judged = replace(one, explained=1.0 if share is None else share, modelled=is_modelled(one.candidate.project, own))
    return replace(judged, accuses=judged.tells_all)


def _united(candidate: Candidate) -> Replayed:
    schema, steps = replay_union(candidate.migrations, candidate.dialect, "")
    return Replayed(candidate, schema, steps, accuses=False)


def _weighed(one: Replayed, others: Sequence[Replayed], files: Sequence[FileFacts]) -> Replayed:
    """Statements in code prove something missing where the program runs a schema file and adds to it: then nothing else makes its database.

    Without such a file they may belong to several databases, and to several ages of one. Files beside it that nothing runs are its rivals.
    """
    folder = one.candidate.project.path
    own = [file for file in files if file.project.path == folder]
    files_near = [other for other in others if is_weak(other.candidate) and other.candidate.project.path == folder]
    more = {name.lower() for other in files_near for name in other.lasting}
    share = explained(one.schema, own, more if one.candidate.runs else ())
    weighed = replace(one, explained=share or 0.0, modelled=is_modelled(one.candidate.project, own))
    return replace(weighed, accuses=weighed.tells_all and bool(one.candidate.runs))


def _merged(live: Sequence[Replayed], in_code: Sequence[Replayed]) -> Iterator[Replayed]:
    """Where code makes further tables beside several sources that no tool vouches for, all are one schema: only what none of
    them makes is missing.
    """
    done: set[tuple[str, Dialect]] = set()
    for one in live:
        key = _place(one)
        group = [other for other in live if is_weak(other.candidate) and _place(other) == key]
        known = {name for other in group for _, name in other.schema.tables}
        code = [made for made in in_code if _place(made)[0] == key[0] and made.lasting - known]
        if not is_weak(one.candidate) or len(group) < _SEVERAL or not code:
            yield one
        elif key not in done:
            done.add(key)
            parts = [*group, *(made for made in code if made not in group)]
            migrations = tuple(migration for part in parts for migration in part.candidate.migrations)
            schema, steps = replay_union(migrations, one.candidate.dialect, "")
            yield Replayed(one.candidate, schema, steps, accuses=False)


def _place(one: Replayed) -> tuple[str, Dialect]:
    return one.candidate.project.path, one.candidate.dialect


def _as_pushed(one: Replayed, program: Program) -> Replayed:
    """Where migrations stop half-way and the project also pushes its models, what they would make is there all the same."""
    stopped = one.whole is not None and one.whole is not one.schema
    return replace(one, schema=one.whole) if stopped and one.whole and pushes(one.candidate, program) else one


def _modelled(candidate: Candidate, program: Program) -> Replayed:
    return replace(_replay(candidate), accuses=is_pushed(candidate, program))


def _replay(candidate: Candidate, base: Schema | None = None) -> Replayed:
    # Names without a version say no order: a folder of them may hold the whole schema beside its own changes.
    unordered = candidate.kind in ("schema-sql", "models") or (
        candidate.kind == "sql-migrations" and candidate.tool == "plain"
    )
    done = (
        replay_unordered(candidate.migrations, candidate.dialect, "")
        if unordered
        else run_in_order(candidate.migrations, candidate.dialect, "", base)
    )
    outside = _outside(candidate, done) if base is None else frozenset()
    if outside and not done.altering:
        done = run_in_order(candidate.migrations, candidate.dialect, "", Schema("", candidate.dialect, tainted=outside))
    return Replayed(candidate, done.schema, done.steps, whole=done.whole, altering=done.altering)


def _outside(candidate: Candidate, done: Replay) -> frozenset[str]:
    """A tool that compares models with a database writes of what is there: what no revision makes, others do."""
    changes = (step.changes for step in done.steps)
    return external_names(changes, candidate.dialect) if candidate.kind == "revisions" else frozenset()


def _settled(one: Replayed, built: Sequence[Replayed]) -> Replayed:
    """Where a table that is missing here is made by another source of the repository, these are deltas to a base: nothing is missing."""
    elsewhere = {name for other in built if other is not one for _, name in other.schema.tables}
    ordered = one.candidate.kind == "code-migrations"
    missing = {
        _table(failure, one)
        for step in one.steps
        for failure in step.failures
        if failure.kind == "missing" and not (ordered and (not step.reached or "." in failure.object))
    }
    if missing.isdisjoint(elsewhere):
        return one
    steps = tuple(
        replace(step, failures=tuple(failure for failure in step.failures if failure.kind != "missing"))
        for step in one.steps
    )
    return replace(one, schema=replace(one.schema, tainted=one.schema.tainted | {"*"}), steps=steps, altering=True)


def _table(failure: Failure, one: Replayed) -> str:
    return fold(failure.object.partition(".")[0], one.candidate.dialect)


def _is_of(source: SchemaSource, one: Replayed) -> bool:
    return source.kind == one.candidate.kind and source.path == one.candidate.path


def _first(sources: Sequence[SchemaSource], one: Replayed) -> tuple[SchemaSource, ...]:
    return tuple(source for source in sources if _is_of(source, one))


def _source(candidate: Candidate, why_not: str) -> SchemaSource:
    if not why_not and is_shadow(candidate):
        why_not = "it belongs to tests, examples or vendored code: it accuses nothing"
    why = {
        "config": "the configuration names it",
        "sql-migrations": f"a folder of {candidate.tool} migrations",
        "schema-sql": "plain schema SQL, and no migrations build its tables",
        "revisions": f"revisions of {candidate.tool} that name one another",
        "models": "models declare its tables, and nothing else makes them",
        "code-migrations": "a list of migrations that the code goes through",
        "code-ddl": "statements in the code create its tables",
    }
    return SchemaSource(candidate.kind, candidate.tool, candidate.path, not why_not, why_not or why[candidate.kind])


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
    if is_shadow(candidate):
        return ()
    beside = [other for other in live if other.candidate.kind == "code-migrations" and _place(other) == _place(one)]
    if one in beside and len(beside) > 1:
        # A list for each plug-in: it lies with the code that reads its tables.
        return (candidate.path.rpartition("/")[0] or candidate.project.path,)
    # What code makes when it starts is its own.
    if candidate.apart or candidate.kind == "code-ddl":
        return (candidate.project.path,)
    main = [other for other in live if not other.candidate.apart]
    migrated = [other for other in main if other.candidate.kind in {"code-migrations", *TOOLED}]
    return ("",) if main == [one] or migrated == [one] else (candidate.project.path,)
