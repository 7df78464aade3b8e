"""Which of several functions or operators of one name PostgreSQL takes.

What comes in: the types of the arguments ("unknown" for a literal) and the signatures. What goes out: one Signature, or None where none or several
fit. Source: PostgreSQL's documentation, sections 10.2, 10.3 and 10.5. This module does not know expressions.
"""

from collections.abc import Callable, Sequence

from analyzer.sql.canonical.pg_catalog import ANY, Signature, catalogue

UNKNOWN = "unknown"


def category(type_: str) -> str:
    """A letter; what is no type of the catalogue's is an enum or an extension's."""
    if type_.endswith("[]"):
        return "A"
    return "X" if type_ == UNKNOWN else catalogue().categories.get(type_, "E")


def is_coercible(source: str, target: str) -> bool:
    """Without a cast being written."""
    if source in (target, UNKNOWN):
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
        case "anyrange":
            return category(source) == "R"
        case _:
            pass
    if source.endswith("[]") and target.endswith("[]"):
        return is_coercible(source[:-2], target[:-2])
    return catalogue().casts.get((source, target)) == "i"


def choose(types: Sequence[str], signatures: Sequence[Signature]) -> Signature | None:
    """The signature a call with these types means."""
    fitting = [signature for signature in signatures if len(signature.takes) == len(types)]
    exact = [signature for signature in fitting if signature.takes == tuple(types)]
    if exact:
        return exact[0]
    left = [one for one in fitting if all(map(is_coercible, types, one.takes))]
    for rank in (_exact, _preferred):
        left = _best(left, types, rank)
        if len(left) < len("ab"):
            return left[0] if left else None
    return _by_literals(types, left)


def choose_operator(left: str, right: str, signatures: Sequence[Signature]) -> Signature | None:
    """As `choose`; a literal beside a value is first taken for the same type."""
    types = (left, right)
    if UNKNOWN in types and left != right:
        known = right if left == UNKNOWN else left
        same = [one for one in signatures if one.takes == (known, known)]
        if same:
            return same[0]
    return choose(types, signatures)


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


def _best(signatures: list[Signature], types: Sequence[str], rank: Rank) -> list[Signature]:
    counts = [sum(map(rank, types, one.takes)) for one in signatures]
    return [one for one, count in zip(signatures, counts, strict=True) if count == max(counts)]


def _exact(type_: str, taken: str) -> bool:
    return type_ != UNKNOWN and type_ == taken


def _preferred(type_: str, taken: str) -> bool:
    return type_ != UNKNOWN and (type_ == taken or (taken in catalogue().preferred and category(taken) == category(type_)))  # fmt: skip


def _by_literals(types: Sequence[str], signatures: list[Signature]) -> Signature | None:
    """What the candidates take at the places of literals decides: text before all, else the only category."""
    for at, type_ in enumerate(types):
        if type_ != UNKNOWN:
            continue
        categories = {category(one.takes[at]) for one in signatures if one.takes[at] not in ANY}
        wanted = "S" if "S" in categories else next(iter(categories), "") if len(categories) == 1 else ""
        if wanted:
            kept = [one for one in signatures if category(one.takes[at]) == wanted]
            liked = [one for one in kept if one.takes[at] in catalogue().preferred]
            signatures = liked or kept
    if len(signatures) == 1:
        return signatures[0]
    known = {type_ for type_ in types if type_ != UNKNOWN}
    if len(known) == 1 and UNKNOWN in types:
        guess = known.pop()
        signatures = [one for one in signatures if all(is_coercible(guess, taken) for taken in one.takes)]
    return signatures[0] if len(signatures) == 1 else None
