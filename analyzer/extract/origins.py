"""Where a value comes from, as far as one file says: a literal, a parameter, a loop, a call, another name.

What comes in: a Structure and nodes. What goes out: Origins. A value computed from a loop variable comes from the loop. This module does not
know what text an expression evaluates to: that its host asks the evaluator.
"""

from tree_sitter import Node

from analyzer.extract.choices import Choices
from analyzer.extract.host import Evaluator
from analyzer.extract.meanings import meaning
from analyzer.extract.structure import Structure
from analyzer.extract.texts import folded, head, plain_value, text_of
from analyzer.facts.origin import (
    CallOrigin,
    LiteralOrigin,
    LoopOrigin,
    NameOrigin,
    Origin,
    ParameterOrigin,
    UnknownOrigin,
)
from analyzer.facts.part.written import LiteralPart

_DEPTH = 24


class Origins:
    """Origins of one file's expressions."""

    def __init__(self, structure: Structure, choices: Choices, evaluator: Evaluator) -> None:
        self._structure = structure
        self._syntax = structure.host.syntax
        self._choices = choices
        self._evaluator = evaluator
        self._known: dict[int, Origin] = {}

    def of(self, node: Node, depth: int = 0) -> Origin:
        """Where a value comes from; a value computed from a loop variable comes from the loop."""
        node = self._syntax.unwrapped(node)
        if depth > _DEPTH:
            return UnknownOrigin()
        # Asked again for every name that leads here: without a memory, sums of sums take exponential time.
        if node.id not in self._known:
            with self._choices.undecided():
                self._known[node.id] = self._origin(node, depth)
        return self._known[node.id]

    def _origin(self, node: Node, depth: int) -> Origin:
        if node.type in self._syntax.literals:
            return self._literal_origin(node, depth)
        if node.type in self._syntax.identifiers:
            return self.of_name(text_of(node), node.start_byte, depth)
        if node.type in self._syntax.members:
            return self._member_origin(node, depth)
        if node.type in self._syntax.calls:
            return self._call_origin(node, depth)
        return self._from_loop(node, depth) or UnknownOrigin(head(node, 120))

    def _literal_origin(self, node: Node, depth: int) -> Origin:
        """A plain literal's value; a string with values spliced in comes from the loop that one of them comes from."""
        kind = self._syntax.literals[node.type]
        if kind != "string":
            return LiteralOrigin(plain_value(head(node, 120)), kind)
        parts = self._structure.host.string(node, self._structure.source, self._evaluator)
        if parts is None:
            return LiteralOrigin(plain_value(head(node, 120)), kind)
        if all(isinstance(part, LiteralPart) for part in parts):
            return LiteralOrigin("".join(part.value for part in parts if isinstance(part, LiteralPart)), kind)
        return self._from_loop(node, depth) or UnknownOrigin(head(node, 120))

    def of_name(self, name: str, at: int, depth: int = 0) -> Origin:
        """Where the value of a name comes from at a place."""
        meant = meaning(self._structure, name, at)
        if meant.loop is not None:
            return LoopOrigin(meant.loop.loop.span, name)
        if meant.parameter is not None:
            return ParameterOrigin(meant.parameter[0], name)
        before = [b for b in meant.bindings if b.start < at and not b.mutation]
        value = before[-1].value if before and not meant.module else None
        if value is not None and not value.start_byte <= at < value.end_byte:
            found = self.of(value, depth + 1)
            # Of several literals nobody knows which one arrives.
            return NameOrigin(name) if isinstance(found, LiteralOrigin) and len(meant.bindings) > 1 else found
        return NameOrigin(name)

    def _member_origin(self, node: Node, depth: int) -> Origin:
        target = node.child_by_field_name(self._syntax.members[node.type]) or node.named_children[0]
        if text_of(target) in self._syntax.receivers:
            return NameOrigin(folded(node))
        found = self.of(target, depth + 1)
        index = node.child_by_field_name("index") or node.child_by_field_name("subscript")
        turned = self.of(index, depth + 1) if index is not None and not isinstance(found, LoopOrigin) else found
        if isinstance(turned, LoopOrigin):
            # `ids[i]` in a loop over i is another element each turn.
            return turned
        return NameOrigin(folded(node)) if isinstance(found, NameOrigin) else found

    def _call_origin(self, node: Node, depth: int) -> Origin:
        callee_field, arguments_field = self._syntax.calls[node.type]
        callee = node.child_by_field_name(callee_field)
        if callee is None:
            return UnknownOrigin(head(node, 120))
        # `await find<User>(id)` comes as (await find)<User>(id).
        callee = self._syntax.unwrapped(callee)
        target = (
            callee.child_by_field_name(self._syntax.members.get(callee.type, ""))
            if callee.type in self._syntax.members
            else None
        )
        if target is not None and text_of(target) not in self._syntax.receivers:
            found = self.of(target, depth + 1)
            arguments = node.child_by_field_name(arguments_field)
            bare = arguments is None or not arguments.named_children
            # `row.id.clone()` is still the row's id; `repository.find(id)` is not the repository.
            if isinstance(found, LoopOrigin) or (bare and not isinstance(found, NameOrigin)):
                return found
        return CallOrigin(self._structure.span(node), folded(callee, 120))

    def _from_loop(self, node: Node, depth: int) -> Origin | None:
        """A loop variable anywhere inside a composite expression."""
        if node.type in self._syntax.functions or not self._structure.loops.around(node.start_byte):
            return None
        stack, budget = list(node.named_children), 100
        while stack and budget:
            child, budget = stack.pop(), budget - 1
            if child.type in self._syntax.identifiers:
                found = self.of_name(text_of(child), child.start_byte, depth + 1)
                # A comprehension inside the expression is a loop of its own.
                if isinstance(found, LoopOrigin) and not node.start_byte <= found.loop.start < node.end_byte:
                    return found
            stack.extend(child.named_children)
        return None
