"""The layers around a value of Rust, and types behind them.

What comes in: a type as written and the layers around the value that matters: a Result, an Option, a list, a place in a tuple. What goes out:
the value's own type. This module does not know expressions.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.rust.items import owner
from analyzer.extract.rust.lexical import anchored
from analyzer.extract.rust.types import host_type
from analyzer.extract.texts import text_of
from analyzer.facts.model import HostType

Layers = tuple[str | int, ...]
Destination = tuple[HostType, tuple[str, ...]]

UNKNOWN: Destination = (HostType(""), ())
# No Option, whatever else it is.
PRESENT: Destination = (HostType("_"), ())
BOOL: Destination = (HostType("bool"), ())
OPTIONAL = "Option"
# Types that can be made of an Option.
TAKES_OPTION = frozenset(
    {"Value", "JsonValue", "Option", "Json", "Some", "Ok", "Err", "Box", "Arc", "Rc", "Cow", "Vec", "Maybe"}
)
_LISTS = frozenset({"Vec", "HashSet", "BTreeSet", "VecDeque", "BTreeMap", "HashMap", "IndexMap", "IndexSet"})
_MAPS = frozenset({"HashMap", "BTreeMap", "IndexMap"})


class Further(Struct, frozen=True):
    """The wider expression, and the layers around the value there."""

    node: Node
    layers: Layers


def returned(node: Node, layers: Layers, root: Node) -> HostType:
    outer = node.parent
    while outer is not None and outer.type not in ("function_item", "closure_expression", "async_block"):
        outer = outer.parent
    is_function = outer is not None and outer.type == "function_item"
    return (
        declared(outer.child_by_field_name("return_type"), layers, outer, root)
        if outer is not None and is_function
        else HostType("")
    )


def declared(written: Node | None, layers: Layers, place: Node, root: Node) -> HostType:
    inner = inside(written, layers)
    found = host_type(inner) if inner is not None else HostType("")
    if found.name == "Self":
        found = HostType(owner(anchored(place, root)), found.optional)
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


def optional(found: Destination) -> Destination:
    """The value is the Option of what is wanted."""
    return (found[0], (*found[1], OPTIONAL)) if found[0].name not in ("", "_") else UNKNOWN
