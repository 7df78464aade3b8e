"""What JavaScript does to objects and lists in place.

What comes in: a file's tree. What goes out: Changes, by the name that is changed. This module does not know what functions do with what they are given: by its
name a function may change it, or it is called for nothing else.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.objects.reader import Change, Reader
from analyzer.extract.texts import folded, text_of

_MERGES = re.compile(
    r"(?:Object|_|lodash|\$|jQuery)\.(?:assign|merge|extend|assignIn|defaults|defaultsDeep)|(?:merge|extend|deepmerge)"
)
# Words that a function's name begins with where it is there to change what it is given.
_ALTERS = re.compile(
    r"_*(?:add|append|apply|assign|attach|augment|build|clean|decorate|delete|enhance|enrich|ensure|extend|fill|inject|insertInto|merge|mutate|normali[sz]e"
    r"|omit|populate|prepare|process|prune|push|put|remove|sanitize|scope|set|strip|transform|update|with)(?![a-z])"
)
_LISTS = {"push": "item", "unshift": "first", "splice": "handed", "reverse": "handed", "sort": "handed", "pop": "handed", "shift": "handed", "fill": "handed"}  # fmt: skip
_DEPTH = 6


def changes(reader: Reader) -> Iterator[Change]:
    """Every change of something that a name holds."""
    structure = reader.scope.structure
    for captures, _ in reader.matches("changes"):
        if "set" in captures:
            yield from _set(captures["set"][0], captures["target"][0], captures.get("value", [None])[0], "entry")
        elif "delete" in captures:
            yield from _set(captures["delete"][0], captures["target"][0], None, "lost")
        elif "on" in captures:
            yield from _called_on(captures["call"][0], captures["on"][0], captures["method"][0])
    for captures in structure.call_captures:
        call, callee = captures["call"][0], captures["call.callee"][0]
        if call.type == "call_expression" and "call.arguments" in captures:
            yield from _given(call, callee, captures["call.arguments"][0])


def _way(node: Node) -> tuple[str, tuple[Node | str, ...]] | None:
    """The name that an access begins with, and the keys it goes through."""
    keys: list[Node | str] = []
    while node.type in ("member_expression", "subscript_expression", "non_null_expression", "parenthesized_expression"):
        inner = node.child_by_field_name("object") or (node.named_children[0] if node.named_children else None)
        name = node.child_by_field_name("property") or node.child_by_field_name("index")
        if inner is None or len(keys) > _DEPTH:
            return None
        if name is not None:
            keys.append(name)
        elif node.type == "as_expression":
            return None
        node = inner
    if node.type == "as_expression" and node.named_children:
        inner_way = _way(node.named_children[0])
        return (inner_way[0], (*inner_way[1], *reversed(keys))) if inner_way is not None else None
    return (text_of(node), tuple(reversed(keys))) if node.type == "identifier" else None


def _set(node: Node, target: Node, value: Node | None, kind: str) -> Iterator[Change]:
    way = _way(target)
    if way is not None and way[1]:
        yield Change(way[0], node, "lost" if kind == "lost" else "entry", way[1][-1], value, way[1][:-1])


def _called_on(call: Node, on: Node, method: Node) -> Iterator[Change]:
    """`list.push(a, ...more)`."""
    way, arguments = _way(on), call.child_by_field_name("arguments")
    kind = _LISTS.get(text_of(method))
    if way is None or arguments is None or kind is None:
        return
    given = [child for child in arguments.named_children if child.type != "comment"]
    if kind == "handed":
        yield Change(way[0], call, "handed", path=way[1])
        return
    for child in given if kind == "item" else reversed(given):
        if child.type != "spread_element":
            yield Change(way[0], call, "item" if kind == "item" else "first", None, child, way[1])
        elif child.named_children:
            yield Change(way[0], call, "items" if kind == "item" else "handed", None, child.named_children[0], way[1])


def _given(call: Node, callee: Node, arguments: Node) -> Iterator[Change]:
    """What a call does to the objects it is given."""
    given = [child for child in arguments.named_children if child.type != "comment"]
    first = given[0] if given else None
    if first is None or callee.end_byte - callee.start_byte > 200:
        return
    name = folded(callee)
    if _MERGES.fullmatch(name):
        way = _way(first)
        for child in given[1:] if way is not None else ():
            spread = child.type == "spread_element"
            yield Change(way[0], call, "handed" if spread else "merge", None, None if spread else child, way[1])  # type: ignore[index]
    elif _alters(call, callee, name):
        for child in given:
            if child.type == "identifier":
                yield Change(text_of(child), call, "handed")


def _alters(call: Node, callee: Node, name: str) -> bool:
    """Whether a call is there to change what it is given: it says so, or it is a function called for nothing else."""
    own = callee.type == "identifier" or (
        callee.type == "member_expression" and name.startswith("this.") and name.count(".") == 1
    )
    if not own:
        return False
    outer = call.parent
    while outer is not None and outer.type in ("await_expression", "parenthesized_expression"):
        outer = outer.parent
    dropped = outer is not None and outer.type == "expression_statement"
    return (dropped and name != "super" and not _LOOKS.fullmatch(name)) or _ALTERS.match(
        name.removeprefix("this.")
    ) is not None


# Functions that only look at what they are given, or end what is going on.
_LOOKS = re.compile(
    r"(?:this\.)?_*(?:log|debug|info|warn|error|print|expect|assert\w*|validate\w*|check\w*|callback|cb|next|done|resolve|reject|dispatch|emit|invariant"
    r"|send\w*|create\w*|insert\w*|save\w*|test|it|describe|t|fn|set[A-Z]\w*|on[A-Z]\w*|use[A-Z]\w*|notify\w*|publish\w*|write\w*|require)"
)
