"""Who runs a function: the call graph, asked from its other end.

What comes in: facts of all files, and what their calls run. What goes out: calls outside of tests. This module does not know what functions do.
"""

from collections.abc import Mapping

from analyzer.facts.call import Call, Function
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Span
from analyzer.program.callees import Callees

# A name that half the program calls is no one's own.
_MANY = 400


class Callers:
    """Look-ups of calls by the function that they run."""

    def __init__(self, files: Mapping[str, FileFacts], callees: Callees) -> None:
        self._callees = callees
        self._named: dict[str, list[tuple[FileFacts, Call]]] = {}
        self._owners: dict[Span, str] = {}
        self._known: dict[Span, tuple[Call, ...]] = {}
        for file in files.values():
            self._owners.update((function.span, function.owner) for function in file.functions)
            for call in file.calls if file.role != "test" else ():
                name = call.callee.replace("::", ".").rpartition(".")[2]
                self._named.setdefault(name, []).append((file, call))

    def of(self, function: Function) -> tuple[Call, ...]:
        """The calls that run a function; none where too many things are called so."""
        if function.span not in self._known:
            named = self._named.get(function.name, []) if function.name else []
            self._known[function.span] = tuple(
                call for file, call in named if len(named) <= _MANY and self._runs(file, call, function)
            )
        return self._known[function.span]

    def _runs(self, file: FileFacts, call: Call, function: Function) -> bool:
        owner = self._owners.get(call.function, "") if call.function is not None else ""
        found = self._callees.find(file, call.callee, owner)
        return len(found) == 1 and found[0].span == function.span
