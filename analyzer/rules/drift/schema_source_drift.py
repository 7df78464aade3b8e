"""schema-source-drift. What comes in: a live history. What goes out: a finding for each table that another source of the database defines otherwise."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.differences import Difference
from analyzer.schema.documents.scripts import Disagreement
from analyzer.schema.drift import Drift, Shape, drifts, shapes, shapes_in_code
from analyzer.schema.history import History


@rule("warning")
def schema_source_drift(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """Two sources of one database disagree about a table, or two scripts about the indexes of a collection.

    **Why** A database made from one has not the shape of a database made from the other: what works on one machine fails on the next. A
    CREATE TABLE IF NOT EXISTS of a table that is there in another shape does nothing, and nobody is told.

    **Example** corpora/schema-source-drift

    **Limits** Compared are sources of one dialect in one project that share at least half of the smaller one's tables. Two that tools run
    are a warning; a schema file beside the live source is an information, and its missing tables count only where it holds most of the
    others. The last snapshot that drizzle-kit keeps is compared with what the migrations build up to it. Types are compared as the engine keeps them, defaults where both are literals. Views, partitions, checks, foreign keys and
    the tables of migration tools are not compared, nor is what only may be there. Of documents two files are compared that make indexes of three collections at least, most of
    them the same: the indexes, and the name of the database where both say one.

    **Fix** Make the schema file anew from a migrated database, or delete it. Where two folders of migrations are run, keep one. Replace
    the second CREATE TABLE by ALTER TABLE.
    """
    for drift in drifts(history, graph.histories, graph.rivals):
        yield _drifted(drift, history, graph)
    for shape in (*shapes(history), *shapes_in_code(history, graph.rivals)):
        # Tests and seeds make what they need.
        if not graph.is_test(shape.span):
            yield _ignored(shape, history)
    for one in graph.script_disagreements if history.dialect == "mongodb" else ():
        yield _told(one, history)


def _told(one: Disagreement, history: History) -> Finding:
    about = f'collection "{one.collection}"' if one.collection else "the database"
    return Finding(
        span=one.span,
        message=f"{about} is set up otherwise than in {one.left}: {one.words}",
        schema=history.schema.name,
        table=one.collection or None,
        confidence="medium",
        group=f"schema-source-drift:{one.left}:{one.right}",
        evidence=(Evidence(one.other, "set up here"),),
        repair=Repair(f"keep one of {one.left} and {one.right}, or make them say the same"),
    )


def _drifted(drift: Drift, history: History, graph: ReferenceGraph) -> Finding:
    first = drift.differences[0]
    span = first.right_at or first.left_at
    assert span is not None  # noqa: S101 - a difference has a place on one side at least
    words = "; ".join(dict.fromkeys(_worded(one, drift.right.path) for one in drift.differences))
    columns = {one.column for one in drift.differences}
    return Finding(
        span=span,
        message=f'table "{drift.table}" differs from {drift.left.path or "."}: {words}',
        severity=None if drift.live else "info",
        confidence="high" if drift.live else "medium",
        schema=history.schema.name,
        table=drift.table,
        column=columns.pop() if len(columns) == 1 else None,
        group=f"schema-source-drift:{drift.left.path}:{drift.right.path}",
        evidence=tuple(_evidence(drift, graph)),
        repair=Repair(_repair(drift)),
    )


def _repair(drift: Drift) -> str:
    if drift.right.kind == "snapshot":
        return "write a migration that makes what the snapshot says, or pull the snapshot anew from a migrated database"
    return f"make {drift.right.path or '.'} anew from the migrated database, or delete it"


def _worded(one: Difference, path: str) -> str:
    if one.kind == "table":
        return f"{path or '.'} lacks it" if one.right is None else "it is created only here"
    if one.kind == "column":
        return f'column "{one.column}" is {"missing" if one.right is None else "only"} here'
    about = one.kind if one.column is None else f'{one.kind} of "{one.column}"'
    return f"{about} is {one.right or 'absent'} here, {one.left or 'absent'} there"


def _evidence(drift: Drift, graph: ReferenceGraph) -> Iterator[Evidence]:
    for one in drift.differences:
        if one.left_at is not None and one.right is not None and one.left is not None:
            yield Evidence(one.left_at, f"{one.left} in {drift.left.path or '.'}")
        elif one.left_at is not None and one.kind != "table":
            yield Evidence(one.left_at, f"{'defined' if one.left else 'not defined'} in {drift.left.path or '.'}")
        elif one.kind == "table":
            yield from (Evidence(Span(path, 0, 0), "lacks the table") for path in _files(drift, one, graph))


def _files(drift: Drift, one: Difference, graph: ReferenceGraph) -> Iterator[str]:
    """The source that lacks a table, where it is a file."""
    path = drift.right.path if one.right is None else drift.left.path
    if path in graph.program.files:
        yield path


def _ignored(shape: Shape, history: History) -> Finding:
    names = ", ".join(f'"{name}"' for name in shape.columns)
    told = "this statement does nothing" if shape.ran else "whichever statement runs second does nothing"
    return Finding(
        span=shape.span,
        message=f'table "{shape.table}" is created in another shape elsewhere, without this {names}: {told}',
        severity=None if shape.ran else "info",
        schema=history.schema.name,
        table=shape.table,
        group=f"schema-source-drift:{history.schema.name}.{shape.table}",
        evidence=(Evidence(shape.there, f'table "{shape.table}" is created here'),),
        repair=Repair("replace the statement by ALTER TABLE"),
    )
