"""What an expression means at its place: the text it evaluates to, and where a value comes from.

What comes in: a Structure and nodes. What goes out: Texts and Origins. This module does not know frameworks or SQL.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.structure import Binding, LoopNode, Structure
from analyzer.extract.texts import folded, text_of
from analyzer.facts.call import Call, Function
from analyzer.facts.source import Span
from analyzer.facts.text import (
    CallOrigin,
    HolePart,
    LiteralOrigin,
    LoopOrigin,
    NameOrigin,
    NamePart,
    Origin,
    ParameterOrigin,
    Part,
    Text,
    UnknownOrigin,
)

_DEPTH = 24


class Meaning(Struct, frozen=True):
    """What a name is bound to: exactly one of these is set, or none for a name of another file or the language."""

    loop: LoopNode | None = None
    parameter: tuple[int, Function] | None = None
    bindings: tuple[Binding, ...] = ()
    module: bool = False


class Scope:
    """Evaluation over one file's Structure."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.host = structure.host
        self.syntax = structure.host.syntax
        self._depth = 0

    # ------------------------------------------------------------------ names
    def meaning(self, name: str, at: int) -> Meaning:
        """What a name means at a byte: the innermost loop variable, local, parameter, outward to the module."""
        loops = self.structure.loops.around(at)
        bindings = self.structure.bindings.get(name, [])
        for function in reversed(self.structure.functions.around(at)):
            for entry in reversed(loops):
                if name in entry.loop.variables and entry.loop.span.end > function.span.start:
                    inside = entry.loop.span.start >= function.span.start or _is_own(entry, function)
                    if inside:
                        return Meaning(loop=entry)
            local = tuple(binding for binding in bindings if binding.function == function.span and binding.start <= at)
            if local:
                return Meaning(bindings=local)
            for index, parameter in enumerate(function.parameters):
                if parameter.name == name:
                    return Meaning(parameter=(index, function))
        for entry in reversed(loops):
            if name in entry.loop.variables:
                return Meaning(loop=entry)
        return Meaning(bindings=tuple(binding for binding in bindings if binding.function is None), module=True)

    # ------------------------------------------------------------------ texts
    def text(self, node: Node) -> Text:
        """The string an expression evaluates to, in parts."""
        return Text(self.structure.span(node), self._joined(self.parts(node)))

    def parts(self, node: Node) -> tuple[Part, ...]:
        if self._depth >= _DEPTH:
            return (self._hole(node),)
        self._depth += 1
        try:
            return self._parts(node)
        finally:
            self._depth -= 1

    def _parts(self, node: Node) -> tuple[Part, ...]:
        inner = self.unwrapped(node)
        parts = self.host.string(inner, self.structure.source, self)
        if parts is not None:
            return parts
        if inner.type in self.syntax.identifiers:
            return self.named(text_of(inner), self.structure.span(inner))
        if inner.type in self.syntax.members or inner.type == "scoped_identifier":
            name = folded(inner)
            last = name.replace("::", ".").rpartition(".")[2]
            # A field in capitals is a constant by every language's convention; other fields hold what nobody here can know.
            if last.isupper():
                return (NamePart(name.replace("::", "."), self.structure.span(inner)),)
        return (self._hole(inner),)

    def named(self, name: str, span: Span) -> tuple[Part, ...]:
        """The text of a name at a place: its one binding's, with a hole behind it where it is changed afterwards."""
        hole = HolePart(span, self.name_origin(name, span.start, 0))
        meaning = self.meaning(name, span.start)
        if meaning.loop is not None or meaning.parameter is not None:
            return (hole,)
        plain = [binding for binding in meaning.bindings if not binding.mutation]
        if meaning.module:
            usable = len(plain) <= 1 and len(plain) == len(meaning.bindings)
            return (NamePart(name, span),) if usable else (hole,)
        if len(plain) != 1 or plain[0].value is None or plain[0].destructured or self._depth >= _DEPTH:
            return (hole,)
        value = self.parts(plain[0].value)
        return (*value, hole) if len(plain) < len(meaning.bindings) else value

    def _hole(self, node: Node) -> HolePart:
        return HolePart(self.structure.span(node), self.origin(node))

    @staticmethod
    def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part for part in parts if getattr(part, "value", None) != "")

    # ------------------------------------------------------------------ origins
    def unwrapped(self, node: Node) -> Node:
        """The expression without parentheses, borrows, awaits, casts."""
        while node.type in self.syntax.wrappers:
            children = [child for child in node.named_children if child.type not in self.syntax.comments]
            if not children:
                return node
            node = children[0]
        return node

    def origin(self, node: Node, depth: int = 0) -> Origin:
        """Where a value comes from; a value computed from a loop variable comes from the loop."""
        node = self.unwrapped(node)
        if depth > _DEPTH:
            return UnknownOrigin()
        if node.type in self.syntax.literals:
            return LiteralOrigin(_plain(text_of(node)), self.syntax.literals[node.type])
        if node.type in self.syntax.identifiers:
            return self.name_origin(text_of(node), node.start_byte, depth)
        if node.type in self.syntax.members:
            return self._member_origin(node, depth)
        if node.type in self.syntax.calls:
            return self._call_origin(node, depth)
        return self._from_loop(node, depth) or UnknownOrigin(text_of(node)[:120])

    def name_origin(self, name: str, at: int, depth: int) -> Origin:
        meaning = self.meaning(name, at)
        if meaning.loop is not None:
            return LoopOrigin(meaning.loop.loop.span, name)
        if meaning.parameter is not None:
            return ParameterOrigin(meaning.parameter[0], name)
        before = [b for b in meaning.bindings if b.start < at and not b.mutation]
        value = before[-1].value if before and not meaning.module else None
        if value is not None and not value.start_byte <= at < value.end_byte:
            return self.origin(value, depth + 1)
        return NameOrigin(name)

    def _member_origin(self, node: Node, depth: int) -> Origin:
        target = node.child_by_field_name(self.syntax.members[node.type]) or node.named_children[0]
        if text_of(target) in self.syntax.receivers:
            return NameOrigin(folded(node))
        found = self.origin(target, depth + 1)
        return NameOrigin(folded(node)) if isinstance(found, NameOrigin) else found

    def _call_origin(self, node: Node, depth: int) -> Origin:
        callee_field, arguments_field = self.syntax.calls[node.type]
        callee = node.child_by_field_name(callee_field)
        if callee is None:
            return UnknownOrigin(text_of(node)[:120])
        target = (
            callee.child_by_field_name(self.syntax.members.get(callee.type, ""))
            if callee.type in self.syntax.members
            else None
        )
        if target is not None and text_of(target) not in self.syntax.receivers:
            found = self.origin(target, depth + 1)
            arguments = node.child_by_field_name(arguments_field)
            bare = arguments is None or not arguments.named_children
            # `row.id.clone()` is still the row's id; `repository.find(id)` is not the repository.
            if isinstance(found, LoopOrigin) or (bare and not isinstance(found, NameOrigin)):
                return found
        return CallOrigin(self.structure.span(node), folded(callee)[:120])

    def _from_loop(self, node: Node, depth: int) -> Origin | None:
        """A loop variable anywhere inside a composite expression."""
        stack, budget = list(node.named_children), 100
        while stack and budget:
            child, budget = stack.pop(), budget - 1
            if child.type in self.syntax.identifiers:
                found = self.name_origin(text_of(child), child.start_byte, depth + 1)
                if isinstance(found, LoopOrigin):
                    return found
            stack.extend(child.named_children)
        return None

    # ------------------------------------------------------------------ facts
    def items(self, node: Node) -> int | None:
        """The number of elements of a sequence that stands in the source; None where it does not."""
        node = self.unwrapped(node)
        if node.type in self.syntax.lists:
            elements = [child for child in node.named_children if child.type not in self.syntax.comments]
            return None if any("spread" in child.type or "splat" in child.type for child in elements) else len(elements)
        if node.type in self.syntax.identifiers:
            meaning = self.meaning(text_of(node), node.start_byte)
            if len(meaning.bindings) == 1 and (value := meaning.bindings[0].value) is not None:
                value = self.unwrapped(value)
                return self.items(value) if value.type in self.syntax.lists else None
        return None

    def call(self, node: Node, callee: Node, arguments: Node | None) -> Call:
        values = (
            [] if arguments is None else [n for n in arguments.named_children if n.type not in self.syntax.comments]
        )
        return Call(
            span=self.structure.span(node),
            callee=folded(callee)[:200],
            arguments=tuple(self.origin(_value(value)) for value in values[:32]),
            function=self.structure.function_at(node.start_byte),
            loops=self.structure.loops_at(node.start_byte),
        )


def _value(node: Node) -> Node:
    """`name=value` of a call is its value."""
    return node.child_by_field_name("value") or node if node.type == "keyword_argument" else node


def _is_own(entry: LoopNode, function: Function) -> bool:
    """A callback's function lies inside the call that loops it."""
    span = entry.loop.span
    return span.start <= function.span.start and function.span.end <= span.end and entry.loop.kind == "callback"


def _plain(text: str) -> str | int | float | bool | None:
    if text in ("true", "True", "false", "False"):
        return text.lower() == "true"
    try:
        return int(text)
    except ValueError:
        return text.strip("'\"`") if text[:1] in "'\"`" else None
