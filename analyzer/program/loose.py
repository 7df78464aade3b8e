"""Migrations in code that nothing runs: modules beside those of a list, which the list does not name and no code calls.

What comes in: files, what their calls run, and the timelines. What goes out: functions, each with the timeline that it looks like a step of. This
module does not know what their statements mean.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analyzer.facts.call import Function
from analyzer.facts.file import FileFacts
from analyzer.program.callees import Callees
from analyzer.program.callgraph import Node, call_graph, callers
from analyzer.program.timelines import Timeline, Timelines

if TYPE_CHECKING:
    import networkx as nx

_NOT_MAIN = frozenset({"test", "seed", "vendored", "generated"})


def loose_functions(
    files: Mapping[str, FileFacts], callees: Callees, timelines: Timelines
) -> Iterator[tuple[Timeline, Function]]:
    """Every function in a module beside the steps' modules that is called as they are, and that nothing calls."""
    graph = None
    for timeline in timelines.found:
        names = _names_by_folder(timeline)
        for path, file in sorted(files.items()):
            steps = names.get(path.rpartition("/")[0])
            if not steps or path == timeline.path or file.role in _NOT_MAIN:
                continue
            if any(function.path == path for function in timeline.functions):
                continue
            for function in file.functions:
                does = any(one.defines for one in timelines.of_function(function)[0]) or bool(file.errors)
                if function.name not in steps or not does:
                    continue
                graph = call_graph(files, callees) if graph is None else graph
                if not _is_called(function, timeline, graph):
                    yield timeline, function


def _names_by_folder(timeline: Timeline) -> dict[str, set[str]]:
    """What functions of the steps' own modules are called, by folder; helpers that several steps share are no steps."""
    found: dict[str, set[str]] = {}
    for step in timeline.steps:
        for function in step.entries:
            if function.span.path != timeline.path:
                found.setdefault(function.span.path.rpartition("/")[0], set()).add(function.name)
    return found


def _is_called(function: Function, timeline: Timeline, graph: "nx.DiGraph[Node]") -> bool:
    """Whether anything runs it; a function beside the list that nothing runs itself is a step that was taken out of the list."""
    known = timeline.functions
    around = callers(graph, function.span) - {function.span}
    return any(isinstance(node, str) or node.path != timeline.path or node in known for node in around)
