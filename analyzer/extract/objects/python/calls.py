"""Python's calls as values: those of the language that make, copy or reach into objects are what they give.

What comes in: `call` nodes of tree-sitter-python. What goes out: Values. Source: the Python library reference ("Built-in Functions", `copy`, `typing`,
`collections`); `SON` is PyMongo's ordered dict (https://pymongo.readthedocs.io/en/stable/api/bson/son.html). This module does not know any other call.
"""

from tree_sitter import Node

from analyzer.extract.objects.python.pieces import with_format
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import folded, text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Entry,
    ItemValue,
    Keyword,
    ListValue,
    LiteralValue,
    MemberValue,
    ObjectValue,
    TypedValue,
    Value,
)

_DICTS = frozenset({"dict", "OrderedDict", "collections.OrderedDict", "SON", "bson.SON", "son.SON", "bson.son.SON"})
_LISTS = frozenset({"list", "tuple", "set", "frozenset"})
_COPIES = frozenset({"copy.copy", "copy.deepcopy", "deepcopy"})
_CASTS = frozenset({"cast", "typing.cast", "t.cast"})


def called(node: Node, reader: Reader) -> Value | None:
    function = node.child_by_field_name("function")
    if function is None:
        return None
    span, name = reader.span(node), folded(function, 60)
    positional, keywords, more = arguments(node, reader)
    if name in _DICTS and not more and len(positional) <= 1:
        return _dict(span, positional, keywords)
    if name in _LISTS and not keywords and not more:
        known = positional[0] if positional else ListValue(span)
        if isinstance(known, ListValue):
            return ListValue(span, known.items, known.open)
    if name in _COPIES and positional:
        return positional[0]
    if name in _CASTS and len(positional) == 2:
        return TypedValue(span, _first(node), positional[1])
    if name == "getattr" and len(positional) >= 2:
        return _member(span, positional[0], positional[1])
    method = function.child_by_field_name("attribute") if function.type == "attribute" else None
    callee = reader.value(function)
    if method is not None and isinstance(callee, MemberValue):
        if callee.name == "copy" and not positional and not keywords:
            return callee.of
        if callee.name == "format" and isinstance(callee.of, LiteralValue) and not more:
            return with_format(span, callee.of, positional, keywords)
    return CallValue(span, callee, positional, keywords, open=more)


def arguments(node: Node, reader: Reader) -> tuple[tuple[Value, ...], tuple[Keyword, ...], bool]:
    """Positional arguments as far as they are known by their place, those by name, and whether a sequence is spread."""
    given = node.child_by_field_name("arguments")
    if given is not None and given.type == "generator_expression":
        return (reader.value(given),), (), False
    positional: list[Value] = []
    keywords: list[Keyword] = []
    more = False
    for child in given.named_children if given is not None else ():
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and name is not None and value is not None:
            keywords.append(Keyword(text_of(name), reader.value(value)))
        elif child.type == "dictionary_splat" and child.named_children:
            keywords.append(Keyword("", reader.value(child.named_children[0])))
        elif child.type == "list_splat" and child.named_children and not more:
            spread = reader.value(child.named_children[0])
            known = isinstance(spread, ListValue) and not spread.open
            positional.extend(spread.items if known and isinstance(spread, ListValue) else (spread,))
            more = not known
        elif child.type not in reader.scope.syntax.comments and not child.is_error and not more:
            positional.append(reader.value(child))
    return tuple(positional), tuple(keywords), more


def _first(node: Node) -> str:
    """The text of the type in `cast(T, value)`, its quotes taken off."""
    given = node.child_by_field_name("arguments")
    return folded(given.named_children[0], 400).strip("'\"") if given is not None and given.named_children else ""


def _member(span: Span, of: Value, name: Value) -> Value:
    if isinstance(name, LiteralValue) and name.kind == "string":
        return MemberValue(span, of, name.text)
    return ItemValue(span, of, name)


def _dict(span: Span, positional: tuple[Value, ...], keywords: tuple[Keyword, ...]) -> ObjectValue:
    """`dict(base, a=1, **more)`, and one of pairs."""
    entries: list[Entry] = []
    is_open = False
    for value in positional:
        if isinstance(value, ObjectValue) and not keywords:
            return value
        pairs = _pairs(value) if isinstance(value, ListValue) else None
        entries.extend(pairs if pairs is not None else (Entry(value.span, None, value),))
        is_open = isinstance(value, ListValue) and (pairs is None or value.open)
    entries.extend(Entry(word.value.span, word.name or None, word.value) for word in keywords)
    return ObjectValue(span, tuple(entries), open=is_open)


def _pairs(value: ListValue) -> list[Entry] | None:
    found = []
    for item in value.items:
        if not isinstance(item, ListValue) or len(item.items) != 2 or item.open:
            return None
        name, inner = item.items
        plain = name.text if isinstance(name, LiteralValue) and name.kind == "string" else None
        found.append(Entry(item.span, plain, inner, None if plain is not None else name))
    return found
