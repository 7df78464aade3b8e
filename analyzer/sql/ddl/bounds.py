"""Comparisons of one column with numbers -> its bounds.

What comes in: the tokens of a check without casts and parentheses. What goes out: Bounds, or None where it says anything else. Sources of the
functions that count characters: the pages on string functions of PostgreSQL, SQLite and MySQL (whose LENGTH counts bytes). This module does not
know tables.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.facts.clause import Bounds
from analyzer.sql.ddl.cursor import Cursor

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
_LENGTHS = {
    "postgres": frozenset({"LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH"}),
    "sqlite": frozenset({"LENGTH"}),
    "mysql": frozenset({"CHAR_LENGTH", "CHARACTER_LENGTH"}),
}


def read_bounds(cursor: Cursor, tokens: list[int]) -> Bounds | None:
    """`quantity > 0 AND quantity <= 99`, `quantity BETWEEN 1 AND 99`, `length(name) <= 40`."""
    found: Bounds | None = None
    for words in _parts(_joined(cursor, tokens)):
        made = _between(words, cursor) or _comparison(words, cursor)
        if made is None or (found is not None and (found.column, found.of) != (made.column, made.of)):
            return None
        if found is not None:
            if (made.low is not None and found.low is not None) or (made.high is not None and found.high is not None):
                return None
            low, high = (found, made) if found.low is not None else (made, found)
            made = replace(low, high=high.high, below=high.below)
        found = made
    return found


def _joined(cursor: Cursor, tokens: list[int]) -> list[str]:
    """Words and signs as texts; signs that stand together are one, a minus belongs to its number."""
    out: list[str] = []
    last = -1
    for index in tokens:
        raw = cursor.raw(index)
        begins = cursor.tokens[index].start
        if (out and (out[-1] in ("<", ">") and raw == "=" and begins == last)) or (
            out and out[-1] == "-" and cursor.kind(index) == "number" and (len(out) == 1 or not _is_operand(out[-2]))
        ):
            out[-1] += raw
        else:
            out.append(raw)
        last = cursor.tokens[index].end
    return out


def _is_operand(word: str) -> bool:
    return word not in _TURNED and word.upper() not in ("AND", "BETWEEN")


def _parts(words: list[str]) -> Iterator[list[str]]:
    """What AND joins; that of BETWEEN joins nothing."""
    part: list[str] = []
    for word in words:
        if word.upper() == "AND" and not any(each.upper() == "BETWEEN" for each in part[-2:]):
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _subject(words: list[str], cursor: Cursor) -> Bounds | None:
    of = len(words) == 2 and words[0].upper() in _LENGTHS[cursor.dialect]
    name = words[-1] if len(words) == 1 or of else ""
    if not name or not (name[0].isalpha() or name[0] in '_"`['):
        return None
    bare = name.strip('"`[]')
    folded = bare.lower() if cursor.dialect == "postgres" and name[0] != '"' else bare
    return Bounds(folded, "length" if of else "value")


def _between(words: list[str], cursor: Cursor) -> Bounds | None:
    upper = [word.upper() for word in words]
    if upper[-4:-3] != ["BETWEEN"] or upper[-2] != "AND":
        return None
    subject = _subject(words[:-4], cursor)
    numbers = _is_number(words[-3]) and _is_number(words[-1])
    return replace(subject, low=words[-3], high=words[-1]) if subject is not None and numbers else None


def _comparison(words: list[str], cursor: Cursor) -> Bounds | None:
    signs = [at for at, word in enumerate(words) if word in _TURNED]
    if len(signs) != 1:
        return None
    at = signs[0]
    left, sign, right = words[:at], words[at], words[at + 1 :]
    if len(left) == 1 and _is_number(left[0]):
        left, sign, right = right, _TURNED[sign], left
    subject = _subject(left, cursor)
    if subject is None or len(right) != 1 or not _is_number(right[0]):
        return None
    return _bounded(subject, sign, right[0])


def _bounded(subject: Bounds, sign: str, number: str) -> Bounds:
    match sign:
        case ">" | ">=":
            return replace(subject, low=number, above=sign == ">")
        case "<" | "<=":
            return replace(subject, high=number, below=sign == "<")
        case _:
            return replace(subject, low=number, high=number)


def _is_number(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.replace(".", "", 1).isdigit()
