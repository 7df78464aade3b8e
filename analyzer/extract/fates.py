"""What happens when a call fails, and whether it runs at all.

What comes in: a tree, and a host that knows how its language catches failures. What goes out: the fate of a call and whether a branch guards it.
The nearest handler decides. A function is where both questions end, but for one that is handed to a function which runs it at once
(`map`, `then`, `transaction`). This module does not know databases.
"""

from collections.abc import Callable

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.nesting import Nesting
from analyzer.extract.outcomes import STOPS, Handling
from analyzer.extract.texts import folded
from analyzer.facts.source import Language

_KINDS = ("tried", "guarded", "function")


class Failures(Struct, frozen=True):
    """How a language catches: `own` what the call or its surrounding expression does with its failure, `around` what a statement does with failures of
    the part it tries; both None where the failure gets past. `runs` are functions that run at once what they are given.
    """

    own: Callable[[Node, bool], Handling | None]
    around: Callable[[Node], Handling | None]
    runs: frozenset[str]


class Region(Struct, frozen=True):
    """Bytes [start, end) of code; `node` is what catches their failures ("tried"), else the code itself ("guarded", "function")."""

    start: int
    end: int
    kind: str
    node: Node


class Fates:
    """Answers for the calls of one file."""

    def __init__(self, language: Language, root: Node, failures: Failures) -> None:
        self._failures = failures
        self._regions = Nesting(_regions(language, root))
        self._known: dict[tuple[int, int], Handling | None] = {}
        self._run: dict[tuple[int, int], bool] = {}

    def at(self, node: Node, *, query: bool = False) -> tuple[Handling, bool]:
        """The fate of a call's failure, and whether the call is in a branch that need not run. `query` says that the call surely may fail."""
        handling, guarded = self._failures.own(node, query), False
        for region in reversed(self._regions.around(node.start_byte)):
            if region.end < node.end_byte:
                # `find().catch(..)` begins where what it tries begins, and is not tried.
                continue
            if region.kind == "guarded":
                guarded = True
            elif region.kind == "tried":
                handling = handling or self._handling(region.node)
            elif not self._runs_at_once(region.node):
                break
            if guarded and handling is not None:
                break
        return handling or STOPS, guarded

    def _handling(self, node: Node) -> Handling | None:
        key = (node.start_byte, node.end_byte)
        if key not in self._known:
            self._known[key] = self._failures.around(node)
        return self._known[key]

    def _runs_at_once(self, function: Node) -> bool:
        key = (function.start_byte, function.end_byte)
        if key not in self._run:
            self._run[key] = runs_at_once(function, self._failures.runs)
        return self._run[key]


def runs_at_once(function: Node, names: frozenset[str]) -> bool:
    """Whether a function is run where it stands: called there, awaited there, or handed to one of `names`."""
    outer = function.parent
    while outer is not None and outer.type in ("parenthesized_expression", "await_expression", "try_expression"):
        if outer.type != "parenthesized_expression":
            return True
        outer = outer.parent
    if outer is None:
        return False
    if outer.type == "call_expression":
        return True
    call = outer.parent if outer.type in ("arguments", "argument_list") else None
    callee = None
    if call is not None:
        callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return callee is not None and folded(callee, 200).replace("::", ".").rpartition(".")[2] in names


def _regions(language: Language, root: Node) -> list[tuple[int, int, Region]]:
    found: dict[tuple[int, int, str], Region] = {}
    for captures, _ in matches(language, "fates", root):
        for kind in _KINDS:
            for node in captures.get(kind, ()):
                start, end = node.start_byte, node.end_byte
                found[start, end, kind] = Region(start, end, kind, captures["handling"][0] if kind == "tried" else node)
    return [(region.start, region.end, region) for region in found.values()]
