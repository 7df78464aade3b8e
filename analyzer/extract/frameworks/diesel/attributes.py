"""The attributes of Diesel's structs: their words, and the expressions that stand in them.

What comes in: items with their attributes. What goes out: settings by name. Source: docs.rs/diesel, the derives. This module does not know columns.
"""

import re
from collections.abc import Mapping

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_SETTING = re.compile(r"\b(\w{1,40})\s*(?:=\s*\"?([\w:#]{1,128})\"?|\(([^()]{0,300})\))?")
_OLD = re.compile(r"#\[\s*(?:table_name|primary_key|column_name|belongs_to)\b")
_MOST = 2000


def attributes_of(node: Node) -> list[Node]:
    """The attributes in front of an item."""
    found: list[Node] = []
    before = node.prev_named_sibling
    while before is not None and before.type in ("attribute_item", "line_comment", "block_comment"):
        if before.type == "attribute_item":
            found.insert(0, before)
        before = before.prev_named_sibling
    return found


def said(attributes: list[Node]) -> Mapping[str, str]:
    """The words of `#[diesel(..)]`, those within a `cfg_attr` too, and of attributes from before it, with their values."""
    found: dict[str, str] = {}
    for text in (text_of(node) for node in attributes):
        at = text.find("diesel(")
        if at >= 0 or _OLD.match(text):
            for match in _SETTING.finditer(text, at + len("diesel(") if at >= 0 else 2):
                found.setdefault(match[1], match[2] or match[3] or "")
    return found


def derived(attributes: list[Node]) -> frozenset[str]:
    texts = (text_of(node) for node in attributes)
    return frozenset(word for text in texts if "derive" in text for word in re.findall(r"\b[A-Z]\w*", text))


def expression(attributes: list[Node], name: str, scope: Scope) -> Node | None:
    """The expression behind `name =`: Rust in the tokens of an attribute."""
    for attribute in attributes:
        tokens = _behind(attribute, name)
        if tokens:
            return names.parsed(tokens[0], tokens[-1], scope)
    return None


def _behind(attribute: Node, name: str) -> list[Node]:
    """The tokens from behind `name =` to the next comma."""
    stack, budget = [attribute], _MOST
    while stack and budget:
        node, budget = stack.pop(), budget - 1
        children = node.children
        for at, child in enumerate(children[:-1]):
            if child.type == "identifier" and text_of(child) == name and children[at + 1].type == "=":
                rest = children[at + 2 : -1] if node.type == "token_tree" else children[at + 2 :]
                end = next((place for place, one in enumerate(rest) if one.type == ","), len(rest))
                return rest[:end]
        stack += [child for child in children if child.type in ("attribute", "token_tree")]
    return []
