"""What a file's structure says of one name and of one loop, beside the syntax tree.

What comes in: nothing. What goes out: values that hold nodes, and never leave extraction. This module does not know how they are found.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.facts.call import Loop
from analyzer.facts.source import Span


class Binding(Struct, frozen=True):
    """`name` gets `value` at `start`, inside `function` (None at module level). A mutation appends or changes in place.

    `block` is where the name is seen, None for all of its function. `outer` says that the name is declared elsewhere, further out.
    """

    name: str
    value: Node | None
    start: int
    function: Span | None
    mutation: bool = False
    destructured: bool = False
    block: tuple[int, int] | None = None
    outer: bool = False


class LoopNode(Struct, frozen=True):
    loop: Loop
    over: Node | None
