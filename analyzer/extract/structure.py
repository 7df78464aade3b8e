"""The skeleton of a file: functions, loops, bindings, calls, and what a name means at a place.

What comes in: a tree and its Host. What goes out: a Structure that answers for names and nesting. This module does not know
frameworks or SQL. What counts as a function, loop, binding or call is said by `structure.scm` of the language.
"""

from functools import cached_property

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.host import Host
from analyzer.extract.languages import Captures, matches
from analyzer.extract.nesting import Nesting
from analyzer.extract.texts import folded, text_of
from analyzer.facts.call import Function, Loop
from analyzer.facts.file import Import
from analyzer.facts.source import Source, Span
from analyzer.facts.text import UnknownOrigin


class Binding(Struct, frozen=True):
    """`name` gets `value` at `start`, inside `function` (None at module level). A mutation appends or changes in place."""

    name: str
    value: Node | None
    start: int
    function: Span | None
    mutation: bool = False
    destructured: bool = False


class LoopNode(Struct, frozen=True):
    loop: Loop
    over: Node | None


class Structure:
    """Look-ups over one file; built once a file and not kept."""

    def __init__(self, source: Source, root: Node, host: Host) -> None:
        self.source = source
        self.root = root
        self.host = host
        self._found = matches(source.language, "structure", root)

    def span(self, node: Node) -> Span:
        return Span(self.source.path, node.start_byte, node.end_byte)

    def _captured(self, name: str) -> list[tuple[Captures, dict[str, str]]]:
        return [entry for entry in self._found if name in entry[0]]

    @cached_property
    def owners(self) -> Nesting[str]:
        """Classes, impl blocks and the like, by name."""
        return Nesting(
            (captures["owner"][0].start_byte, captures["owner"][0].end_byte, folded(captures["owner.name"][0]))
            for captures, _ in self._captured("owner")
        )

    @cached_property
    def functions(self) -> Nesting[Function]:
        by_span: dict[Span, Function] = {}
        for captures, _ in self._captured("function"):
            function = self._function(captures)
            known = by_span.get(function.span)
            # A function expression matches alone and again with the variable that names it.
            if known is None or not known.name:
                by_span[function.span] = function
        return Nesting((span.start, span.end, function) for span, function in by_span.items())

    def _function(self, captures: Captures) -> Function:
        node = captures["function"][0]
        name = text_of(captures["function.name"][0]) if "function.name" in captures else ""
        owner = self.owners.innermost(node.start_byte) or ""
        parameters = (
            self.host.parameters(captures["function.parameters"][0]) if "function.parameters" in captures else ()
        )
        qualified = f"{owner}.{name}" if owner and name else name
        return Function(self.span(node), name, qualified, parameters, owner)

    @cached_property
    def loops(self) -> Nesting[LoopNode]:
        """Loops by the range that runs once a turn: the sequence itself is evaluated outside."""
        found: dict[tuple[Span, int], tuple[int, int, LoopNode]] = {}
        for captures, settings in self._captured("loop"):
            node = captures["loop"][0]
            over = captures["loop.over"][0] if "loop.over" in captures else None
            names = tuple(name for pattern in captures.get("loop.variable", []) for name in self.host.names(pattern))
            loop = Loop(
                span=self.span(node),
                kind=settings.get("kind", "for"),  # type: ignore[arg-type]
                variables=names,
                over=UnknownOrigin(),
                over_text=text_of(over)[:200] if over is not None else "",
                function=self.function_at(node.start_byte),
            )
            for body in captures["loop.body"]:
                key = (loop.span, body.start_byte)
                # A condition that binds matches alone and again with the name it binds.
                if key not in found or loop.variables:
                    found[key] = (body.start_byte, body.end_byte, LoopNode(loop, over))
        # Clauses of one comprehension share its body: the outer one comes first.
        return Nesting(sorted(found.values(), key=lambda entry: (entry[2].loop.span.start, -entry[2].loop.span.end)))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return self.host.imports(self.root, self.source)

    @cached_property
    def all_functions(self) -> tuple[Function, ...]:
        return tuple(sorted(self.functions.values, key=lambda function: function.span))

    @cached_property
    def call_captures(self) -> list[Captures]:
        found = {captures["call"][0].id: captures for captures, _ in self._captured("call")}
        return sorted(
            found.values(), key=lambda captures: (captures["call"][0].start_byte, captures["call"][0].end_byte)
        )

    def function_at(self, offset: int) -> Span | None:
        """The innermost named function around a byte, or the outermost anonymous one."""
        around = self.functions.around(offset)
        named = [function for function in around if function.name]
        return named[-1].span if named else (around[0].span if around else None)

    def loops_at(self, offset: int) -> tuple[Span, ...]:
        """Loops around a byte that lie inside its named function, outermost first, each once."""
        function = self.function_at(offset)
        start = function.start if function else 0
        spans = (entry.loop.span for entry in self.loops.around(offset) if entry.loop.span.start >= start)
        return tuple(dict.fromkeys(spans))

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = {}
        for captures, settings in self._captured("binding.name"):
            value = captures["binding.value"][0] if "binding.value" in captures else None
            for pattern in captures["binding.name"]:
                plain = pattern.type in self.host.syntax.identifiers
                function = self.functions.innermost(pattern.start_byte)
                for name in [text_of(pattern)] if plain else self.host.names(pattern):
                    binding = Binding(
                        name,
                        value,
                        pattern.start_byte,
                        function.span if function else None,
                        mutation="mutation" in settings,
                        destructured=not plain,
                    )
                    found.setdefault(name, []).append(binding)
        for entries in found.values():
            entries.sort(key=lambda binding: binding.start)
        return found
