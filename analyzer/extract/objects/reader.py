"""Expressions -> values, the names of the function around put in: objects as they are when they are used, not as they were first written.

What comes in: nodes of one file, its Scope and what its language says of expressions and of changes in place. What goes out: Values. What would take too deep
or too wide a walk is unknown. This module does not know any library, nor what a call does to what it is given.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, Protocol

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.assigned import has_run
from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.meanings import Meaning
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    ElementValue,
    Entry,
    ListValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    UnknownValue,
    Value,
)

_DEPTH = 24
# Nodes of one value: a longer one is data.
_WIDTH = 4000
_OPTIONS = 6

ChangeKind = Literal["entry", "merge", "item", "items", "lost", "handed"]


class Change(Struct, frozen=True):
    """What alters the object or list that a name holds, at `node`.

    "entry" sets `key` (a node, or a name) to `value`; "merge" takes the entries of `value`; "item" adds one, "items" those of another list; "lost" takes
    `key` away; "handed" gives the object to something that may do anything to it.
    """

    name: str
    node: Node
    kind: ChangeKind
    key: Node | str | None = None
    value: Node | None = None


class Language(Protocol):
    """What differs between languages. Every method is pure."""

    def expression(self, node: Node, reader: "Reader") -> Value | None:
        """The value of any expression but a plain name; None where it has no shape that a value can have."""

    def key(self, node: Node, reader: "Reader") -> tuple[str | None, Value | None]:
        """The key that a subscript or a property stands for: as a name, or the value it is computed of."""

    def part(self, binding: Binding, reader: "Reader") -> Value:
        """What a name gets of a value that a pattern takes apart."""

    def turn(self, loop: LoopNode, name: str, element: Value) -> Value:
        """What a loop's variable is of an element: itself, or a part of it."""

    def changes(self, reader: "Reader") -> Iterator[Change]:
        """Everything in a file that alters what a name holds."""


class Reader:
    """Evaluation over one file; built once a file and not kept."""

    def __init__(self, scope: Scope, language: Language) -> None:
        self.scope = scope
        self.language = language
        self._values: dict[int, Value] = {}
        self._depth = 0
        self._width = 0

    def span(self, node: Node) -> Span:
        return self.scope.structure.span(node)

    def value(self, node: Node) -> Value:
        """The value of an expression. What lies inside a value is counted with it."""
        node = self.scope.unwrapped(node)
        known = self._values.get(node.id)
        if known is not None:
            return known
        if self._depth == 0:
            self._width = 0
        self._width += 1
        if self._depth >= _DEPTH or self._width > _WIDTH:
            return UnknownValue(self.span(node), "too-deep")
        self._depth += 1
        try:
            found = self._read(node)
        finally:
            self._depth -= 1
        if self._width <= _WIDTH:
            self._values[node.id] = found
        return found

    def _read(self, node: Node) -> Value:
        if node.type in self.scope.syntax.identifiers or text_of(node) in self.scope.syntax.receivers:
            return self.named(text_of(node), self.span(node))
        return self.language.expression(node, self) or UnknownValue(self.span(node), node.type.replace("_", "-"))

    def named(self, name: str, span: Span) -> Value:
        """What a name holds at a place."""
        meaning = self.scope.meaning(name, span.start)
        if meaning.loop is not None:
            return self._turn(meaning.loop, name, span)
        if meaning.parameter is not None:
            return self._changed(name, self._parameter(meaning, name, span), 0, span.start)
        before = tuple(b for b in meaning.bindings if not b.mutation and b.start <= span.start)
        if not before or meaning.module:
            return NameValue(span, name)
        found = self._bound(before, name, span)
        kept = isinstance(found, ObjectValue | ListValue) or before[-1].function is not None
        # What a module keeps is known by its name; what it builds up is read here.
        return found if kept or before[-1].block is not None else NameValue(span, name)

    def _turn(self, loop: LoopNode, name: str, span: Span) -> Value:
        over = self.value(loop.over) if loop.over is not None else UnknownValue(span, "loop")
        return self.language.turn(loop, name, ElementValue(span, loop.loop.span, over))

    @staticmethod
    def _parameter(meaning: Meaning, name: str, span: Span) -> Value:
        if meaning.parameter is None:
            return UnknownValue(span)
        index, function = meaning.parameter
        whole = function.parameters[index].name
        value = ParameterValue(span, function.span, index, whole or name)
        return value if whole == name else MemberValue(span, value, name)

    def _bound(self, bindings: tuple[Binding, ...], name: str, span: Span) -> Value:
        """The value after the last binding that surely ran, or one of those that may have run since."""
        alone = len(bindings) == 1
        runs = [(one, True if alone else has_run(self.scope, one, span.start)) for one in bindings]
        sure = [index for index, (one, did) in enumerate(runs) if did and one.value is not None]
        found = [one for one, did in runs[sure[-1] if sure else 0 :] if did is not False and one.value is not None]
        options = tuple(self._changed(name, self._of(one), one.start, span.start) for one in found[:_OPTIONS])
        if not sure or len(found) > _OPTIONS:
            options = (*options, UnknownValue(span, "reassigned" if found else "unset"))
        return options[0] if len(options) == 1 else EitherValue(span, options)

    def _of(self, binding: Binding) -> Value:
        if binding.destructured:
            return self.language.part(binding, self)
        return self.value(binding.value) if binding.value is not None else UnknownValue(Span("", 0, 0))

    # ------------------------------------------------------------------ changes in place
    @cached_property
    def _changes(self) -> dict[str, list[Change]]:
        found: dict[str, list[Change]] = {}
        for change in sorted(self.language.changes(self), key=lambda change: change.node.start_byte):
            found.setdefault(change.name, []).append(change)
        return found

    def _changed(self, name: str, value: Value, start: int, at: int) -> Value:
        """The value with what happens to the name in between, in the same function."""
        functions = self.scope.structure.functions
        here = functions.around(at)
        for change in self._changes.get(name, ()):
            place = change.node.start_byte
            inside = functions.around(place)
            if start < place and change.node.end_byte <= at and here[: len(inside)] == inside:
                value = self._after(change, value, at)
        return value

    def _after(self, change: Change, value: Value, at: int) -> Value:
        entries, items = self._added(change, at)
        match value:
            case ObjectValue():
                return ObjectValue(value.span, (*value.entries, *entries), value.open or change.kind == "handed")
            case ListValue():
                more = change.kind in ("handed", "items") or bool(self._loops_between(change.node, value.span.start))
                return ListValue(value.span, (*value.items, *items), value.open or more)
            case EitherValue():
                return EitherValue(value.span, tuple(self._after(change, option, at) for option in value.options))
            case _ if entries:
                # An object that came from elsewhere, with more put in.
                return ObjectValue(value.span, (Entry(value.span, None, value), *entries))
            case _:
                return value

    def _added(self, change: Change, at: int) -> tuple[tuple[Entry, ...], tuple[Value, ...]]:
        span = self.span(change.node)
        given = self.value(change.value) if change.value is not None else UnknownValue(span, "changed")
        certain = self._surely(change.node, at)
        match change.kind:
            case "entry" if change.key is not None:
                key, computed = (
                    (change.key, None) if isinstance(change.key, str) else self.language.key(change.key, self)
                )
                return (Entry(span, key, given, computed, certain),), ()
            case "merge":
                return (Entry(span, None, given, None, certain),), ()
            case "item":
                return (), (given,)
            case "items":
                return (), given.items if isinstance(given, ListValue) else ()
            case _:
                return (), ()

    def _surely(self, node: Node, at: int) -> bool:
        """Whether a change ran whenever the place is reached."""
        binding = Binding("", node, node.start_byte, None)
        return has_run(self.scope, binding, at) is True and not self._loops_between(node, at)

    def _loops_between(self, node: Node, at: int) -> tuple[Span, ...]:
        """Loops around a change that are not around the place."""
        around = {entry.loop.span for entry in self.scope.structure.loops.around(at)}
        inside = self.scope.structure.loops.around(node.start_byte)
        return tuple(entry.loop.span for entry in inside if entry.loop.span not in around)
