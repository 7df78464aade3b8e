"""What a function does to an object that it calls by a name: which entries it asks or sets, or that nobody can say.

What comes in: the name and the part of the file where it is known. What goes out: names of entries. Another object of that name in there counts as
well: that errs on the side of silence. This module does not know what the object holds.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.javascript.places import PASSES
from analyzer.extract.structure import Structure
from analyzer.extract.texts import folded, text_of

_MOST = 64
_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
_PARAMETERS = frozenset({"formal_parameters", "required_parameter", "optional_parameter"})
# They look at what they are given, and leave it as it is.
_LOOKS = re.compile(r"(?:\w+\.)*(?:console|logger|log)\.\w+|JSON\.stringify|Object\.(?:keys|values|entries|freeze)")
# What it is to be an object at all, or what is done once it was used.
_HARMLESS = frozenset({"return_statement", "spread_element", "unary_expression", "type_query", "if_statement"})


def touched(name: str, structure: Structure, place: tuple[int, int], use: Node) -> frozenset[str] | None:
    """The entries of an object that code inside `place` asks or sets besides `use`; None where it does something else with it."""
    found: set[str] = set()
    for node in occurrences(name, structure, place):
        key = "" if use.start_byte <= node.start_byte < use.end_byte else _of(node)
        if key is None:
            return None
        found.add(key)
    return frozenset(found - {""})


def occurrences(name: str, structure: Structure, place: tuple[int, int]) -> Iterator[Node]:
    """Where a name stands inside of a place; one that stands there too often is given up with the root itself."""
    root, content = structure.root, structure.source.content[place[0] : place[1]]
    for number, match in enumerate(re.finditer(rb"(?<![\w$.])" + re.escape(name.encode()) + rb"(?![\w$])", content)):
        if number > _MOST:
            yield root
            return
        at = place[0] + match.start()
        node = root.descendant_for_byte_range(at, at + len(match[0]))
        if node is not None and node.type in _NAMES and node.start_byte == at:
            yield node


def _of(node: Node) -> str | None:
    """The entry that is asked or set, "" for what leaves the object alone."""
    outer = node.parent
    while outer is not None and outer.type in PASSES:
        node, outer = outer, outer.parent
    if outer is None:
        return None
    if outer.type in _HARMLESS or outer.type in _PARAMETERS:
        return ""
    if outer.type == "variable_declarator":
        return "" if outer.child_by_field_name("name") == node else None
    if outer.type == "for_in_statement":
        return "" if outer.child_by_field_name("left") == node else None
    if outer.type == "member_expression":
        key = outer.child_by_field_name("property")
        return text_of(key) if key is not None and not _is_method(outer) else None
    return _looked_at(outer)


def _looked_at(outer: Node) -> str | None:
    """Of an argument: whether what is called only looks at it. A callback's own parameter stands in front of an arrow."""
    if outer.type == "arrow_function":
        return ""
    call = outer.parent if outer.type == "arguments" else None
    callee = call.child_by_field_name("function") if call is not None else None
    return "" if callee is not None and _LOOKS.fullmatch(folded(callee, 80)) else None


def _is_method(member: Node) -> bool:
    outer = member.parent
    return outer is not None and outer.type == "call_expression" and outer.child_by_field_name("function") == member
