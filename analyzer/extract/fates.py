"""What happens when a call fails, and whether it runs at all.

What comes in: a tree, and a host that knows how its language catches failures. What goes out: the fate of a call and whether a branch guards it.
The nearest handler decides. A function is where both questions end, but for one that is handed to a function which runs it at once
(`map`, `then`, `transaction`). This module does not know databases.
"""

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.languages import captured
from analyzer.extract.nesting import Nesting
from analyzer.extract.outcomes import STOPS, Handling
from analyzer.extract.texts import folded
from analyzer.facts.source import Language, Source

_KINDS = ("tried", "guarded", "function")
# What stands in a file that asks a database, or sets one up.
_WORDS = (b"sql", b"migrat", b"database", b"create table", b"alter table", b"execute(", b"db.", b"(db")
_OWNERS = frozenset({"try_statement", "with_statement", "call_expression"})


class Failures(Struct, frozen=True):
    """How a language catches: `own` what the call or its surrounding expression does with its failure, `around` what a statement does with failures of
    the part it tries; both None where the failure gets past. `runs` are functions that run at once what they are given.
    """

    own: Callable[[Node, bool], Handling | None]
    around: Callable[[Node], Handling | None]
    runs: frozenset[str]


class Fates:
    """Answers for the calls of one file, remembered by the innermost region that holds the call."""

    def __init__(self, source: Source, root: Node, failures: Failures) -> None:
        self._source = source
        self._root = root
        self._failures = failures
        self._handled: dict[int, Handling | None] = {-1: None}
        self._guarded: dict[int, bool] = {-1: False}

    @cached_property
    def matter(self) -> bool:
        """Whether the file has to do with a database at all, by its words."""
        content = self._source.content.lower()
        return any(word in content for word in _WORDS)

    @cached_property
    def _regions(self) -> Nesting[tuple[str, Node]]:
        return Nesting(_regions(self._source.language, self._root))

    def at(self, node: Node, *, query: bool = False) -> tuple[Handling, bool]:
        """The fate of a call's failure, and whether the call is in a branch that need not run. `query` says that the call surely may fail."""
        index = self._regions.holding(node.start_byte, node.end_byte)
        handling = self._failures.own(node, query) or self._handling(index) or STOPS
        return handling, self._is_guarded(index)

    def _handling(self, index: int) -> Handling | None:
        """What the nearest handler around a region does; None where there is none in its function."""
        passed, found = [], None
        while index not in self._handled:
            passed.append(index)
            kind, node = self._regions.value(index)
            found = self._failures.around(_owner(node)) if kind == "tried" else None
            if found is not None or self._is_end(index):
                break
            index = self._regions.outer(index)
        else:
            found = self._handled[index]
        self._handled.update(dict.fromkeys(passed, found))
        return found

    def _is_guarded(self, index: int) -> bool:
        passed, found = [], False
        while index not in self._guarded:
            passed.append(index)
            found = self._regions.value(index)[0] == "guarded"
            if found or self._is_end(index):
                break
            index = self._regions.outer(index)
        else:
            found = self._guarded[index]
        self._guarded.update(dict.fromkeys(passed, found))
        return found

    def _is_end(self, index: int) -> bool:
        """Whether a region is a function that is run who knows when."""
        kind, node = self._regions.value(index)
        return kind == "function" and not runs_at_once(node, self._failures.runs)


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


def _owner(tried: Node) -> Node:
    """The statement or call that catches failures of the part it tries."""
    node = tried
    while node.parent is not None and (node is tried or node.type not in _OWNERS):
        node = node.parent
    return node


def _regions(language: Language, root: Node) -> Iterator[tuple[int, int, tuple[str, Node]]]:
    for kind, nodes in captured(language, "fates", root).items():
        if kind in _KINDS:
            for node in {node.id: node for node in nodes}.values():
                yield node.start_byte, node.end_byte, (kind, node)
