"""Which of several functions or operators of one name PostgreSQL takes.

What comes in: the types of the arguments ("unknown" for a literal) and the signatures. What goes out: the chosen one with the types it takes and gives, or
None where none or several fit. Source: PostgreSQL's documentation, sections 10.2, 10.3 and 10.5; polymorphic types: 36.2.5. A type that the catalogue does
not hold is taken for an enum. This module does not know expressions.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct

from analyzer.sql.signatures.postgres import ANY, COMPATIBLE, ELEMENTS, Signature, catalogue

UNKNOWN = "unknown"
_ALL = '"any"'


class Chosen(Struct, frozen=True):
    """`takes` are the types its arguments become, polymorphic ones made plain; `gives` is "" where nobody can say."""

    signature: Signature
    takes: tuple[str, ...]
    gives: str


def category(type_: str) -> str:
    """A letter; what is no type of the catalogue's is an enum or an extension's."""
    if type_.endswith("[]"):
        return "A"
    return "X" if type_ == UNKNOWN else catalogue().categories.get(type_, "E")


def is_coercible(source: str, target: str) -> bool:
    """Without a cast being written."""
    if source in (target, UNKNOWN) or target == _ALL:
        return True
    match target:
        case "anyelement" | "anycompatible":
            return True
        case "anyarray" | "anycompatiblearray":
            return source.endswith("[]")
        case "anynonarray" | "anycompatiblenonarray":
            return not source.endswith("[]")
        case "anyenum":
            return category(source) == "E"
        case "anyrange" | "anycompatiblerange":
            return source in catalogue().ranges
        case "anymultirange" | "anycompatiblemultirange":
            return any(multi == source for _, multi in catalogue().ranges.values())
        case _:
            pass
    if source.endswith("[]") and target.endswith("[]"):
        return is_coercible(source[:-2], target[:-2])
    return catalogue().casts.get((source, target)) == "i"


@lru_cache(maxsize=4096)
def chosen_function(name: str, types: tuple[str, ...]) -> Chosen | None:
    """The function a call with these arguments means."""
    return _made(choose(types, catalogue().functions(name)), types)


@lru_cache(maxsize=4096)
def chosen_operator(sign: str, left: str, right: str) -> Chosen | None:
    """As `chosen_function`; a literal beside a value is first taken for the same type. `left` is "" for a prefix operator."""
    signatures = catalogue().operators(sign)
    if not left:
        prefix = tuple(Signature(one.takes[1:], one.gives) for one in signatures if one.takes[0] == "")
        return _made(choose((right,), prefix), (right,))
    signature = choose_operator(left, right, tuple(one for one in signatures if one.takes[0]))
    return _made(signature, (left, right))


def choose_operator(left: str, right: str, signatures: Sequence[Signature]) -> Signature | None:
    """As `choose`; a literal beside a value is first taken for the same type."""
    types = (left, right)
    if UNKNOWN in types and left != right:
        known = right if left == UNKNOWN else left
        same = [one for one in signatures if one.takes == (known, known)]
        if same:
            return same[0]
    return choose(types, signatures)


def _made(signature: Signature | None, types: tuple[str, ...]) -> Chosen | None:
    if signature is None:
        return None
    takes = signature.of(len(types)) or ()
    bound = unify(takes, types)
    return Chosen(signature, tuple(_plain(take, bound) for take in takes), _plain(signature.gives, bound))


def choose(types: Sequence[str], signatures: Sequence[Signature]) -> Signature | None:
    """The signature a call with these types means."""
    sized = [(one, takes) for one in signatures if (takes := one.of(len(types))) is not None]
    exact = [one for one, takes in sized if takes == tuple(types)]
    if exact:
        return exact[0]
    left = [(one, takes) for one, takes in sized if all(map(is_coercible, types, takes)) and unify(takes, types) is not None]  # fmt: skip
    plain = [entry for entry in left if not (entry[0].variadic and len(types) >= len(entry[0].takes))]
    left = plain or left
    for rank in (_exact, _preferred):
        left = _best(left, types, rank)
        if len(left) < len("ab"):
            return left[0][0] if left else None
    return _by_literals(types, left)


def unify(takes: Sequence[str], types: Sequence[str]) -> dict[str, str] | None:
    """What the polymorphic types stand for: "element" and "compatible"; None where the arguments disagree."""
    found: dict[str, str] = {}
    elements = {_inside(take, type_) for take, type_ in zip(takes, types, strict=True) if take in ELEMENTS and type_ != UNKNOWN}  # fmt: skip
    if len(elements) > 1 or "" in elements:
        return None
    if elements:
        found["element"] = elements.pop()
    others = [_inside(take, type_) for take, type_ in zip(takes, types, strict=True) if take in COMPATIBLE and type_ != UNKNOWN]  # fmt: skip
    if others:
        common = common_type(others)
        if common is None:
            return None
        found["compatible"] = common
    return found


def _inside(take: str, type_: str) -> str:
    """The element that a polymorphic argument of this type speaks of."""
    if take.endswith("array") and not take.endswith("nonarray"):
        return type_[:-2] if type_.endswith("[]") else ""
    if take.endswith("multirange"):
        return next((element for element, multi in catalogue().ranges.values() if multi == type_), "")
    if take.endswith("range"):
        return catalogue().ranges.get(type_, ("", ""))[0]
    return type_


def _plain(take: str, bound: dict[str, str] | None) -> str:
    if take not in ANY:
        return take
    element = (bound or {}).get("element" if take in ELEMENTS else "compatible", "")
    if not element and take in COMPATIBLE:
        element = "text"
    if not element:
        return ""
    if take.endswith("array") and not take.endswith("nonarray"):
        return f"{element}[]"
    if take.endswith("multirange"):
        return next((multi for inner, multi in catalogue().ranges.values() if inner == element), "")
    if take.endswith("range"):
        return next((name for name, (inner, _) in catalogue().ranges.items() if inner == element), "")
    return element


def common_type(types: Sequence[str]) -> str | None:
    """Of the branches of CASE, the elements of an array: section 10.5. None where there is none."""
    known = [type_ for type_ in types if type_ != UNKNOWN]
    if not known:
        return "text"
    found = known[0]
    for type_ in known[1:]:
        if type_ == found:
            continue
        if category(type_) != category(found):
            return None
        if found not in catalogue().preferred and is_coercible(found, type_) and not is_coercible(type_, found):
            found = type_
    return found if all(is_coercible(type_, found) for type_ in known) else None


Rank = Callable[[str, str], bool]
_Sized = tuple[Signature, tuple[str, ...]]


def _best(signatures: list[_Sized], types: Sequence[str], rank: Rank) -> list[_Sized]:
    counts = [sum(map(rank, types, takes)) for _, takes in signatures]
    return [one for one, count in zip(signatures, counts, strict=True) if count == max(counts)]


def _exact(type_: str, taken: str) -> bool:
    return type_ != UNKNOWN and type_ == taken


def _preferred(type_: str, taken: str) -> bool:
    return type_ != UNKNOWN and (type_ == taken or (taken in catalogue().preferred and category(taken) == category(type_)))  # fmt: skip


def _by_literals(types: Sequence[str], sized: list[_Sized]) -> Signature | None:
    """What the candidates take at the places of literals decides: text before all, else the only category."""
    for at, type_ in enumerate(types):
        if type_ != UNKNOWN:
            continue
        categories = {category(takes[at]) for _, takes in sized if takes[at] not in ANY}
        wanted = "S" if "S" in categories else next(iter(categories), "") if len(categories) == 1 else ""
        if wanted:
            kept = [one for one in sized if category(one[1][at]) == wanted]
            liked = [one for one in kept if one[1][at] in catalogue().preferred]
            sized = liked or kept
    if len(sized) == 1:
        return sized[0][0]
    known = {type_ for type_ in types if type_ != UNKNOWN}
    if len(known) == 1 and UNKNOWN in types:
        guess = known.pop()
        sized = [one for one in sized if all(is_coercible(guess, taken) for taken in one[1])]
    return sized[0][0] if len(sized) == 1 else None
