"""What code takes from the rows of a query: properties, destructured names, the types it gives to a row on its way.

What comes in: the call that runs a query and the shape of what it gives. What goes out: a Row with its reads. A row is followed through
plain variables, loops and callbacks of its own file, and out of a function that returns it to the function's callers there; what is
written to a row, tested for, or handed to a function that may write to it, is not counted. This module does not know columns.
"""

from typing import Literal

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript.calls import is_function, values
from analyzer.extract.javascript.methods import ADDS, FIRST, LOOKS, MERGES, OBJECT, ONE, SAME, SCHEMAS, SORTS
from analyzer.extract.javascript.patterns import elements, parameters, properties
from analyzer.extract.javascript.places import (
    EMPTY,
    PASSES,
    Accept,
    declared,
    has_other,
    is_for_effect,
    is_parameter,
    is_tested,
    is_turn,
    is_written,
)
from analyzer.extract.javascript.rows import row_of, schema_row
from analyzer.extract.javascript.uses import callers, names, together
from analyzer.extract.meanings import Meaning
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import Field, HostType
from analyzer.facts.query import Row
from analyzer.facts.source import Span

# A result with its rows inside (pg), rows beside their description (mysql2), rows, one row.
Shape = Literal["result", "pair", "rows", "row"]
_TYPED = frozenset({"as_expression", "satisfies_expression"})
_PROMISES = frozenset({"catch", "finally"})
_LISTS = frozenset({"rows", "results"})
_BUDGET = 600


def with_reads(site: Site, call: Node, shape: Shape, row: Row | None, callback: Shape | None = None) -> Row | None:
    """The row a call says, with what the code takes from it; `callback` is what a function behind the text is given."""
    reader = _Reader(site)
    told = call.child_by_field_name("arguments")
    last = told.named_children[-1] if told is not None and told.named_children else None
    if callback is not None and last is not None and last.type in ("arrow_function", "function_expression"):
        reader.enter(last, 1, callback)
    else:
        reader.follow(call, shape)
    row = row or reader.row
    reads = reader.found()
    if row is not None:
        return msgspec.structs.replace(row, reads=reads)
    return Row(site.scope.structure.span(call), "name", strict=False, reads=reads) if reads else None


class _Reader:
    """Follows one query's rows through a file."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._scope = site.scope
        self._reads: dict[Span, Field] = {}
        self._changed: set[str] = set()
        self._lost = False
        self._seen: set[tuple[int, int, str]] = set()
        self.row: Row | None = None

    def found(self) -> tuple[Field, ...]:
        if self._lost or len(self._seen) >= _BUDGET:
            return ()
        return tuple(self._reads[span] for span in sorted(self._reads) if self._reads[span].column not in self._changed)

    # ------------------------------------------------------------------ expressions
    def follow(self, node: Node, shape: Shape) -> None:
        """What becomes of an expression."""
        outer, key = node.parent, (node.start_byte, node.end_byte, f"{node.type} {shape}")
        if outer is None or key in self._seen or len(self._seen) >= _BUDGET:
            return
        self._seen.add(key)
        if outer.type in PASSES:
            if outer.type in _TYPED and len(outer.named_children) == 2:
                self._type(outer.named_children[1])
            self.follow(outer, shape)
        elif outer.type in ("binary_expression", "ternary_expression"):
            self._joined(node, outer, shape)
        elif outer.type == "member_expression" and outer.child_by_field_name("object") == node:
            self._member(outer, shape)
        elif outer.type == "subscript_expression" and outer.child_by_field_name("object") == node:
            self._subscript(outer, shape)
        else:
            self._placed(node, outer, shape)

    def _placed(self, node: Node, outer: Node, shape: Shape) -> None:
        match outer.type:
            case "variable_declarator" if outer.child_by_field_name("value") == node:
                name, type_ = outer.child_by_field_name("name"), outer.child_by_field_name("type")
                if type_ is not None and type_.named_children and shape != "pair":
                    self._type(type_.named_children[0])
                if name is not None:
                    self._bind(name, shape, self._is_bound(name))
            case "assignment_expression" if outer.child_by_field_name("right") == node:
                left = outer.child_by_field_name("left")
                if left is not None and left.type in ("identifier", "object_pattern", "array_pattern"):
                    self._bind(left, shape, self._is_bound(left))
            case "for_in_statement" if outer.child_by_field_name("right") == node and shape == "rows":
                left, operator = outer.child_by_field_name("left"), outer.child_by_field_name("operator")
                if left is not None and operator is not None and text_of(operator) == "of":
                    self._bind(left, "row", is_turn(outer.start_byte))
            case "arguments":
                self._passed(node, outer, shape)
            case "array":
                for pattern, element in together(node, outer):
                    self._bind(element, shape, self._is_bound(pattern))
            case "spread_element" if outer.parent is not None and outer.parent.type == "array":
                if len(outer.parent.named_children) == 1 and shape == "rows":
                    self.follow(outer.parent, shape)
            case "arrow_function" | "return_statement":
                self._returned(node, outer, shape)

    def _joined(self, node: Node, outer: Node, shape: Shape) -> None:
        """`rows ?? []`, `ok && row`, `ok ? row : null`: still the rows, where the other side is empty."""
        if outer.type == "ternary_expression":
            if outer.child_by_field_name("condition") == node:
                return
            sides = [outer.child_by_field_name("consequence"), outer.child_by_field_name("alternative")]
            if all(side is None or side == node or text_of(side) in EMPTY for side in sides):
                self.follow(outer, shape)
            return
        left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
        operator = text_of(outer.child_by_field_name("operator") or outer)
        if (operator in ("??", "||") and left == node and right is not None and text_of(right) in EMPTY) or (
            operator == "&&" and right == node
        ):
            self.follow(outer, shape)
        elif operator == "in" and right == node and left is not None:
            self._changed.add(text_of(left).strip("'\"`"))

    def _member(self, member: Node, shape: Shape) -> None:
        named = member.child_by_field_name("property")
        name, outer = text_of(named or member), member.parent
        call = outer if outer is not None and outer.child_by_field_name("function") == member else None
        if call is not None and name in _PROMISES:
            self.follow(call, shape)
        elif call is not None and name == "then":
            self._callback(call, 0, shape)
        elif shape == "result" and name == "rows":
            self.follow(member, "rows")
        elif shape == "rows" and call is not None:
            self._method(call, name)
        elif shape == "rows" and name in _LISTS:
            self.follow(member, "rows")
        elif shape == "row" and call is None and named is not None and name not in OBJECT:
            self._take(member, named, name)

    def _method(self, call: Node, name: str) -> None:
        if name in FIRST:
            self._callback(call, 0, "row")
        if name in SORTS:
            self._callback(call, 0, "row")
            self._callback(call, 1, "row")
        if name == "reduce":
            self._callback(call, 1, "row")
        if name in SAME:
            self.follow(call, "rows")
        elif name in ONE:
            self.follow(call, "row")
        given = values(call)
        # `rows.forEach(decorate)`
        handed = name in FIRST and given and not is_function(given[0]) and is_for_effect(call)
        self._lost = self._lost or bool(handed or (name in ADDS and given))

    def _subscript(self, node: Node, shape: Shape) -> None:
        index = node.child_by_field_name("index")
        if index is None:
            return
        if shape == "pair" and text_of(index) == "0":
            self.follow(node, "rows")
        elif shape == "rows" and index.type != "string":
            self._lost = self._lost or is_written(node)
            self.follow(node, "row")
        elif shape == "row" and index.type == "string":
            self._take(node, index, text_of(index).strip("'\"`"))
        elif shape == "row":
            self._lost = self._lost or is_written(node)

    # ------------------------------------------------------------------ names
    def _bind(self, pattern: Node, shape: Shape, accept: Accept) -> None:
        """What a pattern takes of a value, and where its names are used."""
        match pattern.type:
            case "identifier" | "shorthand_property_identifier_pattern":
                for use in names(self._scope).get(text_of(pattern), ()):
                    if use != pattern and accept(self._scope.meaning(text_of(use), use.start_byte)):
                        self.follow(use, shape)
            case "assignment_pattern" | "object_assignment_pattern":
                left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
                if left is not None and right is not None and text_of(right) in EMPTY:
                    self._bind(left, shape, accept)
            case "array_pattern":
                for index, element in elements(pattern):
                    if shape == "rows" or (shape == "pair" and index == 0):
                        self._bind(element, "row" if shape == "rows" else "rows", accept)
            case "object_pattern":
                for key, target, default in properties(pattern):
                    name = text_of(key).strip("'\"")
                    if shape == "row":
                        self._add(key, name, default=default)
                    elif (shape == "result" and name == "rows") or (shape == "rows" and name in _LISTS):
                        self._bind(target, "rows", accept)

    def _is_bound(self, pattern: Node) -> Accept:
        """Whether a name means what this pattern binds, and never anything else."""
        bindings = self._scope.structure.bindings

        def accept(meaning: Meaning) -> bool:
            own = [b for b in meaning.bindings if not b.mutation and b.value is not None]
            if meaning.loop is not None or meaning.parameter is not None or len(own) != 1:
                return False
            home = (own[0].function, own[0].block)
            others = [b for b in bindings.get(own[0].name, ()) if not b.mutation and b.value is not None]
            alone = sum((b.function, b.block) == home for b in others) == 1
            return own[0].start == pattern.start_byte and alone

        return accept

    def enter(self, function: Node, index: int, shape: Shape) -> None:
        """A function that is given a row, or rows, as one of its parameters."""
        given = parameters(function)
        if index < len(given):
            pattern, type_ = given[index]
            if type_ is not None and shape != "pair":
                self._type(type_)
            self._bind(pattern, shape, is_parameter(function.start_byte, function.end_byte))

    def _callback(self, call: Node, index: int, shape: Shape) -> None:
        arguments = call.child_by_field_name("arguments")
        first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
        if first is not None and first.type in ("arrow_function", "function_expression"):
            self.enter(first, index, shape)

    # ------------------------------------------------------------------ elsewhere
    def _passed(self, node: Node, arguments: Node, shape: Shape) -> None:
        call = arguments.parent
        callee = call.child_by_field_name("function") if call is not None else None
        if call is None or callee is None:
            return
        name = folded(callee).rpartition(".")[2]
        if name in SCHEMAS and callee.type == "member_expression" and shape in ("row", "rows"):
            self.row = self.row or schema_row(callee, self._site)
        elif folded(callee) in ("Array.from", "Promise.resolve"):
            self.follow(call, shape)
        elif name in MERGES and arguments.named_children[0] == node:
            self._lost = True
        elif name not in LOOKS and is_for_effect(call):
            # What is done for nothing but its effect may be done to the row.
            self._lost = self._lost or shape in ("row", "rows", "result")

    def _returned(self, node: Node, outer: Node, shape: Shape) -> None:
        """A function that returns it: the type it declares, `.then` that goes on with it, and its callers in this file."""
        function: Node | None = outer
        while function is not None and "function" not in function.type and function.type != "method_definition":
            function = function.parent
        if function is None or (outer.type == "arrow_function" and outer.child_by_field_name("body") != node):
            return
        place = function.parent
        call = place.parent if place is not None and place.type == "arguments" else None
        callee = call.child_by_field_name("function") if call is not None else None
        if call is not None and callee is not None and folded(callee).endswith(".then"):
            self.follow(call, shape)
            return
        written = function.child_by_field_name("return_type")
        if written is not None and written.named_children and shape in ("row", "rows"):
            self._type(written.named_children[0])
        for caller in callers(self._scope, function, node):
            self.follow(caller, shape)

    # ------------------------------------------------------------------ findings
    def _take(self, node: Node, named: Node, name: str) -> None:
        if is_written(node) or is_tested(node):
            self._changed.add(name)
        else:
            self._add(named, name, default=has_other(node), type_=declared(node))

    def _add(self, node: Node, name: str, *, default: bool, type_: HostType | None = None) -> None:
        span = self._scope.structure.span(node)
        self._reads[span] = Field(span, name, name, type_ or HostType(""), default=default)

    def _type(self, node: Node) -> None:
        self.row = self.row or row_of(node, self._site)
