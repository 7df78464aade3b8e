"""The Collector of Python: every question is answered by a module of its own.

What comes in: nodes of tree-sitter-python. What goes out: what `Collector` asks for. This module does not know any library.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.objects.python import changes, classes, expressions, patterns, places, uses
from analyzer.extract.objects.reader import Change, Reader
from analyzer.facts.value import Class, Kept, Preset, Use, Value


class PythonObjects:
    """The Collector of Python."""

    checks = "objects"

    def expression(self, node: Node, reader: Reader) -> Value | None:
        return expressions.expression(node, reader)

    def key(self, node: Node, reader: Reader) -> tuple[str | None, Value | None]:
        return expressions.key(node, reader)

    def part(self, binding: Binding, reader: Reader) -> Value:
        return patterns.part(binding, reader)

    def turn(self, loop: LoopNode, name: str, element: Value) -> Value:
        return patterns.turn(loop, name, element)

    def changes(self, reader: Reader) -> Iterator[Change]:
        return changes.changes(reader)

    def is_told(self, call: Node) -> bool:
        return uses.is_told(call)

    def uses(self, call: Node) -> tuple[Use, ...]:
        return uses.uses(call)

    def tests(self, reader: Reader) -> Iterator[Value]:
        return uses.tests(reader)

    def given(self, reader: Reader) -> Iterator[Node]:
        return places.given(reader)

    def kept(self, reader: Reader) -> Iterator[Kept]:
        return places.kept(reader)

    def classes(self, reader: Reader) -> Iterator[Class]:
        return classes.classes(reader)

    def presets(self, reader: Reader) -> Iterator[Preset]:
        return classes.presets(reader)
