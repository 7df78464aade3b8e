"""Expressions -> values, the names of the function around put in: objects as they are when they are used, not as they were first written.

What comes in: nodes of one file, its Scope and what its language says of expressions and of changes in place. What goes out: Values. What would take too deep
or too wide a walk is unknown. This module does not know any library, nor what a call does to what it is given.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Protocol

from tree_sitter import Node

from analyzer.extract.assigned import has_run
from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.branches import leaves
from analyzer.extract.meanings import Meaning
from analyzer.extract.objects.changed import Change, changed
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    EitherValue,
    ElementValue,
    ListValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    UnknownValue,
    Value,
)

_DEPTH = 24
# Nodes of one value: a longer one is data.
_WIDTH = 4000
_OPTIONS = 6
# Changes of one name: a name that is changed more often is a letter of a minified file.
_MANY = 200
# Wrappers that say what a value is.
_CASTS = frozenset({"as_expression"})
_LONGEST_TYPE = 300

__all__ = ["Change", "Language", "Reader"]


class Language(Protocol):
    """What differs between languages. Every method is pure."""

    def expression(self, node: Node, reader: "Reader") -> Value | None:
        """The value of any expression but a plain name; None where it has no shape that a value can have."""

    def key(self, node: Node, reader: "Reader") -> tuple[str | None, Value | None]:
        """The key that a subscript or a property stands for: as a name, or the value it is computed of."""

    def part(self, binding: Binding, reader: "Reader") -> Value:
        """What a name gets of a value that a pattern takes apart: the binding's, or a parameter of its function where it has none."""

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

    def key(self, node: Node) -> tuple[str | None, Value | None]:
        """The key that a property or subscript stands for."""
        return self.language.key(node, self)

    def span(self, node: Node) -> Span:
        return self.scope.structure.span(node)

    def value(self, node: Node) -> Value:
        """The value of an expression. What lies inside a value is counted with it."""
        node = self._unwrapped(node)
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

    def _unwrapped(self, node: Node) -> Node:
        """The expression without parentheses and awaits; a cast that says what it is stays."""
        syntax = self.scope.syntax
        while node.type in syntax.wrappers and node.type not in _CASTS:
            inner = next((child for child in node.named_children if child.type not in syntax.comments), None)
            if inner is None:
                break
            node = inner
        return node

    def _read(self, node: Node) -> Value:
        if node.type in self.scope.syntax.identifiers or node.type in self.scope.syntax.receivers:
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

    def _parameter(self, meaning: Meaning, name: str, span: Span) -> Value:
        if meaning.parameter is None:
            return UnknownValue(span)
        index, function = meaning.parameter
        if function.parameters[index].name == name:
            return ParameterValue(span, function.span, index, name)
        return self.language.part(Binding(name, None, span.start, function.span, destructured=True), self)

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
        if binding.value is None:
            return UnknownValue(Span("", 0, 0))
        value = self.value(binding.value)
        outer = binding.value.parent
        type_ = outer.child_by_field_name("type") if outer is not None else None
        if type_ is None or type_ == binding.value or isinstance(value, TypedValue):
            return value
        written = text_of(type_).removeprefix(":").strip()
        return TypedValue(value.span, written, value) if len(written) <= _LONGEST_TYPE else value

    def whole(self, binding: Binding, end: int) -> Value:
        """What a binding keeps, with all that is done to it up to a byte; what a call gave is not built up here."""
        value = self._of(binding)
        inner = value.of if isinstance(value, TypedValue) else value
        built = isinstance(inner, ObjectValue | ListValue)
        return self._changed(binding.name, value, binding.start, end) if built else value

    # ------------------------------------------------------------------ changes in place
    @cached_property
    def _changes(self) -> dict[str, list[Change]]:
        found: dict[str, list[Change]] = {}
        for change in sorted(self.language.changes(self), key=lambda change: change.node.start_byte):
            found.setdefault(change.name, []).append(change)
        return {name: changes for name, changes in found.items() if len(changes) <= _MANY}

    def _changed(self, name: str, value: Value, start: int, at: int) -> Value:
        """The value with what happens to the name in between, in the same function or in one that is made there."""
        changes = self._changes.get(name, ())
        functions = self.scope.structure.functions
        here = functions.around(at) if changes else []
        for change in changes:
            place = change.node.start_byte
            if not start < place or change.node.end_byte > at:
                continue
            inside = functions.around(place)
            shared = min(len(inside), len(here))
            ran = self._ran(change.node, at) if inside[:shared] == here[:shared] else False
            if ran is not False:
                certain = ran is True and len(inside) <= len(here) and not self._loops_between(change.node, at)
                value = changed(value, change, certain, self)
        return value

    def _ran(self, node: Node, at: int) -> bool | None:
        """Whether a change ran before the place is reached; None where it may have."""
        outer = node.parent
        while outer is not None and not outer.start_byte <= at < outer.end_byte:
            if outer.type in self.scope.syntax.blocks and leaves(outer):
                return False
            outer = outer.parent
        last = self.scope.structure.root.end_byte - 1
        return has_run(self.scope, Binding("", node, node.start_byte, None), min(at, last))

    def _loops_between(self, node: Node, at: int) -> tuple[Span, ...]:
        """Loops around a change that are not around the place."""
        around = {entry.loop.span for entry in self.scope.structure.loops.around(at)}
        inside = self.scope.structure.loops.around(node.start_byte)
        return tuple(entry.loop.span for entry in inside if entry.loop.span not in around)
