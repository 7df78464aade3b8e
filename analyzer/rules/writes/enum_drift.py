"""enum-drift. What comes in: the graph. What goes out: a finding for each column whose values code and database list differently."""

from collections.abc import Iterable, Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.drift import Drift, drifts, refused_members
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule

_VERBS = {"read": "read", "write": "written", "filter": "compared"}


@rule("warning")
def enum_drift(_: ReferenceGraph, graph: ReferenceGraph) -> Iterator[Finding]:
    """The code's closed set of values and the database's, for one column, differ.

    **Why** A value that only the database knows fails where rows are decoded, or falls through every case; one that only the code knows never occurs.

    **Example** corpora/enum-drift

    **Limits** A set that is smaller than the database's is information where code only writes it, and nothing where it only filters. Members that are
    sure to be written and refused are check-violation. Sets that share no value are left alone, unless a driver's declaration says that they are
    what is stored. A set that meets a text column which no CHECK restricts is information, once a column.

    **Fix** Add the missing values to the side that lacks them: a migration, or the enum.
    """
    unlisted: set[tuple[str, str]] = set()
    for drift in drifts(graph):
        place = (drift.schema, drift.column)
        if drift.allowed:
            yield from _differing(drift, graph)
        elif place not in unlisted and _is_alone(drift) and graph.is_unrestricted(*place):
            unlisted.add(place)
            message = f'column "{drift.column}" takes any text: {_named(drift)} lists its values, no CHECK does'
            yield _finding(drift, message, "info")


def _is_alone(drift: Drift) -> bool:
    """Whether code keeps to a set of values that the database knows nothing of."""
    return len(drift.enumeration.members) > 1 and bool(drift.written or drift.read)


def _differing(drift: Drift, graph: ReferenceGraph) -> Iterator[Finding]:
    refused = {
        one.member
        for met in drift.meetings
        for one in refused_members(met.query, graph)
        if one.met.column == met.column
    }
    # A query that chooses rows by the column may leave the other values out.
    decoded = any(not one.query.filters(one.column) for one in drift.read)
    passed = any(one.member is None for one in drift.written)
    extra = [one.value for one in drift.refused if one not in refused] if drift.read or passed else []
    lacking = drift.lacking if decoded or passed else ()
    if (lacking or extra) and (drift.is_related or drift.enumeration.is_stored):
        yield _finding(drift, _sides(drift, extra, lacking), "warning" if decoded or extra else "info")


def _sides(drift: Drift, extra: list[str], lacking: tuple[str, ...]) -> str:
    has = f"has {_listed(extra)}, which the database refuses" if extra else ""
    lacks = f"lacks {_listed(lacking)}, which the database takes" if lacking else ""
    return f'{_named(drift)} differs from column "{drift.column}": it {" and ".join(part for part in (has, lacks) if part)}'


def _named(drift: Drift) -> str:
    return f'"{drift.enumeration.name}"' if drift.enumeration.name else "the type"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def _finding(drift: Drift, message: str, severity: Severity) -> Finding:
    table, _, name = drift.column.rpartition(".")
    first = drift.meetings[0]
    lists = [Evidence(one.defined, "the database lists the values here") for one in drift.allowed]
    return Finding(
        span=drift.enumeration.span,
        message=message,
        severity=severity,
        confidence="high" if drift.enumeration.is_stored else "medium",
        schema=drift.schema,
        table=table,
        column=name,
        symbol=first.query.symbol or None,
        group=f"enum-drift:{drift.schema}.{drift.column}",
        evidence=(
            *(lists or [Evidence(drift.defined.defined, f'column "{name}" is defined here')]),
            Evidence(first.query.query.text.span, f"{_VERBS[first.role]} by this query"),
        ),
        repair=Repair(f'list the same values in {_named(drift)} and for column "{drift.column}"'),
    )
