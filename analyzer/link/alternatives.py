"""Sites that may run several texts: combinations of branches that never come up are left out, each site counts once.

What comes in: linked queries, those of one site beside one another. What goes out: the same without what is only wrong because its branches
do not belong together, or for some of the entities alone that a name stands for; the statuses of sites. This module does not judge.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from msgspec.structs import replace

from analyzer.facts.source import Span
from analyzer.link.linked import Link, LinkedQuery

_UNREAD = ("syntax", "not-understood")
_WORST = ("unresolved", "partial", "resolved")
_Key = tuple[Span, str, str | None]
_Fault = tuple[Span, str | None]


def without_impossible(queries: Iterable[LinkedQuery]) -> Iterator[LinkedQuery]:
    """Every query but those whose faults another text of the same site, with the same words in it, does not have."""
    for group in sites(queries):
        if all(query.query.certain for query in group):
            yield from group
            continue
        sound = {_key(link) for query in group for link in query.links if link.status != "unresolved"}
        kinds = set.intersection(*(_problems(query) for query in group))
        kept = [query for query in group if query.query.certain or not _is_impossible(query, sound, kinds)]
        yield from kept or (
            replace(group[0], links=group[0].unaccused("branches"), problems=(), writes=(), compared=()),
        )


def agreed(queries: Iterable[LinkedQuery]) -> Iterator[LinkedQuery]:
    """Every query, accused of what each of the entities that a name stands for lacks: generic code asks first, or is not run for the others."""
    for group in sites(queries):
        if not group[0].query.among:
            yield from group
            continue
        everybody, lacking = labels(group), dict[_Fault, set[str]]()
        for query in group:
            for link in (one for one in query.links if one.status == "unresolved"):
                lacking.setdefault(_fault(link), set()).add(query.query.among)
        sure = {fault for fault, several in lacking.items() if several == everybody}
        yield from (_unless_sure(one, sure) for one in group)


def once(queries: Iterable[LinkedQuery]) -> Iterator[Link]:
    """Every link, but what each of the entities lacks that a name stands for only of the first."""
    for group in sites(queries):
        first = group[0].query.among
        for query in group:
            yield from (one for one in query.links if one.status != "unresolved" or query.query.among == first)


def labels(group: Iterable[LinkedQuery]) -> set[str]:
    """The entities that a name of a site stands for."""
    return {query.query.among for query in group}


def _fault(link: Link) -> _Fault:
    return link.reference.span, link.reference.column


def _unless_sure(query: LinkedQuery, sure: AbstractSet[_Fault]) -> LinkedQuery:
    unsure = {id(one) for one in query.links if one.status == "unresolved" and _fault(one) not in sure}
    if not unsure:
        return query
    links = (replace(one, status="unknown", reason="handed-in") if id(one) in unsure else one for one in query.links)
    return replace(query, links=tuple(links), status="partial" if query.status == "resolved" else query.status)


def sites(queries: Iterable[LinkedQuery]) -> Iterator[Sequence[LinkedQuery]]:
    """The queries of one call together."""
    for _, group in groupby(queries, key=lambda query: query.query.span):
        yield list(group)


def worst(group: Sequence[LinkedQuery]) -> LinkedQuery:
    """The query of a site of whose text least is known."""
    return min(group, key=lambda query: _WORST.index(query.status))


def decided(group: Sequence[LinkedQuery]) -> tuple[int, int]:
    """(references of a site that are decided, all of them): what its texts share counts once."""
    if len(group) == 1:
        return sum(group[0].decides(link) for link in group[0].links), len(group[0].links)
    known: dict[tuple[Span, str, str | None, str], bool] = {}
    for one, link in ((query, link) for query in group for link in query.links):
        # Whichever of them a name stands for, it is one name.
        span, table, column = _key(link)
        key = (span, "" if one.query.among else table, column, link.reference.role)
        known[key] = known.get(key, True) and one.decides(link)
    return sum(known.values()), len(known)


def _is_impossible(query: LinkedQuery, sound: set[_Key], kinds: set[str]) -> bool:
    faults = {_key(link) for link in query.links if link.status == "unresolved"}
    return bool(faults & sound) or bool(_problems(query) - kinds)


def _problems(query: LinkedQuery) -> set[str]:
    unread = {query.reason} if query.status == "unresolved" and query.reason in _UNREAD else set()
    return unread | {placed.problem.kind for placed in query.problems}


def _key(link: Link) -> _Key:
    return link.reference.span, link.reference.table if link.reference.column is None else "", link.reference.column
