"""A tree -> the tree with types as PostgreSQL's parser leaves it: literals are values of a type, and casts that nobody wrote are there.

What comes in: a tree and the types of the columns. What goes out: the tree and its type. Where a name, a function or a type is not known,
UnreadableError is raised: nothing is guessed. Source: PostgreSQL's documentation, chapter 10. This module does not know how anything is printed.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from analyzer.sql.canonical.tokens import UnreadableError
from analyzer.sql.canonical.tree import Node, NodeKind, call, operation
from analyzer.sql.canonical.types import split_type
from analyzer.sql.signatures.overloads import UNKNOWN, category, choose, choose_operator, common_type, is_coercible
from analyzer.sql.signatures.postgres import ANY, Signature, catalogue

_INT4, _INT8 = 2**31, 2**63
_BARE = {
    "current_timestamp": "timestamp with time zone", "current_date": "date", "current_time": "time with time zone",
    "localtimestamp": "timestamp without time zone", "localtime": "time without time zone", "current_user": "name", "session_user": "name",
    "user": "name", "current_role": "name", "current_schema": "name", "current_catalog": "name",
}  # fmt: skip
_SPELLED = {"like": "~~", "ilike": "~~*", "not like": "!~~", "not ilike": "!~~*", "neg": "-"}
_TESTS = ("is null", "is not null")


class Typed(Struct, frozen=True):
    """`type` is a name as format_type prints it, without modifiers; "unknown" for a literal that has no type yet."""

    node: Node
    type: str


def typed(node: Node, columns: Mapping[str, str]) -> Typed:
    """The tree with types. Raises UnreadableError where a part of it is not known."""
    match node.kind:
        case "name":
            if node.text not in columns or not columns[node.text]:
                raise UnreadableError(node.text)
            return Typed(node, plain_type(columns[node.text]))
        case "number":
            return _number(node.text)
        case "string":
            return Typed(node, UNKNOWN)
        case "word":
            return _word(node)
        case "cast":
            return _cast(node, columns)
        case "call":
            return _call(node, columns)
        case "case":
            return _case(node, columns)
        case "array":
            return _array(node, columns)
        case "operation":
            return _operation(node, columns)
        case _:
            raise UnreadableError(node.text)


def plain_type(name: str) -> str:
    """Without length or precision. What `character(3)` is made of prints as `bpchar` where no length is given."""
    base, _, array = split_type(name)
    return ("bpchar" if base == "character" else base) + array


def coerced(found: Typed, target: str) -> Node:
    """The tree as a value of the target type. Raises UnreadableError where it is a literal of which the value is not known."""
    if found.node.text.startswith("collate ") and found.node.kind == "operation":
        # What is collated is cast, not what comes of it.
        return operation(found.node.text, coerced(Typed(found.node.items[0], found.type), target))
    if found.type == UNKNOWN:
        return Node("constant", "text" if target in ANY else target, (found.node,))
    return found.node if target in ANY or found.type == target else Node("coercion", target, (found.node,))


def _number(text: str) -> Typed:
    if text.lstrip("-").isdigit():
        size = int(text)
        name = "integer" if -_INT4 <= size < _INT4 else "bigint" if -_INT8 <= size < _INT8 else "numeric"
    else:
        name = "numeric"
    return Typed(Node("constant", name, (Node("number", text),)), name)


def _word(node: Node) -> Typed:
    if node.text in ("true", "false"):
        return Typed(Node("constant", "boolean", (node,)), "boolean")
    if node.text == "null":
        return Typed(node, UNKNOWN)
    raise UnreadableError(node.text)


def _cast(node: Node, columns: Mapping[str, str]) -> Typed:
    name, modifiers, array = split_type(node.text)
    target = plain_type(node.text)
    if node.items[0].kind == "array" and array:
        items = (coerced(typed(item, columns), target[:-2]) for item in node.items[0].items)
        return Typed(Node("array", target if not node.items[0].items else "", tuple(items)), target)
    inner = typed(node.items[0], columns)
    if inner.type == UNKNOWN:
        return Typed(Node("constant", name + modifiers + array if modifiers else target, (inner.node,)), target)
    named = columns.get(inner.node.text, "") if inner.node.kind == "name" else inner.node.text
    bounded = inner.node.kind in ("name", "cast", "conversion") and split_type(named)[1]
    if bounded and node.text == named:
        return inner
    if inner.type == target and not modifiers and not bounded:
        return inner
    kind: NodeKind = "cast" if is_coercible(inner.type, target) or inner.type == target else "conversion"
    return Typed(Node(kind, node.text if modifiers else target, (inner.node,)), target)


def _call(node: Node, columns: Mapping[str, str]) -> Typed:
    name = node.text
    if name in _BARE and not node.items:
        return Typed(node, _BARE[name])
    items = [typed(item, columns) for item in node.items]
    if name in ("coalesce", "greatest", "least"):
        type_ = _common(items)
        return Typed(call(name.upper(), *(coerced(item, type_) for item in items)), type_)
    if name == "nullif" and len(items) > 1:
        found = _operator("=", items[0], items[1])
        left = found.node.items[0]
        return Typed(
            call("NULLIF", *found.node.items), left.text if left.kind in ("coercion", "constant") else items[0].type
        )
    signature = choose([item.type for item in items], catalogue().functions(name.lower() if name.isupper() else name))
    if signature is None:
        raise UnreadableError(name)
    taken = signature.of(len(items)) or ()
    arguments = (coerced(item, take) for item, take in zip(items, taken, strict=True))
    return Typed(call(name, *arguments), _given(signature, items))


def _given(signature: Signature, items: Sequence[Typed]) -> str:
    """What comes out; of a polymorphic function what went in."""
    if signature.gives not in ANY:
        return signature.gives
    for item, taken in zip(items, signature.takes, strict=True):
        if taken in ANY and item.type != UNKNOWN:
            if taken == signature.gives:
                return item.type
            if taken.endswith("array"):
                return item.type.removesuffix("[]")
            if signature.gives.endswith("array"):
                return f"{item.type}[]"
    raise UnreadableError(signature.gives)


def _common(items: Sequence[Typed]) -> str:
    type_ = common_type([item.type for item in items])
    if type_ is None:
        raise UnreadableError(items[0].type)
    return type_


def _case(node: Node, columns: Mapping[str, str]) -> Typed:
    if node.text:
        raise UnreadableError("case")
    items = [typed(item, columns) for item in node.items]
    values = [*items[1:-1:2], items[-1]]
    # PostgreSQL looks at ELSE first.
    type_ = _common([items[-1], *items[1:-1:2]])
    results = iter(coerced(value, type_) for value in values)
    parts: list[Node] = []
    for condition in items[:-1:2]:
        parts += [coerced(condition, "boolean"), next(results)]
    return Typed(Node("case", "", (*parts, next(results))), type_)


def _array(node: Node, columns: Mapping[str, str]) -> Typed:
    if not node.items:
        raise UnreadableError("array")
    items = [typed(item, columns) for item in node.items]
    type_ = _common(items)
    return Typed(Node("array", "", tuple(coerced(item, type_) for item in items)), f"{type_}[]")


def _operation(node: Node, columns: Mapping[str, str]) -> Typed:
    sign = node.text
    if sign.startswith("."):
        raise UnreadableError(sign)
    items = [typed(item, columns) for item in node.items]
    match sign:
        case "and" | "or" | "not":
            return Typed(operation(sign, *(coerced(item, "boolean") for item in items)), "boolean")
        case "in" | "not in":
            return _member(sign, items)
        case "between" | "not between":
            return _between(sign, items)
        case "between symmetric" | "not between symmetric":
            plain = sign.removesuffix(" symmetric")
            ways = _between(plain, items).node, _between(plain, (items[0], items[2], items[1])).node
            return Typed(operation("OR" if plain == "between" else "AND", *ways), "boolean")
        case "[]" if len(items) == len("ab") and items[0].type.endswith("[]"):
            return Typed(operation(sign, items[0].node, coerced(items[1], "integer")), items[0].type[:-2])
        case _ if sign.startswith("collate "):
            return Typed(operation(sign, items[0].node), items[0].type)
        case _ if sign in _TESTS:
            return Typed(operation(sign, items[0].node), "boolean")
        case _ if sign.startswith("is ") and len(items) == 1:
            return Typed(operation(sign, coerced(items[0], "boolean")), "boolean")
        case "is distinct from" | "is not distinct from" if Node("word", "null") in node.items:
            rest = [item for item in items if item.node != Node("word", "null")] or items
            return Typed(operation("is not null" if sign == "is distinct from" else "is null", rest[0].node), "boolean")
        case "is distinct from" | "is not distinct from":
            return Typed(operation(sign, *_operator("=", *items).node.items), "boolean")
        case _ if len(items) > len("ab"):
            raise UnreadableError(sign)
        case _ if sign.endswith((" any", " all")):
            return _quantified(sign, *items)
        case _ if len(items) == 1:
            return _prefixed(_SPELLED.get(sign, sign), items[0])
        case _:
            return _operator(_SPELLED.get(sign, sign), *items)


def _operator(sign: str, left: Typed, right: Typed) -> Typed:
    signatures = catalogue().operators(sign)
    if category(left.type) == "E" or category(right.type) == "E":
        enum = left.type if category(left.type) == "E" else right.type
        if left.type not in (enum, UNKNOWN) or right.type not in (enum, UNKNOWN):
            raise UnreadableError(sign)
        signatures = tuple(one for one in signatures if one.takes == ("anyenum", "anyenum"))
        takes: tuple[str, ...] = (enum, enum)
        gives = signatures[0].gives if signatures else ""
    else:
        found = choose_operator(left.type, right.type, signatures)
        takes, gives = (found.takes, _given(found, (left, right))) if found is not None else ((), "")
    if not gives:
        raise UnreadableError(sign)
    if takes[0] in ANY:
        takes = _arrays(takes, left.type, right.type)
    return Typed(operation(sign, coerced(left, takes[0]), coerced(right, takes[1])), gives)


def _arrays(takes: tuple[str, ...], left: str, right: str) -> tuple[str, ...]:
    """Both sides of an operator on arrays have one type."""
    known = left if left != UNKNOWN else right
    element = known.removesuffix("[]")
    return tuple(f"{element}[]" if take.endswith("array") else element for take in takes)


def _prefixed(sign: str, item: Typed) -> Typed:
    signatures = [Signature(one.takes[1:], one.gives) for one in catalogue().operators(sign) if one.takes[0] == ""]  # fmt: skip
    found = choose([item.type], signatures)
    if found is None:
        raise UnreadableError(sign)
    return Typed(operation(sign, coerced(item, found.takes[0])), found.gives)


def _between(sign: str, items: Sequence[Typed]) -> Typed:
    is_in = sign == "between"
    ends = zip((">=", "<=") if is_in else ("<", ">"), items[1:], strict=True)
    return Typed(
        operation("AND" if is_in else "OR", *(_operator(each, items[0], end).node for each, end in ends)), "boolean"
    )


def _member(sign: str, items: Sequence[Typed]) -> Typed:
    """`a IN (1, 2)` is `a = ANY (ARRAY[1, 2])`; one value, or what names a column, is compared by itself."""
    equal, word = ("=", "OR") if sign == "in" else ("<>", "AND")
    values = [item for item in items[1:] if not _has_name(item.node)]
    found: Typed | None = None
    type_ = common_type([items[0].type, *(item.type for item in values)]) if len(values) > 1 else None
    if type_ is not None:
        array = Typed(Node("array", "", tuple(coerced(item, type_) for item in values)), f"{type_}[]")
        found = _quantified(f"{equal} {'any' if sign == 'in' else 'all'}", items[0], array)
    for item in items[1:]:
        if type_ is None or item not in values:
            one = _operator(equal, items[0], item)
            found = one if found is None else Typed(operation(word, found.node, one.node), "boolean")
    if found is None:
        raise UnreadableError(sign)
    return found


def _has_name(node: Node) -> bool:
    return node.kind == "name" or any(map(_has_name, node.items))


def _quantified(sign: str, left: Typed, right: Typed) -> Typed:
    written = sign.rpartition(" ")[0]
    operator = _SPELLED.get(written, written)
    if right.type == UNKNOWN:
        one, other = _operator(operator, left, right).node.items
        array = Node("constant", f"{other.text}[]", (right.node,))
        return Typed(operation(f"{operator} {sign.rpartition(' ')[2]}", one, array), "boolean")
    if not right.type.endswith("[]"):
        raise UnreadableError(sign)
    probe = Typed(Node("name", "element"), right.type[:-2])
    found = _operator(operator, left, probe)
    left_node, element = found.node.items
    target = f"{element.text}[]" if element.kind == "coercion" else right.type
    return Typed(operation(f"{operator} {sign.rpartition(' ')[2]}", left_node, coerced(right, target)), "boolean")
