"""Values with the types that code gives them.

What comes in: a value and the node of a type. What goes out: the value, typed where the type says more than the value. This module does not know classes.
"""

import re

from tree_sitter import Node

from analyzer.extract.texts import text_of
from analyzer.facts.value import TypedValue, Value

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


def typed(value: Value, type_: Node) -> Value:
    """A value with the type that the code gives it, where that says anything."""
    written = text_of(type_).removeprefix(":").strip()
    says = _BEFORE_ARGUMENTS.split(written, maxsplit=1)[0].rpartition(".")[2] not in _SAYS_NOTHING
    return TypedValue(value.span, written, value) if says and len(written) <= _LONGEST_TYPE else value
