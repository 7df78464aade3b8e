"""What is wrong with a history whose migrations name one another, before any of them runs.

What comes in: migrations. What goes out: Breaches. Source: https://alembic.sqlalchemy.org/en/latest/branches.html: `upgrade head` refuses several heads, a
parent that no file has fails every command, of two files with one id the last is loaded. A branch that has a label is meant to have a head of its
own. This module does not know rules.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import networkx as nx
from msgspec import Struct

from analyzer.facts.migration import Migration


class Breach(Struct, frozen=True):
    """`other` is the migration that it clashes with, `name` the id that nobody has."""

    kind: Literal["heads", "lost", "twice", "loop"]
    migration: Migration
    other: Migration | None = None
    name: str = ""


def breaches(migrations: Sequence[Migration]) -> Iterator[Breach]:
    """Every one, in the order of the files; nothing of migrations that name no parent."""
    migrations = sorted(migrations, key=lambda one: one.span)
    linked = [one for one in migrations if one.parents]
    if not linked:
        return
    first: dict[str, Migration] = {}
    for one in migrations:
        yield from (Breach("lost", one, name=name) for name in one.lost)
        taken = first.setdefault(one.id, one)
        if taken is not one:
            yield Breach("twice", one, taken)
    graph = nx.DiGraph((parent, one.id) for one in linked for parent in one.parents if parent in first)
    graph.add_nodes_from(first)
    loops = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    loops += [{one} for one in nx.nodes_with_selfloops(graph)]
    if loops:
        yield from (Breach("loop", next(first[name] for name in first if name in group)) for group in loops)
        return
    yield from _heads(graph, first)


def _heads(graph: "nx.DiGraph[str]", known: dict[str, Migration]) -> Iterator[Breach]:
    """Heads that have a beginning in common, of which more than one is on no branch with a label of its own."""
    heads = [name for name in known if graph.out_degree(name) == 0]
    for group in nx.weakly_connected_components(graph):
        plain = [name for name in heads if name in group and not _is_labelled(graph, known, name, heads)]
        for name in plain[1:]:
            yield Breach("heads", known[name], known[plain[0]])


def _is_labelled(graph: "nx.DiGraph[str]", known: dict[str, Migration], head: str, heads: list[str]) -> bool:
    """Whether a label stands on what only this head comes behind."""
    line = nx.ancestors(graph, head) | {head}
    others = set().union(*(nx.ancestors(graph, other) for other in heads if other != head), ())
    return any(known[name].labels for name in line - others)
