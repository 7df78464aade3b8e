"""What code and database say of the values of one column, set beside each other.

What comes in: a graph's value sets. What goes out: one Drift for each column and closed set that meet, with what each side lacks. This module does
not know what is worth a finding.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.schema import AllowedValues, Column
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.source import Span
from analyzer.link.graph import ReferenceGraph, ValueSet


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

    def refuser(self, member: Member) -> AllowedValues | None:
        return next((one for one in self.allowed if not one.admits(member.value)), None)


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


def refused_writes(drift: Drift) -> Iterator[tuple[Member, ValueSet]]:
    """Members that the database refuses and that code writes: a certain one, or any one of the set; each with where."""
    if not drift.is_related:
        return
    for member in drift.refused:
        site = next((one for one in drift.written if one.member in (None, member)), None)
        if site is not None:
            yield member, site
