"""The arms of `match` that turn an enum's variants into texts, and texts into variants.

What comes in: the root of a file. What goes out: for each enum the text of each variant. A function that turns variants into texts for the database is
known by its name or its trait; a `match` on texts counts where nothing else says more, and only where each variant has one. This module does not know attributes.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.rust.strings import literal
from analyzer.extract.texts import text_of
from analyzer.facts.source import Source

_WRITES = re.compile(r"^(?:as|to|into)_(?:\w+_)?(?:str|string|db|sql|text|value)$|^(?:value|as_ref|to_sql|as_text)$")
_READS = frozenset({"from_str", "try_from", "from", "parse", "from_db", "from_string", "from_sql"})
_STRINGS = frozenset({"string_literal", "raw_string_literal"})
_PATHS = frozenset({"scoped_identifier"})
_MATCH = frozenset({"match_expression"})
_PRINTS = frozenset({"write", "f.write_str", "f.pad", "fmt.write_str", "formatter.write_str", "fmt.pad"})


def texts_of_arms(root: Node, source: Source) -> dict[str, dict[str, str]]:
    """Texts by variant by enum: of `as_str` and its like, else of Display, else of FromStr."""
    ranked: dict[str, tuple[int, dict[str, str]]] = {}
    for enum, rank, body in _functions(root, ""):
        found = _texts(body, enum, source)
        if found and (enum not in ranked or rank < ranked[enum][0]):
            ranked[enum] = (rank, found)
    return {enum: found for enum, (_, found) in ranked.items()}


def _functions(node: Node, owner: str) -> Iterator[tuple[str, int, Node]]:
    """(type of the impl, rank of the function, its body)."""
    for child in node.named_children:
        if child.type == "impl_item":
            type_, body = child.child_by_field_name("type"), child.child_by_field_name("body")
            if type_ is not None and body is not None:
                yield from _functions(body, text_of(type_).rpartition("::")[2])
        elif child.type == "mod_item" and (body := child.child_by_field_name("body")) is not None:
            yield from _functions(body, "")
        elif child.type == "function_item" and owner:
            name, body = child.child_by_field_name("name"), child.child_by_field_name("body")
            rank = _rank(text_of(name)) if name is not None else None
            if rank is not None and body is not None:
                yield owner, rank, body


def _rank(name: str) -> int | None:
    if _WRITES.match(name):
        return 0
    return {"fmt": 1}.get(name, 2 if name in _READS else None)


def _texts(body: Node, enum: str, source: Source) -> dict[str, str]:
    """Variant -> text of the function's first `match` that says so; empty where a variant has several."""
    for node in _outermost(body, _MATCH):
        block = node.child_by_field_name("body")
        pairs = (
            [pair for arm in block.named_children if arm.type == "match_arm" for pair in _arm(arm, enum, source)]
            if block
            else []
        )
        if pairs and len({variant for variant, _ in pairs}) == len(pairs):
            return dict(pairs)
    return {}


def _arm(arm: Node, enum: str, source: Source) -> Iterator[tuple[str, str]]:
    """`Self::Draft => "draft"`, `Self::Draft => write!(f, "draft")`, `"draft" => Ok(Self::Draft)`."""
    pattern, value = arm.child_by_field_name("pattern"), arm.child_by_field_name("value")
    if pattern is None or value is None:
        return
    alternatives = list(_alternatives(pattern))
    variants = [name for node in alternatives if (name := _variant(node, enum))]
    if variants:
        text = _text(value, source)
        yield from ((variant, text) for variant in variants if text is not None)
        return
    texts = [literal(node, source).value for node in alternatives if node.type in _STRINGS]
    made = [name for node in _outermost(value, _PATHS) if (name := _variant(node, enum))]
    if len(made) == 1:
        yield from ((made[0], text) for text in texts)


def _alternatives(pattern: Node) -> Iterator[Node]:
    if pattern.type in ("match_pattern", "or_pattern", "reference_pattern"):
        for child in pattern.named_children:
            yield from _alternatives(child)
    else:
        yield pattern


def _variant(node: Node, enum: str) -> str:
    """`Self::Draft` or `Status::Draft`, "" for anything else."""
    if node.type != "scoped_identifier":
        return ""
    owner, _, name = text_of(node).rpartition("::")
    return name if owner.rpartition("::")[2] in ("Self", enum) else ""


def _outermost(node: Node, kinds: frozenset[str]) -> Iterator[Node]:
    """Nodes of these types, in order, the outermost alone."""
    stack = [node]
    while stack:
        found = stack.pop()
        if found.type in kinds:
            yield found
        else:
            stack.extend(reversed(found.named_children))


def _text(value: Node, source: Source) -> str | None:
    """The one text of an arm's value; None where a text is put together, or there are several."""
    if value.type in _STRINGS:
        return literal(value, source).value
    if value.type == "macro_invocation" and text_of(value.child_by_field_name("macro") or value) not in _PRINTS:
        return None
    found = list(_outermost(value, _STRINGS))
    text = literal(found[0], source).value if len(found) == 1 else None
    return None if text is None or "{" in text else text
