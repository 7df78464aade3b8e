"""The type that the code around an expression wants of it.

What comes in: an expression, and the layers around the value that matters (a Result, an Option, a list, a place in a tuple). What goes out: the
type as written at its destination: an annotation, a field of a struct, a parameter, what a function returns. A conversion on the way leaves
it unknown; what only a value that is no Option can go through leaves "_". Sources: the documentation of std's `Option`, `Result` and `Iterator`.
This module does not infer.
"""

from collections.abc import Callable

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.rust.items import named, owner, takes_self
from analyzer.extract.rust.lexical import anchored, parameters_of
from analyzer.extract.rust.types import host_type
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType

Layers = tuple[str | int, ...]
Destination = tuple[HostType, tuple[str, ...]]

UNKNOWN: Destination = (HostType(""), ())
# No Option, whatever else it is.
PRESENT: Destination = (HostType("_"), ())
_BOOL: Destination = (HostType("bool"), ())
OPTIONAL = "Option"
_STEPS = 60
_USES = 12
_LISTS = frozenset({"Vec", "HashSet", "BTreeSet", "VecDeque", "BTreeMap", "HashMap", "IndexMap", "IndexSet"})
_MAPS = frozenset({"HashMap", "BTreeMap", "IndexMap"})
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
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "<<", ">>"})
_COMPARES = frozenset({"==", "!=", "<", ">", "<=", ">="})
_LOGIC = frozenset({"&&", "||"})
# Types that can be made of an Option.
_TAKES_OPTION = frozenset(
    {"Value", "JsonValue", "Option", "Json", "Some", "Ok", "Err", "Box", "Arc", "Rc", "Cow", "Vec", "Maybe"}
)
_CLOSURE_ROWS = frozenset({"query_row", "query_row_and_then", "query_one"})
_CLOSURE_MAPS = frozenset({"query_map", "query_and_then"})


class _Further(Struct, frozen=True):
    """The wider expression, and the layers around the value there."""

    node: Node
    layers: Layers


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
            if not isinstance(step, _Further):
                return step
            node, layers = step.node, step.layers
        return UNKNOWN

    def _step(self, node: Node, outer: Node, layers: Layers, depth: int) -> _Further | Destination:
        match outer.type:
            case kind if kind in _PLAIN:
                return _Further(outer, layers)
            case "try_expression":
                return _Further(outer, layers[1:]) if layers else _optional(self.wanted(outer, (), depth + 1))
            case "reference_expression" if not layers:
                found = self.wanted(outer, (), depth + 1)
                return found if found[0].name not in ("_", "") and not found[0].optional else UNKNOWN
            case "block" if _is_tail(node, outer):
                return _Further(outer, layers)
            case "expression_statement" if not text_of(outer).endswith(";"):
                return _Further(outer, layers)
            case "if_expression" if outer.child_by_field_name("condition") != node:
                return _Further(outer, layers)
            case "if_expression" | "while_expression":
                return _BOOL if not layers else UNKNOWN
            case "match_arm" if outer.child_by_field_name("value") == node:
                return _Further(outer, layers)
            case "match_expression" if outer.child_by_field_name("body") == node:
                return _Further(outer, layers)
            case "tuple_expression":
                return _Further(outer, (outer.named_children.index(node), *layers))
            case "field_expression":
                return self._method(node, outer, layers, depth)
            case "arguments":
                return self._argument(node, outer, layers)
            case "return_expression":
                return self._returned(outer, layers), ()
            case "function_item":
                return self._declared(outer.child_by_field_name("return_type"), layers, outer), ()
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
                found = _member(outer, text_of(outer.child_by_field_name("field") or outer), self.root)
                return found if not layers or found == UNKNOWN else PRESENT
            case "shorthand_field_initializer" if not layers:
                return _member(outer, text_of(node), self.root)
            case "assignment_expression" if not layers and outer.child_by_field_name("right") == node:
                return _assigned(outer.child_by_field_name("left"), self.root)
            case "binary_expression" if not layers:
                return _operand(node, outer)
            case "unary_expression" if not layers:
                return _BOOL if outer.children[0].type == "!" else PRESENT if outer.children[0].type == "-" else UNKNOWN
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
            return self._declared(written, layers, written), ()
        return self._used(text_of(pattern), behind, layers, depth)

    def _used(self, name: str, behind: list[Node], layers: Layers, depth: int) -> Destination:
        """What the first use that says anything wants of a name."""
        best, left = UNKNOWN, _USES
        for use in _uses(name, behind):
            left -= 1
            if left < 0:
                break
            found = self.wanted(use, layers, depth + 3)
            if found[0].name not in ("", "_"):
                return found
            best = found if found[0].name else best
        return best

    # ------------------------------------------------------------------ calls
    def _method(self, node: Node, access: Node, layers: Layers, depth: int) -> _Further | Destination:
        method = text_of(access.child_by_field_name("field") or access)
        call, types = access.parent, None
        if call is not None and call.type == "generic_function":
            types, call = call.child_by_field_name("type_arguments"), call.parent
        if call is None or call.type != "call_expression" or access.child_by_field_name("value") != node:
            return UNKNOWN
        if layers[:1] == ("Query",) and method in _FETCHES:
            return _Further(call, (*_FETCHES[method], *layers[1:]))
        if layers[:1] == ("Iter",):
            return self._iterated(method, call, types, layers)
        if layers[:1] == ("Vec",):
            return _Further(call, ("Iter", *layers[1:])) if method in ("into_iter", "iter", "drain") else UNKNOWN
        if method in _SAME:
            return _Further(call, layers)
        if method == "optional" and layers[:1] == ("Result",):
            return _Further(call, ("Result", OPTIONAL, *layers[1:]))
        if method in _STRIPS:
            return _Further(call, layers[1:]) if layers else _optional(self.wanted(call, (), depth + 1))
        if layers:
            return _Further(call, ("Option", *layers[1:])) if method == "ok" and layers[0] == "Result" else UNKNOWN
        if method == "try_into":
            return PRESENT
        if method in ("into", "as_ref"):
            found = self.wanted(call, (), depth + 1)[0] if method == "into" else HostType("")
            return PRESENT if found.name and not found.optional and found.name not in _TAKES_OPTION else UNKNOWN
        return PRESENT if method in _PRESENT_METHODS else UNKNOWN

    def _iterated(self, method: str, call: Node, types: Node | None, layers: Layers) -> _Further | Destination:
        match method:
            case "collect" | "try_collect":
                inner = layers[1:]
                made: Layers = ("Result", "Vec", *inner[1:]) if inner[:1] == ("Result",) else ("Vec", *inner)
                written = types.named_children[0] if types is not None and types.named_children else None
                return _Further(call, made) if written is None else (self._declared(written, made, call), ())
            case "next" | "last":
                return _Further(call, ("Option", *layers[1:]))
            case "flatten" | "filter_map" if layers[1:2] == ("Result",):
                return _Further(call, ("Iter", *layers[2:]))
            case _:
                return UNKNOWN

    def _argument(self, node: Node, listed: Node, layers: Layers) -> _Further | Destination:
        call = listed.parent
        callee = call.child_by_field_name("function") if call is not None else None
        if call is None or callee is None:
            return UNKNOWN
        if callee.type == "generic_function":
            callee = callee.child_by_field_name("function") or callee
        name = folded(callee, 200)
        head, _, last = name.rpartition("::")
        if last in ("Ok", "Some") and not head:
            return _Further(call, ("Result" if last == "Ok" else OPTIONAL, *layers))
        function = named(callee, self.root)
        given = [child for child in listed.named_children if "comment" not in child.type]
        if function is not None:
            index = given.index(node) - (takes_self(function) and callee.type == "scoped_identifier")
            return self._taken(function, index, layers), ()
        if layers or callee.type == "field_expression":
            return UNKNOWN
        made = head.rpartition("::")[2]
        if last == "from" and made[:1].isupper() and made not in _TAKES_OPTION:
            return PRESENT
        if last[:1].isupper() and last not in _TAKES_OPTION and not made[:1].isupper():
            return HostType(owner(anchored(callee, self.root)) if last == "Self" else last), (str(given.index(node)),)
        return UNKNOWN

    def _taken(self, function: Node, index: int, layers: Layers) -> HostType:
        listed = function.child_by_field_name("parameters")
        parameters = parameters_of(listed) if listed is not None else []
        written = parameters[index][1] if 0 <= index < len(parameters) else None
        return self._declared(written, layers, function)

    def _closure(self, closure: Node, layers: Layers) -> _Further | Destination:
        """The value of the method that the closure is given to."""
        call = closure.parent.parent if closure.parent is not None else None
        function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
        value = function.child_by_field_name("value") if function is not None else None
        if call is None or function is None or function.type != "field_expression" or value is None:
            return UNKNOWN
        method = text_of(function.child_by_field_name("field") or function)
        if method in _CLOSURE_ROWS:
            return _Further(call, layers)
        if method in _CLOSURE_MAPS:
            return _Further(call, ("Result", "Iter", *layers))
        match self.shape(value), method:
            case "query", "map":
                return _Further(call, ("Query", *layers))
            case "query", "try_map":
                return _Further(call, ("Query", *layers[1:]))
            case "many", "map" | "mapped" | "and_then" | "map_ok":
                return _Further(call, ("Iter", *layers))
            case "many", "filter_map":
                return _Further(call, ("Iter", *layers[1:]))
            case "one", "map":
                return _Further(call, ("Result" if value.type == "await_expression" else OPTIONAL, *layers))
            case "one", "and_then" | "map_or":
                return _Further(call, layers)
            case _:
                return UNKNOWN

    # ------------------------------------------------------------------ types
    def _returned(self, node: Node, layers: Layers) -> HostType:
        outer = node.parent
        while outer is not None and outer.type not in ("function_item", "closure_expression", "async_block"):
            outer = outer.parent
        is_function = outer is not None and outer.type == "function_item"
        return (
            self._declared(outer.child_by_field_name("return_type"), layers, outer)
            if outer is not None and is_function
            else HostType("")
        )

    def _declared(self, written: Node | None, layers: Layers, place: Node) -> HostType:
        inner = inside(written, layers)
        found = host_type(inner) if inner is not None else HostType("")
        if found.name == "Self":
            found = HostType(owner(anchored(place, self.root)), found.optional)
        return HostType("") if found.name in ("_", "impl") else found


def inside(declared: Node | None, layers: Layers) -> Node | None:
    """The type behind its layers: String in `Result<Vec<String>, Error>`; None where the type is written otherwise."""
    left = list(layers)
    while left and declared is not None:
        layer = left.pop(0)
        if isinstance(layer, int):
            parts = declared.named_children if declared.type == "tuple_type" else []
            declared = parts[layer] if layer < len(parts) else None
            continue
        name = declared.child_by_field_name("type") if declared.type == "generic_type" else None
        arguments = declared.child_by_field_name("type_arguments") if name is not None else None
        if (
            name is None
            or arguments is None
            or not arguments.named_children
            or not _is_layer(text_of(name).rpartition("::")[2], layer)
        ):
            return None
        index = 0
        if text_of(name).rpartition("::")[2] in _MAPS and left and isinstance(left[0], int):
            index = left.pop(0)  # type: ignore[assignment]
        declared = arguments.named_children[index] if index < len(arguments.named_children) else None
    return declared


def _is_layer(name: str, layer: str) -> bool:
    # Projects name their own `Result`, `AppResult`, whose first argument is the value.
    return name in _LISTS if layer == "Vec" else name.endswith("Result") if layer == "Result" else name == layer


def _is_tail(node: Node, block: Node) -> bool:
    last = [child for child in block.named_children if "comment" not in child.type][-1:]
    return last == [node]


def _optional(found: Destination) -> Destination:
    """The value is the Option of what is wanted."""
    return (found[0], (*found[1], OPTIONAL)) if found[0].name not in ("", "_") else UNKNOWN


def _member(initializer: Node, field: str, root: Node) -> Destination:
    """The type of a struct's field; a variant of an enum is no struct."""
    listed = initializer.parent
    struct = listed.parent if listed is not None else None
    name = struct.child_by_field_name("name") if struct is not None and struct.type == "struct_expression" else None
    if struct is None or name is None or name.type == "generic_type_with_turbofish":
        return UNKNOWN
    head, _, last = text_of(name).rpartition("::")
    if head.rpartition("::")[2][:1].isupper():
        return UNKNOWN
    return HostType(owner(anchored(struct, root)) if last == "Self" else last), (field,)


def _assigned(left: Node | None, root: Node) -> Destination:
    """`self.id = ..` is the type of that field."""
    steps: list[str] = []
    while left is not None and left.type == "field_expression":
        steps.append(text_of(left.child_by_field_name("field") or left))
        left = left.child_by_field_name("value")
    if left is None or left.type != "self" or not steps:
        return UNKNOWN
    return HostType(owner(anchored(left, root))), tuple(reversed(steps))


def _operand(node: Node, outer: Node) -> Destination:
    operator = text_of(outer.child_by_field_name("operator") or outer)
    if operator in _LOGIC:
        return _BOOL
    if operator in _ARITHMETIC:
        return PRESENT
    other = next(
        (child for child in (outer.child_by_field_name("left"), outer.child_by_field_name("right")) if child != node),
        None,
    )
    return PRESENT if operator in _COMPARES and other is not None and other.type.endswith("_literal") else UNKNOWN


def _uses(name: str, behind: list[Node]) -> list[Node]:
    """Identifiers of that name, in order, up to where it is bound anew."""
    found: list[Node] = []
    wanted, budget = name.encode(), 4000
    for statement in behind:
        stack = [statement]
        while stack and budget:
            node, budget = stack.pop(), budget - 1
            if node.type == "identifier" and node.text == wanted:
                found.append(node)
            elif node.type not in ("token_tree", "tuple_struct_pattern", "function_item"):
                stack.extend(reversed(node.named_children))
        if statement.type == "let_declaration":
            pattern = statement.child_by_field_name("pattern")
            if pattern is not None and pattern.text == wanted:
                break
    pattern_names = {"let_declaration", "closure_parameters"}
    return [
        node for node in found if node.parent is not None and (node.parent.type not in pattern_names or _is_value(node))
    ]


def _is_value(node: Node) -> bool:
    return (
        node.parent is not None
        and node.parent.type == "let_declaration"
        and node.parent.child_by_field_name("value") == node
    )
