"""The type that the code around an expression wants of it.

What comes in: an expression, and the layers around the value that matters (a Result, an Option, a list, a place in a tuple). What goes out: the
type as written at its destination: an annotation, a field of a struct, a parameter, what a function returns. A conversion on the way leaves
it unknown; what only a value that is no Option can go through leaves "_". Sources: the documentation of std's `Option`, `Result` and `Iterator`.
This module does not infer.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.rust.layers import (
    BOOL,
    OPTIONAL,
    PRESENT,
    TAKES_OPTION,
    UNKNOWN,
    Destination,
    Further,
    Layers,
    declared,
    optional,
    returned,
)
from analyzer.extract.rust.places import argument, assigned, is_tail, member, operand, uses
from analyzer.extract.texts import text_of
from analyzer.facts.model import HostType

_STEPS = 60
_USES = 12
_PLAIN = frozenset(
    {"await_expression", "parenthesized_expression", "unsafe_block", "else_clause", "match_block", "async_block"}
)
_SAME = frozenset(
    {
        "map_err",
        "context",
        "with_context",
        "wrap_err",
        "inspect_err",
        "clone",
        "bind",
        "persistent",
        "or_else",
        "to_owned",
        "as_deref",
        "cloned",
    }
)
_STRIPS = frozenset({"unwrap", "expect", "unwrap_or", "unwrap_or_default", "unwrap_or_else"})
_FETCHES: dict[str, Layers] = {
    "fetch_one": ("Result",),
    "fetch_optional": ("Result", "Option"),
    "fetch_all": ("Result", "Vec"),
}
# Methods that Option lacks, of strings, numbers, lists and moments.
_PRESENT_METHODS = frozenset({
    "to_string", "as_str", "len", "is_empty", "trim", "parse", "to_lowercase", "to_uppercase", "starts_with", "ends_with", "split", "as_bytes",
    "into_bytes", "chars", "to_rfc3339", "timestamp", "timestamp_millis", "naive_utc", "and_utc", "and_local_timezone", "signed_duration_since",
    "date_naive", "hyphenated", "to_vec", "as_slice", "abs", "pow", "checked_add", "checked_sub", "saturating_sub", "saturating_add", "into_inner",
    "as_u128", "unix_timestamp", "assume_utc", "to_bytes", "into_boxed_str", "push", "push_str",
})  # fmt: skip
_CLOSURE_ROWS = frozenset({"query_row", "query_row_and_then", "query_one"})
_CLOSURE_MAPS = frozenset({"query_map", "query_and_then"})


class Around:
    """Destinations in one file. `shape` says what the receiver of a closure's method is: "query", "many", "one", "" for no row."""

    def __init__(self, root: Node, shape: Callable[[Node], str]) -> None:
        self.root = root
        self.shape = shape

    def wanted(self, node: Node, layers: Layers = (), depth: int = 0) -> Destination:
        """What the code around wants of a value that stands in `node` behind these layers, the outermost first."""
        for _ in range(_STEPS):
            outer = node.parent
            if outer is None or depth > _USES:
                return UNKNOWN
            step = self._step(node, outer, layers, depth)
            if not isinstance(step, Further):
                return step
            node, layers = step.node, step.layers
        return UNKNOWN

    def _step(self, node: Node, outer: Node, layers: Layers, depth: int) -> Further | Destination:
        match outer.type:
            case kind if kind in _PLAIN:
                return Further(outer, layers)
            case "try_expression":
                return Further(outer, layers[1:]) if layers else optional(self.wanted(outer, (), depth + 1))
            case "reference_expression" if not layers:
                found = self.wanted(outer, (), depth + 1)
                return found if found[0].name not in ("_", "") and not found[0].optional else UNKNOWN
            case "block" if is_tail(node, outer):
                return Further(outer, layers)
            case "expression_statement" if not text_of(outer).endswith(";"):
                return Further(outer, layers)
            case "if_expression" if outer.child_by_field_name("condition") != node:
                return Further(outer, layers)
            case "if_expression" | "while_expression":
                return BOOL if not layers else UNKNOWN
            case "match_arm" if outer.child_by_field_name("value") == node:
                return Further(outer, layers)
            case "match_expression" if outer.child_by_field_name("body") == node:
                return Further(outer, layers)
            case "tuple_expression":
                return Further(outer, (outer.named_children.index(node), *layers))
            case "field_expression":
                return self._method(node, outer, layers, depth)
            case "arguments":
                return argument(node, outer, layers, self.root)
            case "return_expression":
                return returned(outer, layers, self.root), ()
            case "function_item":
                return declared(outer.child_by_field_name("return_type"), layers, outer, self.root), ()
            case "closure_expression" if outer.child_by_field_name("body") == node:
                return self._closure(outer, layers)
            case _:
                return self._bound(node, outer, layers, depth)

    def _bound(self, node: Node, outer: Node, layers: Layers, depth: int) -> Destination:
        match outer.type:
            case "let_declaration" | "let_condition" if outer.child_by_field_name("value") == node:
                return self._let(outer, layers, depth)
            case "for_expression" if outer.child_by_field_name("value") == node and layers[:1] in (("Iter",), ("Vec",)):
                body = outer.child_by_field_name("body")
                pattern = outer.child_by_field_name("pattern")
                return self._pattern(pattern, None, layers[1:], [body] if body is not None else [], depth)
            case "field_initializer" if not layers or layers == ("Option",):
                found = member(outer, text_of(outer.child_by_field_name("field") or outer), self.root)
                return found if not layers or found == UNKNOWN else PRESENT
            case "shorthand_field_initializer" if not layers:
                return member(outer, text_of(node), self.root)
            case "assignment_expression" if not layers and outer.child_by_field_name("right") == node:
                return assigned(outer.child_by_field_name("left"), self.root)
            case "binary_expression" if not layers:
                return operand(node, outer)
            case "unary_expression" if not layers:
                return BOOL if outer.children[0].type == "!" else PRESENT if outer.children[0].type == "-" else UNKNOWN
            case "type_cast_expression" if not layers:
                return PRESENT
            case _:
                return UNKNOWN

    # ------------------------------------------------------------------ bindings
    def _let(self, outer: Node, layers: Layers, depth: int) -> Destination:
        written, pattern = outer.child_by_field_name("type"), outer.child_by_field_name("pattern")
        if outer.type == "let_condition":
            branch = outer.parent
            while branch is not None and branch.type == "let_chain":
                branch = branch.parent
            body = (
                branch.child_by_field_name("consequence") or branch.child_by_field_name("body")
                if branch is not None
                else None
            )
            return self._pattern(pattern, None, layers, [body] if body is not None else [], depth)
        behind: list[Node] = []
        after = outer.next_named_sibling
        while after is not None and len(behind) < 200:
            behind.append(after)
            after = after.next_named_sibling
        return self._pattern(pattern, written, layers, behind, depth)

    def _pattern(
        self, pattern: Node | None, written: Node | None, layers: Layers, behind: list[Node], depth: int
    ) -> Destination:
        while pattern is not None and pattern.type != "identifier":
            if pattern.type == "tuple_pattern" and layers and isinstance(layers[0], int):
                inner = pattern.named_children
                if layers[0] >= len(inner):
                    return UNKNOWN
                parts = written.named_children if written is not None and written.type == "tuple_type" else []
                written = parts[layers[0]] if layers[0] < len(parts) else None
                pattern, layers = inner[layers[0]], layers[1:]
            elif (
                pattern.type == "tuple_struct_pattern"
                and layers
                and text_of(pattern.child_by_field_name("type") or pattern) in ("Some", "Ok")
            ):
                pattern, layers, written = pattern.named_children[-1], layers[1:], None
            elif pattern.type in ("mut_pattern", "ref_pattern"):
                pattern = pattern.named_children[-1]
            else:
                return UNKNOWN
        if pattern is None:
            return UNKNOWN
        if written is not None:
            return declared(written, layers, written, self.root), ()
        return self._used(text_of(pattern), behind, layers, depth)

    def _used(self, name: str, behind: list[Node], layers: Layers, depth: int) -> Destination:
        """What the first use that says anything wants of a name."""
        best, left = UNKNOWN, _USES
        for use in uses(name, behind):
            left -= 1
            if left < 0:
                break
            found = self.wanted(use, layers, depth + 3)
            if found[0].name not in ("", "_"):
                return found
            best = found if found[0].name else best
        return best

    # ------------------------------------------------------------------ calls
    def _method(self, node: Node, access: Node, layers: Layers, depth: int) -> Further | Destination:
        method = text_of(access.child_by_field_name("field") or access)
        call, types = access.parent, None
        if call is not None and call.type == "generic_function":
            types, call = call.child_by_field_name("type_arguments"), call.parent
        if call is None or call.type != "call_expression" or access.child_by_field_name("value") != node:
            return UNKNOWN
        if layers[:1] == ("Query",) and method in _FETCHES:
            return Further(call, (*_FETCHES[method], *layers[1:]))
        if layers[:1] == ("Iter",):
            return self._iterated(method, call, types, layers)
        if layers[:1] == ("Vec",):
            return Further(call, ("Iter", *layers[1:])) if method in ("into_iter", "iter", "drain") else UNKNOWN
        if method in _SAME:
            return Further(call, layers)
        if method == "optional" and layers[:1] == ("Result",):
            return Further(call, ("Result", OPTIONAL, *layers[1:]))
        if method in _STRIPS:
            return Further(call, layers[1:]) if layers else optional(self.wanted(call, (), depth + 1))
        if layers:
            return Further(call, ("Option", *layers[1:])) if method == "ok" and layers[0] == "Result" else UNKNOWN
        if method == "try_into":
            return PRESENT
        if method in ("into", "as_ref"):
            found = self.wanted(call, (), depth + 1)[0] if method == "into" else HostType("")
            return PRESENT if found.name and not found.optional and found.name not in TAKES_OPTION else UNKNOWN
        return PRESENT if method in _PRESENT_METHODS else UNKNOWN

    def _iterated(self, method: str, call: Node, types: Node | None, layers: Layers) -> Further | Destination:
        match method:
            case "collect" | "try_collect":
                inner = layers[1:]
                made: Layers = ("Result", "Vec", *inner[1:]) if inner[:1] == ("Result",) else ("Vec", *inner)
                written = types.named_children[0] if types is not None and types.named_children else None
                found = declared(written, made, call, self.root)
                # `collect::<Result<_>>()` leaves the value to what is around.
                return (found, ()) if found.name else Further(call, made)
            case "next" | "last":
                return Further(call, ("Option", *layers[1:]))
            case "flatten" | "filter_map" if layers[1:2] == ("Result",):
                return Further(call, ("Iter", *layers[2:]))
            case _:
                return UNKNOWN

    def _closure(self, closure: Node, layers: Layers) -> Further | Destination:
        """The value of the method that the closure is given to."""
        call = closure.parent.parent if closure.parent is not None else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
        value = function.child_by_field_name("value") if function is not None else None
        if call is None or function is None or function.type != "field_expression" or value is None:
            return UNKNOWN
        method = text_of(function.child_by_field_name("field") or function)
        if method in _CLOSURE_ROWS:
            return Further(call, layers)
        if method in _CLOSURE_MAPS:
            return Further(call, ("Result", "Iter", *layers))
        match self.shape(value), method:
            case "query", "map":
                return Further(call, ("Query", *layers))
            case "query", "try_map":
                return Further(call, ("Query", *layers[1:]))
            case "many", "map" | "mapped":
                return Further(call, ("Iter", *layers))
            case "many", "map_ok":  # of each Result what is inside
                return Further(call, ("Iter", "Result", *layers))
            case "many", "and_then":
                return Further(call, ("Iter", *layers))
            case "many", "filter_map":
                return Further(call, ("Iter", *layers[1:]))
            case "one", "map":
                return Further(call, ("Result" if value.type == "await_expression" else OPTIONAL, *layers))
            case "one", "and_then" | "map_or":
                return Further(call, layers)
            case _:
                return UNKNOWN
