"""All values that flow in a file: calls at their places, what names and attributes keep, what functions give and take where nothing is passed.

What comes in: a Scope and its language's part of the reading. What goes out: Objects. This module does not know any library.
"""

from collections.abc import Iterator
from typing import Protocol

import msgspec
from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.objects.reader import Language, Reader
from analyzer.extract.scope import Scope
from analyzer.facts.value import (
    CallValue,
    Class,
    Invocation,
    ItemValue,
    Kept,
    LiteralValue,
    MemberValue,
    NameValue,
    Objects,
    ObjectValue,
    ParameterValue,
    Preset,
    Result,
    TextValue,
    Use,
    Value,
)

_LONGEST, _LONGEST_CHECKED = 60_000, 200


class Collector(Language, Protocol):
    """What a language says of the places where values are kept. `checks` is the query file that finds what code makes sure of."""

    checks: str

    def is_told(self, call: Node) -> bool:
        """Whether a call may matter: not one of logs, tests, formatting; decided by its words alone, because most calls do not."""

    def uses(self, call: Node) -> tuple[Use, ...]:
        """What becomes of a call's result at its place."""

    def tests(self, reader: Reader) -> Iterator[Value]:
        """Names and members that stand in a condition by themselves."""

    def given(self, reader: Reader) -> Iterator[Node]:
        """What functions give beside what they return: what they yield, what has no block."""

    def kept(self, reader: Reader) -> Iterator[Kept]:
        """What the module, its classes and their objects keep under names."""

    def classes(self, reader: Reader) -> Iterator[Class]: ...

    def presets(self, reader: Reader) -> Iterator[Preset]: ...


def objects(scope: Scope, language: Collector) -> Objects:
    """Everything of one file, in source order."""
    reader = Reader(scope, language)
    return Objects(
        invocations=tuple(_invocations(reader, language)),
        kept=tuple(sorted(language.kept(reader), key=lambda one: (one.span, one.name))),
        classes=tuple(sorted(language.classes(reader), key=lambda one: one.span)),
        results=tuple(_results(reader, language)),
        presets=tuple(language.presets(reader)),
        tests=tuple(sorted(language.tests(reader), key=lambda one: one.span)),
        checked=tuple(_checked(reader, language.checks)),
    )


def _checked(reader: Reader, name: str) -> Iterator[Value]:
    """Values that code makes sure of, each once and at its place."""
    structure = reader.scope.structure
    nodes = [
        node
        for captures, _ in matches(structure.source.language, name, structure.root)
        for node in captures.get("checked", ())
    ]
    for node in sorted({node.id: node for node in nodes}.values(), key=lambda node: node.start_byte):
        value = reader.value(node) if node.end_byte - node.start_byte <= _LONGEST_CHECKED else None
        if isinstance(value, MemberValue | ParameterValue | NameValue | ItemValue):
            yield msgspec.structs.replace(value, span=reader.span(node))


def _invocations(reader: Reader, language: Collector) -> Iterator[Invocation]:
    structure = reader.scope.structure
    for captures in structure.call_captures:
        node = captures["call"][0]
        if _is_link(node, reader) or node.end_byte - node.start_byte > _LONGEST or not language.is_told(node):
            continue
        value = reader.value(node)
        if isinstance(value, CallValue) and not _is_own(value.callee):
            start = node.start_byte
            yield Invocation(
                structure.span(node),
                value,
                structure.function_at(start),
                structure.loops_at(start),
                language.uses(node),
                structure.fates.at(node)[1],
            )


def _is_own(callee: Value) -> bool:
    """Whether a method is one of the language's own objects and strings."""
    of = callee.of if isinstance(callee, MemberValue) else None
    if isinstance(of, ObjectValue):
        return not any(entry.is_spread for entry in of.entries)
    return isinstance(of, LiteralValue | TextValue)


def _is_link(node: Node, reader: Reader) -> bool:
    """Whether another method of the same chain is called on the result."""
    syntax = reader.scope.syntax
    parent = node.parent
    while parent is not None and parent.type in syntax.wrappers and parent.type not in ("await", "await_expression"):
        node, parent = parent, parent.parent
    if parent is None or parent.type not in syntax.members:
        return False
    outer = parent.parent
    return (
        parent.child_by_field_name(syntax.members[parent.type]) == node
        and outer is not None
        and outer.type in syntax.calls
        and outer.child_by_field_name(syntax.calls[outer.type][0]) == parent
    )


def _results(reader: Reader, language: Collector) -> Iterator[Result]:
    structure = reader.scope.structure
    nodes = {node.id: node for node in (*structure.returned, *language.given(reader))}
    for node in sorted(nodes.values(), key=lambda node: (node.start_byte, node.end_byte)):
        function = structure.functions.innermost(node.start_byte)
        if (
            function is None
            or node.type.endswith(("_block", "_statement"))
            or node.end_byte - node.start_byte > _LONGEST
        ):
            continue
        # What nobody can read is a result all the same: the others are not all.
        yield Result(function.span, reader.value(node))
