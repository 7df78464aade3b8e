"""The order in which a history with branches runs.

What comes in: nodes with what they come behind. What goes out: all of them, each behind its parents and what it needs. Among the orders that are possible it
is Alembic's (`_topological_sort` in alembic/script/revision.py, https://github.com/sqlalchemy/alembic): from the heads backwards, one branch as far as no
other needs what is next. What leads back to itself stands at the end. This module does not know what a node is.
"""

from collections.abc import Mapping, Sequence

import networkx as nx


def run_order(parents: Mapping[str, Sequence[str]], needs: Mapping[str, Sequence[str]]) -> list[str]:
    """All nodes in the order in which they run; `parents` names each of them, in the order of the source."""
    graph = nx.DiGraph()
    graph.add_nodes_from(parents)
    for one in parents:
        graph.add_edges_from(
            (other, one) for other in (*parents[one], *needs[one]) if other in parents and other != one
        )
    looped = {one for group in nx.strongly_connected_components(graph) if len(group) > 1 for one in group}
    graph.remove_nodes_from(looped)
    back = _backwards(graph, {one: [p for p in parents[one] if p in graph] for one in graph})
    return [*reversed(back), *(one for one in parents if one in looped)]


def _backwards(graph: "nx.DiGraph[str]", parents: Mapping[str, Sequence[str]]) -> list[str]:
    todo = dict.fromkeys(graph)
    inner = {parent for one in graph for parent in parents[one]}
    heads = [one for one in graph if one not in inner]
    behind = [nx.ancestors(graph, one) | {one} for one in heads]
    found: list[str] = []
    at = 0
    while heads:
        one = heads[at]
        other = next((index for index, known in enumerate(behind) if index != at and one in known), None)
        if other is not None:
            at = other
            continue
        if one in todo:
            found.append(one)
            del todo[one]
        more = [parent for parent in parents[one] if parent in todo and parent not in heads]
        if not more:
            del heads[at], behind[at]
            at = max(at - 1, 0)
            continue
        heads[at], behind[at] = more[0], nx.ancestors(graph, more[0]) | {more[0]}
        heads += more[1:]
        behind += [nx.ancestors(graph, parent) | {parent} for parent in more[1:]]
    return found
