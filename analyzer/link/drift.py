"""What code and database say of the values of one column, set beside each other.

What comes in: a graph's value sets. What goes out: one Drift for each column and closed set that meet, with what each side lacks. This module does
not know what is worth a finding.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.table import Column
from analyzer.catalog.value_lists import AllowedValues
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.source import Span
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery, ValueSet


class Drift(Struct, frozen=True):
    """`allowed` is empty where nothing lists the column's values. `refused` are members that the database does not take, `lacking` its values that are no
    members.
    """

    schema: str
    column: str
    defined: Column
    enumeration: Enumeration
    meetings: tuple[ValueSet, ...]
    allowed: tuple[AllowedValues, ...] = ()
    refused: tuple[Member, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[ValueSet, ...]:
        return tuple(one for one in self.meetings if one.role == "write")

    @property
    def read(self) -> tuple[ValueSet, ...]:
        return tuple(one for one in self.meetings if one.role == "read")

    @property
    def is_related(self) -> bool:
        """Whether the two sets share a value, were it in another case: others are turned into each other by what nobody read."""
        values = {value.lower() for one in self.allowed for value in one.values}
        return any(member.value.lower() in values for member in self.enumeration.members)


class Refused(Struct, frozen=True):
    """A member that is written where `refuser` does not let it in."""

    member: Member
    met: ValueSet
    refuser: AllowedValues


def drifts(graph: ReferenceGraph) -> Iterator[Drift]:
    """Every column and set that meet outside of tests, whether or not they differ."""
    met: dict[tuple[str, str, Span], list[ValueSet]] = {}
    for one in graph.value_sets:
        if not graph.is_test(one.query.query.span) and not graph.is_test(one.enumeration.span):
            met.setdefault((one.schema, one.column, one.enumeration.span), []).append(one)
    for (schema, source, _), meetings in met.items():
        column = graph.column(schema, source)
        if column is not None:
            yield _drift(graph.allowed(schema, source), column, meetings)


def _drift(allowed: tuple[AllowedValues, ...], column: Column, meetings: list[ValueSet]) -> Drift:
    first = meetings[0]
    members = first.enumeration.members
    refused = tuple(member for member in members if any(not one.admits(member.value) for one in allowed))
    open_ = [value for value in allowed[0].values if all(one.admits(value) for one in allowed)] if allowed else []
    known = {allowed[0].key(member.value) for member in members} if allowed else set()
    lacking = tuple(value for value in open_ if allowed[0].key(value) not in known)
    return Drift(first.schema, first.column, column, first.enumeration, tuple(meetings), allowed, refused, lacking)


def refused_members(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Refused]:
    """Members that this query writes or compares, and that the database refuses.

    A certain member; or any one of a set, where a driver's own declaration says that the set is what the database stores: other sets have members
    that never go to this column.
    """
    for met in graph.met_by(query):
        allowed, column = graph.allowed(met.schema, met.column), graph.column(met.schema, met.column)
        if column is None or not _is_judged(met, allowed, column, graph):
            continue
        drift = _drift(allowed, column, [met])
        for member in drift.refused:
            if met.member == member or (met.member is None and met.enumeration.is_stored):
                refuser = next(one for one in allowed if not one.admits(member.value))
                yield Refused(member, met, refuser)


def _is_judged(met: ValueSet, allowed: tuple[AllowedValues, ...], column: Column, graph: ReferenceGraph) -> bool:
    """What is written; and a certain member that is compared with PostgreSQL's enumerations, which take no other label there either."""
    if met.role == "filter":
        return met.member is not None and met.query.dialect == "postgres" and any(one.kind == "enum" for one in allowed)
    return met.role == "write" and _is_kept(met, column, graph)


def _is_kept(met: ValueSet, column: Column, graph: ReferenceGraph) -> bool:
    """Whether the value is sure to reach the table: no trigger gives another one, and the statement does not leave out what is refused."""
    name = met.column.rpartition(".")[0]
    schema = graph.schema(met.schema)
    table = schema.table(name) if schema is not None else None
    if schema is None or table is None or not table.certain or schema.is_tainted(table.name):
        return False
    writes = [
        one
        for statement in met.query.resolution.statements
        for one in statement.writes
        if one.table.lower() == name.lower()
    ]
    return bool(writes) and not any(
        one.ignores or table.is_filled(column, insert=one.verb == "insert") for one in writes
    )
