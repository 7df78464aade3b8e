# ruff: noqa: ARG002
"""JavaScript's and TypeScript's expressions as values, and the places where they are kept.

What comes in: nodes of tree-sitter-javascript. What goes out: what `Collector` asks for. This module does not know any library.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.objects.reader import Change, Reader
from analyzer.facts.value import Class, Kept, Preset, UnknownValue, Use, Value


class JavaScriptObjects:
    """The Collector of JavaScript."""

    def expression(self, node: Node, reader: Reader) -> Value | None:
        return None

    def key(self, node: Node, reader: Reader) -> tuple[str | None, Value | None]:
        return None, reader.value(node)

    def part(self, binding: Binding, reader: Reader) -> Value:
        return UnknownValue(reader.scope.structure.span(reader.scope.structure.root), binding.name)

    def turn(self, loop: LoopNode, name: str, element: Value) -> Value:
        return element

    def changes(self, reader: Reader) -> Iterator[Change]:
        yield from ()

    def is_told(self, call: Node) -> bool:
        return True

    def uses(self, call: Node) -> tuple[Use, ...]:
        return ()

    def kept(self, reader: Reader) -> Iterator[Kept]:
        yield from ()

    def classes(self, reader: Reader) -> Iterator[Class]:
        yield from ()

    def presets(self, reader: Reader) -> Iterator[Preset]:
        yield from ()
