"""What an expression means at its place: the text it evaluates to, and where a value comes from.

What comes in: a Structure and nodes. What goes out: Texts and Origins. This module does not know frameworks or SQL.
"""

import bisect

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.structure import Binding, LoopNode, Structure
from analyzer.extract.texts import folded, head, text_of
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
_MANY = 32
# Operands of one text: what is longer is generated, and names that double at every step would never end.
_OPERANDS = 2000


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
        self._operands = 0
        self._origins: dict[int, Origin] = {}

    # ------------------------------------------------------------------ names
    def meaning(self, name: str, at: int) -> Meaning:
        """What a name means at a byte: the innermost loop variable, local, parameter, outward to the module."""
        loops = self.structure.loops.around(at)
        for function in reversed(self.structure.functions.around(at)):
            for entry in reversed(loops):
                if name in entry.loop.variables and entry.loop.span.end > function.span.start:
                    inside = entry.loop.span.start >= function.span.start or _is_own(entry, function)
                    if inside:
                        return Meaning(loop=entry)
            local = self._seen(name, function.span, at)
            if local:
                return Meaning(bindings=local)
            for index, parameter in enumerate(function.parameters):
                if parameter.name == name or name in parameter.names:
                    return Meaning(parameter=(index, function))
        for entry in reversed(loops):
            if name in entry.loop.variables:
                return Meaning(loop=entry)
        confined = self._seen(name, None, at)
        if any(binding.block is not None for binding in confined):
            return Meaning(bindings=confined)
        whole = (b for b in self.structure.bindings_in.get((name, None), [])[:_MANY] if b.block is None)
        return Meaning(bindings=tuple(whole), module=True)

    def _seen(self, name: str, function: Span | None, at: int) -> tuple[Binding, ...]:
        """Bindings of a name in a function up to a byte, in the innermost block that has one around that byte."""
        bindings = self.structure.bindings_in.get((name, function))
        if bindings is None:
            return ()
        # A name bound more often is no constant; minified files bind one letter thousands of times.
        before = bindings[max(0, bisect.bisect_right(bindings, at, key=lambda b: b.start) - _MANY) :]
        seen = [b for b in before if b.start <= at and (b.block is None or b.block[0] <= at < b.block[1])][:_MANY]
        if not seen or all(b.block is None for b in seen):
            return tuple(seen)
        inner = max((b.block or (0, 0)) for b in seen)
        return tuple(b for b in seen if (b.block or (0, 0)) == inner)

    # ------------------------------------------------------------------ texts
    def text(self, node: Node) -> Text:
        """The string an expression evaluates to, in parts."""
        return Text(self.structure.span(node), self._joined(self.parts(node)))

    def parts(self, node: Node) -> tuple[Part, ...]:
        self._operands = self._operands + 1 if self._depth else 0
        if self._depth >= _DEPTH or self._operands > _OPERANDS:
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
            if name in self.structure.bindings and self._is_entry(name, inner.start_byte):
                return self.named(name, self.structure.span(inner))
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
        if len(plain) > 1:
            # `let sql;` only declares what is assigned afterwards.
            plain = [binding for binding in plain if binding.value is not None or binding.destructured]
        if meaning.module:
            usable = len(plain) <= 1 and not any(binding.mutation for binding in meaning.bindings)
            return (NamePart(name, span),) if usable else (hole,)
        if len(plain) != 1 or plain[0].value is None or plain[0].destructured or self._depth >= _DEPTH:
            return (hole,)
        value = self.parts(plain[0].value)
        if not any(binding.mutation for binding in meaning.bindings):
            return value
        # What is appended is not what the name began with.
        return (*value, HolePart(span, UnknownOrigin(name)))

    def constant(self, name: str) -> Text | None:
        """The text of a module-level name of this file that is bound once."""
        bindings = self.structure.bindings_in.get((name, None), [])
        return self.text(bindings[0].value) if len(bindings) == 1 and bindings[0].value is not None else None

    def _is_entry(self, name: str, at: int) -> bool:
        """Whether a dotted name is an entry of the object that its first part means here."""
        root, whole = self.meaning(name.partition(".")[0], at), self.meaning(name, at)
        return root.module == whole.module and root.loop is None and root.parameter is None and len(root.bindings) == 1

    def bound(self, node: Node) -> tuple[Node, bool] | None:
        """The one expression a name stands for, and whether it is changed in place; an expression stands for itself."""
        node = self.unwrapped(node)
        name = folded(node) if node.end_byte - node.start_byte <= _MANY else ""
        if node.type not in self.syntax.identifiers and (
            name not in self.structure.bindings or not self._is_entry(name, node.start_byte)
        ):
            return node, False
        meaning = self.meaning(name, node.start_byte)
        plain = [binding for binding in meaning.bindings if not binding.mutation]
        if len(plain) != 1 or plain[0].value is None or plain[0].destructured:
            return None
        return self.unwrapped(plain[0].value), len(plain) < len(meaning.bindings)

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
        # Asked again for every name that leads here: without a memory, sums of sums take exponential time.
        if node.id not in self._origins:
            self._origins[node.id] = self._origin(node, depth)
        return self._origins[node.id]

    def _origin(self, node: Node, depth: int) -> Origin:
        if node.type in self.syntax.literals:
            return LiteralOrigin(_plain(text_of(node)), self.syntax.literals[node.type])
        if node.type in self.syntax.identifiers:
            return self.name_origin(text_of(node), node.start_byte, depth)
        if node.type in self.syntax.members:
            return self._member_origin(node, depth)
        if node.type in self.syntax.calls:
            return self._call_origin(node, depth)
        return self._from_loop(node, depth) or UnknownOrigin(head(node, 120))

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
            return UnknownOrigin(head(node, 120))
        # `await find<User>(id)` comes as (await find)<User>(id).
        callee = self.unwrapped(callee)
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
        return CallOrigin(self.structure.span(node), folded(callee, 120))

    def _from_loop(self, node: Node, depth: int) -> Origin | None:
        """A loop variable anywhere inside a composite expression."""
        if node.type in self.syntax.functions or not self.structure.loops.around(node.start_byte):
            return None
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
            callee=folded(self.unwrapped(callee), 200).replace("?.", "."),
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
