"""Expressions -> values, the names of the function around put in: objects as they are when they are used, not as they were first written.

What comes in: nodes of one file, its Scope and what its language says of expressions and of changes in place. What goes out: Values. What would take too deep
or too wide a walk is unknown. This module does not know any library, nor what a call does to what it is given.
"""

import bisect
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Protocol

from tree_sitter import Node

from analyzer.extract.assigned import has_run
from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.branches import is_left
from analyzer.extract.languages import Captures, matches
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
# Nodes of one value: a longer one is data. Of a file whose values have more than _WHOLE in all, each may have _NARROW.
_WIDTH, _NARROW, _WHOLE = 4000, 200, 200_000
_OPTIONS = 6
# Changes of one name: a name that is changed more often is a letter of a minified file.
_MANY = 200
# Wrappers that say what a value is.
_CASTS = frozenset({"as_expression"})
_LONGEST_TYPE = 300
# Types that say no more than the value itself.
_SAYS_NOTHING = frozenset(
    {
        "dict",
        "Dict",
        "list",
        "List",
        "tuple",
        "Tuple",
        "set",
        "Set",
        "Any",
        "any",
        "object",
        "Mapping",
        "MutableMapping",
        "Final",
        "ClassVar",
    }
)
_BEFORE_ARGUMENTS = re.compile(r"[\[<]")

__all__ = ["Change", "Language", "Reader", "typed"]


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
        self._values: dict[int, tuple[Value, int]] = {}
        self._matches: dict[str, list[tuple[Captures, dict[str, str]]]] = {}
        self._depth = 0
        self._width = 0
        self._widest = _WIDTH
        self._read_in_all = 0

    def matches(self, name: str) -> list[tuple[Captures, dict[str, str]]]:
        """Matches of `<name>.scm` in the file, looked for once."""
        if name not in self._matches:
            structure = self.scope.structure
            self._matches[name] = matches(structure.source.language, name, structure.root)
        return self._matches[name]

    def key(self, node: Node) -> tuple[str | None, Value | None]:
        """The key that a property or subscript stands for."""
        return self.language.key(node, self)

    def span(self, node: Node) -> Span:
        return self.scope.structure.span(node)

    def value(self, node: Node) -> Value:
        """The value of an expression. What lies inside a value is counted with it."""
        node = self._unwrapped(node)
        if self._depth == 0:
            self._read_in_all += self._width
            self._width = 0
            self._widest = _WIDTH if self._read_in_all < _WHOLE else _NARROW
        known = self._values.get(node.id)
        if known is not None and self._width + known[1] <= self._widest:
            self._width += known[1]
            return known[0]
        before = self._width
        self._width += 1
        if self._depth >= _DEPTH or self._width > self._widest:
            return UnknownValue(self.span(node), "too-deep")
        self._depth += 1
        try:
            found = self._read(node)
        finally:
            self._depth -= 1
        if self._width <= self._widest:
            self._values[node.id] = found, self._width - before
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
            again = self._bound_in(meaning.loop, name, span)
            if again:
                return self._bound(again, name, span, self._turn(meaning.loop, name, span))
            return self._turn(meaning.loop, name, span)
        if meaning.parameter is not None:
            start = meaning.parameter[1].span.start
            return self._changed(name, self._parameter(meaning, name, span), start, span.start)
        before = tuple(b for b in meaning.bindings if not b.mutation and b.start <= span.start)
        if meaning.module:
            return NameValue(span, name)
        if not before:
            return self._further(name, span)
        found = self._bound(before, name, span, self._given(before[0], name, span))
        kept = _is_built(found) or before[-1].function is not None
        # What a module keeps is known by its name; what it builds up is read here.
        return found if kept or before[-1].block is not None else NameValue(span, name)

    def _bound_in(self, loop: LoopNode, name: str, span: Span) -> tuple[Binding, ...]:
        """Where a loop's body binds the loop's variable anew."""
        function = self.scope.structure.functions.innermost(span.start)
        found = self.scope.structure.bindings_in.get((name, function.span if function else None), ())
        around = self.scope.structure.loops.around
        return tuple(
            one
            for one in found
            if one.start <= span.start
            and not one.mutation
            and one.value is not None
            and not _holds(one.value, span.start)
            and any(entry.loop.span == loop.loop.span for entry in around(one.start))
        )

    def _further(self, name: str, span: Span) -> Value:
        """A name that the functions around only change in place: what one further out binds, or takes."""
        structure = self.scope.structure
        for function in reversed(structure.functions.around(span.start)):
            plain = [one for one in structure.bindings_in.get((name, function.span), ()) if not one.mutation]
            before = tuple(one for one in plain if one.value is not None and not _holds(one.value, span.start))
            if before:
                return self._bound(before[:_OPTIONS], name, span, self._given(before[0], name, span))
            for index, parameter in enumerate(function.parameters):
                if parameter.name == name:
                    value = ParameterValue(span, function.span, index, name)
                    return self._changed(name, value, function.span.start, span.start)
        return NameValue(span, name)

    def _given(self, binding: Binding, name: str, span: Span) -> Value | None:
        """The parameter that a function binds anew in some of its branches."""
        function = self.scope.structure.functions.innermost(binding.start)
        for index, parameter in enumerate(function.parameters if function is not None else ()):
            if function is not None and parameter.name == name and function.span == binding.function:
                return ParameterValue(span, function.span, index, name)
        return None

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

    def _bound(self, bindings: tuple[Binding, ...], name: str, span: Span, first: Value | None = None) -> Value:
        """The value after the last binding that surely ran, or one of those that may have run since; `first` is what it holds before."""
        alone = len(bindings) == 1 and first is None
        runs = [(one, True if alone else self._has_run(one, span.start)) for one in bindings]
        sure = [index for index, (one, did) in enumerate(runs) if did and one.value is not None]
        found = [one for one, did in runs[sure[-1] if sure else 0 :] if did is not False and one.value is not None]
        options = tuple(self._changed(name, self._of(one), one.start, span.start) for one in found[:_OPTIONS])
        if not sure and first is not None:
            options = (self._changed(name, first, self._start(first, bindings), span.start), *options)
        elif not sure or len(found) > _OPTIONS:
            options = (*options, UnknownValue(span, "reassigned" if found else "unset"))
        return options[0] if len(options) == 1 else EitherValue(span, options)

    @staticmethod
    def _start(first: Value, bindings: tuple[Binding, ...]) -> int:
        return first.function.start if isinstance(first, ParameterValue) else bindings[0].start

    def _has_run(self, binding: Binding, at: int) -> bool | None:
        ran = has_run(self.scope, binding, min(at, self.scope.structure.root.end_byte - 1))
        return False if ran is None and binding.value is not None and is_left(binding.value, at) else ran

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
        return typed(value, type_)

    def whole(self, binding: Binding, end: int) -> Value:
        """What a binding keeps, with all that is done to it up to a byte; what a call gave is not built up here."""
        value = self._of(binding)
        inner = value.of if isinstance(value, TypedValue) else value
        built = isinstance(inner, ObjectValue | ListValue)
        return self._changed(binding.name, value, binding.start, end) if built else value

    # ------------------------------------------------------------------ changes in place
    @cached_property
    def _changes(self) -> dict[str, list[Change]]:
        """By name, as they run: what stands inside another comes before it."""
        found: dict[str, list[Change]] = {}
        for change in sorted(self.language.changes(self), key=lambda one: (one.node.end_byte, -one.node.start_byte)):
            found.setdefault(change.name, []).append(change)
        return {name: changes for name, changes in found.items() if len(changes) <= _MANY}

    def _changed(self, name: str, value: Value, start: int, at: int) -> Value:
        """The value with what happens to the name in between, in the same function or in one that is made there."""
        changes = self._changes.get(name, [])
        functions = self.scope.structure.functions
        here = functions.around(at) if changes else []
        first = bisect.bisect_right(changes, start, key=lambda change: change.node.end_byte)
        last = bisect.bisect_right(changes, at, key=lambda change: change.node.end_byte)
        for change in changes[first:last]:
            place = change.node.start_byte
            if place <= start:
                continue
            inside = functions.around(place)
            shared = min(len(inside), len(here))
            ran = (
                self._has_run(Binding("", change.node, change.node.start_byte, None), at)
                if inside[:shared] == here[:shared]
                else False
            )
            if ran is not False:
                certain = ran is True and len(inside) <= len(here) and not self._loops_between(change.node, at)
                value = changed(value, change, certain, self)
        return value

    def _loops_between(self, node: Node, at: int) -> tuple[Span, ...]:
        """Loops around a change that are not around the place."""
        around = {entry.loop.span for entry in self.scope.structure.loops.around(at)}
        inside = self.scope.structure.loops.around(node.start_byte)
        return tuple(entry.loop.span for entry in inside if entry.loop.span not in around)


def typed(value: Value, type_: Node) -> Value:
    """A value with the type that the code gives it, where that says anything."""
    written = text_of(type_).removeprefix(":").strip()
    says = _BEFORE_ARGUMENTS.split(written, maxsplit=1)[0].rpartition(".")[2] not in _SAYS_NOTHING
    return TypedValue(value.span, written, value) if says and len(written) <= _LONGEST_TYPE else value


def _is_built(value: Value) -> bool:
    """Whether a value is an object or list that stands here, and not something from elsewhere with more put in."""
    if not isinstance(value, ObjectValue):
        return isinstance(value, ListValue)
    first = value.entries[0] if value.entries else None
    return first is None or not first.is_spread or first.value.span != value.span


def _holds(node: Node, at: int) -> bool:
    return node.start_byte <= at < node.end_byte
