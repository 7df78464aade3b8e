"""What `schema` prints beside the whole: the schema at a migration, two schemas side by side, and how much of the statements was understood.

What comes in: what was typed, and a function that reads and analyzes a path. What goes out: texts and remarks. This module does not know how schemas
are found.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from analyzer.cli.inputs import Input
from analyzer.findings import Report
from analyzer.schema.history import History

if TYPE_CHECKING:
    from analyzer.report.diff import Compared
    from analyzer.schema.history import Rival


class Side(Struct, frozen=True):
    """One side of a comparison as it was typed: `point` is "" for the end of the history. `models` is True for what the code's models declare."""

    typed: str
    path: str
    point: str = ""
    models: bool = False


Read = Callable[[str], tuple[Input, Report]]


def check_options(
    format_: str, *, sources: bool, at: str | None, diff: tuple[str, str] | None, paths: tuple[str, ...]
) -> None:
    """UsageError for options that do not go together."""
    if sources and format_ not in ("text", "json"):
        raise click.UsageError(f"--sources has no {format_} format; its JSON is that of the schema")
    if diff is not None and format_ not in ("text", "json"):
        raise click.UsageError(f"--diff has no {format_} format")
    if diff is not None and (paths or at is not None or sources):
        raise click.UsageError("--diff takes its two sides alone: no further PATH, no --at, no --sources")
    if sources and at is not None:
        raise click.UsageError("--sources are those of the whole history: not with --at")


def side(typed: str) -> Side:
    """`PATH`, `PATH@MIGRATION`, `@MIGRATION` or `models`; a path that has an @ in its name is a path. UsageError where there is none."""
    if typed == "models" and not Path(typed).exists():
        return Side(typed, ".", models=True)
    path, mark, point = (typed, "", "") if Path(typed).exists() else typed.rpartition("@")
    if not Path(path or ".").exists() or (mark and not point):
        raise click.UsageError(f'--diff: there is no path "{path or typed}"')
    return Side(typed, path or ".", point)


def at(histories: Sequence[History], wished: str, option: str) -> History:
    """The history as it is after that migration. UsageError where none or several are meant."""
    from analyzer.schema.points import UnknownPointError
    from analyzer.schema.points import at as after

    try:
        return after(histories, wished)
    except UnknownPointError as error:
        raise click.UsageError(f"{option}: {error}") from error


def shown(histories: Sequence[History], report: Report, format_: str, *, sources: bool, color: bool) -> str:
    """The schemas, or where they come from, in one of the formats."""
    from analyzer.report import ddl, mermaid
    from analyzer.report import schema as faces
    from analyzer.report.places import Places

    schemas = [history.schema for history in histories]
    match format_:
        case "json":
            return faces.schema_json(histories, Places(report.sources))
        case "sql":
            return ddl.schema_sql(schemas)
        case "mermaid":
            return mermaid.schema_mermaid(schemas)
        case _ if sources:
            return faces.sources_text(report.graph.sources, color=color)
        case _:
            return faces.schema_text(histories, color=color)


def diff(typed: tuple[str, str], read: Read, format_: str, *, color: bool) -> tuple[str, list[str]]:
    """The text, and what was not compared."""
    from analyzer.report.diff import diff_json, diff_text
    from analyzer.report.places import Places

    left, right = map(side, typed)
    inputs = {one.path: read(one.path) for one in (left, right)}
    ours, theirs = (_histories(one, *inputs[one.path]) for one in (left, right))
    pairs = _pairs(left, right, ours, theirs)
    places = [Places(inputs[one.path][1].sources) for one in (left, right)]
    text = diff_json(pairs, *places) if format_ == "json" else diff_text(pairs, color=color)
    tainted = sorted({name for pair in pairs for name in pair.left.tainted | pair.right.tainted})
    notes = [f"note: not compared, because a statement could not be read: {', '.join(tainted)}"] if tainted else []
    return text, notes


def statistics(histories: Sequence[History]) -> Iterator[str]:
    """Statements by what they begin with, and the share of which nobody knows what they do: each history, then all."""
    from analyzer.schema.statistics import counted

    statements: Counter[str] = Counter()
    opaque: Counter[str] = Counter()
    for history in histories:
        rows = {row.kind: row for row in counted(history)}
        yield f"schema {history.schema.name} ({history.dialect}):"
        yield from _table({kind: (row.statements, row.opaque) for kind, row in rows.items()})
        broken = sum(row.broken for row in rows.values())
        if broken:
            yield f"{broken:>6} of them are broken"
        statements.update({kind: row.statements for kind, row in rows.items()})
        opaque.update({kind: row.opaque for kind, row in rows.items()})
    if len(histories) > 1:
        yield "all schemas:"
        yield from _table({kind: (statements[kind], opaque[kind]) for kind, _ in statements.most_common()})


def _table(rows: dict[str, tuple[int, int]]) -> Iterator[str]:
    total = (sum(number for number, _ in rows.values()), sum(unread for _, unread in rows.values()))
    for kind, (number, unread) in [*rows.items(), ("in total", total)]:
        share = f"{100 * unread / number:>5.1f}%" if number else "    -"
        yield f"{number:>6}  {share} not understood  {kind}"


def _histories(one: Side, found: Input, report: Report) -> list[History]:
    """Those of the path: live ones, else a candidate that is that file or folder itself. UsageError where there is none."""
    if one.models:
        return _declared(report)
    histories = list(report.graph.histories)
    (scope,) = found.scopes
    inside = [history for history in histories if any(_lies(source.path, scope) for source in history.sources[:1])]
    rivals = [_beside(rival) for rival in report.graph.rivals if scope and _lies(rival.source.path, scope)]
    chosen = inside or rivals or histories
    if not chosen:
        raise click.UsageError(f"--diff: there is no schema in {one.path}")
    return [at(chosen, one.point, "--diff")] if one.point else chosen


def _declared(report: Report) -> list[History]:
    """What models declare, whether or not it is the schema. UsageError where nothing declares a table."""
    live = [history for history in report.graph.histories if history.sources[0].kind == "models"]
    beside = [_beside(rival) for rival in report.graph.rivals if rival.source.kind == "models" and not rival.apart]
    if not live and not beside:
        raise click.UsageError("--diff: no model declares a table here")
    return [*live, *beside]


def _beside(rival: "Rival") -> History:
    """A candidate that does not count, as a history."""
    return History(rival.schema, (rival.source,), rival.steps, ("",), rival.schema.dialect)


def _lies(path: str, scope: str) -> bool:
    return scope in ("", path) or path.startswith(f"{scope}/")


def _pairs(left: Side, right: Side, ours: list[History], theirs: list[History]) -> list["Compared"]:
    """Schemas that are compared: one with the one that shares most tables with it, several by name. UsageError where none are alike."""
    from analyzer.report.diff import Compared
    from analyzer.schema.compare import compare

    pairs = [(one, other) for one in ours for other in theirs if one.schema.name == other.schema.name]
    if len(ours) == 1 or len(theirs) == 1:
        pairs = [max(((one, other) for one in ours for other in theirs), key=_likeness)]
    same = [(one.schema, other.schema) for one, other in pairs if one.dialect == other.dialect]
    if not same:
        dialects = " and ".join(sorted({history.dialect for history in (*ours, *theirs)}))
        raise click.UsageError(f"--diff: two dialects are not compared: {dialects}")
    names = left.typed, right.typed
    return [Compared(one, other, names, compare(one, other)) for one, other in same]


def _likeness(pair: tuple[History, History]) -> tuple[bool, int, bool]:
    one, other = pair
    shared = len(one.schema.tables.keys() & other.schema.tables.keys())
    return one.dialect == other.dialect, shared, one.schema.name == other.schema.name
