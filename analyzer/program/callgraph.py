"""The call graph: which functions run which.

What comes in: files, and what their calls run. What goes out: a directed graph whose nodes are Functions by their spans and modules by their
paths (for calls outside of functions), an edge from the caller to what it calls. This module does not know what functions do.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analyzer.facts.file import FileFacts
from analyzer.facts.source import Span
from analyzer.program.callees import Callees

if TYPE_CHECKING:
    import networkx as nx

Node = Span | str


def call_graph(files: Mapping[str, FileFacts], callees: Callees) -> "nx.DiGraph[Node]":
    """Every call whose callee is known, outside of tests."""
    import networkx as nx  # noqa: PLC0415 - few programs have migrations that nothing names

    graph: nx.DiGraph[Node] = nx.DiGraph()
    for path, file in files.items():
        owners = {function.span: function.owner for function in file.functions}
        for call in file.calls if file.role != "test" else ():
            caller = path if call.function is None else call.function
            owner = owners.get(call.function, "") if call.function is not None else ""
            graph.add_edges_from((caller, function.span) for function in callees.find(file, call.callee, owner))
    return graph


def callers(graph: "nx.DiGraph[Node]", function: Span) -> frozenset[Node]:
    """Everything that runs a function, directly or through others."""
    import networkx as nx  # noqa: PLC0415 - as above

    return frozenset(nx.ancestors(graph, function)) if function in graph else frozenset()
