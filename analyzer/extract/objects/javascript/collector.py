"""What JavaScript and TypeScript say of values: the Collector of both.

What comes in: nodes of their grammars. What goes out: what `Collector` asks for. This module does not know any library.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.objects.javascript import asked, places
from analyzer.extract.objects.javascript.access import key
from analyzer.extract.objects.javascript.changes import changes
from analyzer.extract.objects.javascript.classes import classes
from analyzer.extract.objects.javascript.expressions import expression
from analyzer.extract.objects.javascript.keeping import kept, presets
from analyzer.extract.objects.javascript.patterns import part, turn
from analyzer.extract.objects.reader import Change, Reader
from analyzer.facts.value import Class, Kept, Preset, Use, Value


class JavaScriptObjects:
    """The Collector of JavaScript."""

    checks = "checks"

    def expression(self, node: Node, reader: Reader) -> Value | None:
        return expression(node, reader)

    def key(self, node: Node, reader: Reader) -> tuple[str | None, Value | None]:
        return key(node, reader)

    def part(self, binding: Binding, reader: Reader) -> Value:
        return part(binding, reader)

    def turn(self, loop: LoopNode, name: str, element: Value) -> Value:
        return turn(loop, name, element)

    def changes(self, reader: Reader) -> Iterator[Change]:
        return changes(reader)

    def is_told(self, call: Node) -> bool:
        return places.is_told(call)

    def uses(self, call: Node) -> tuple[Use, ...]:
        return places.uses(call)

    def tests(self, reader: Reader) -> Iterator[Value]:
        return asked.tests(reader)

    def given(self, reader: Reader) -> Iterator[Node]:
        return asked.given(reader)

    def kept(self, reader: Reader) -> Iterator[Kept]:
        return kept(reader)

    def classes(self, reader: Reader) -> Iterator[Class]:
        return classes(reader)

    def presets(self, reader: Reader) -> Iterator[Preset]:
        return presets(reader)
