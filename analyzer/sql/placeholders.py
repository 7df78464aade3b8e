"""Host placeholders and holes -> a text that sqlglot parses, with the way back to the text that was given.

What comes in: an embedded text, a dialect and the driver's placeholder style. What goes out: the same text with every placeholder
written ` :p<n> ` and every hole written as a name, and an offset map. This module does not parse: it lexes, so that strings
and comments never hold placeholders.

Sources: sqlite.org/lang_expr.html#varparam (`?`, `?1`, `:a`, `@a`, `$a`); PEP 249 for `%s`, `%(name)s` and the doubled percent sign;
PostgreSQL's documentation 9.16 for `?`, `?|` and `?&` as operators of jsonb.
"""

import re
from bisect import bisect_right
from functools import cached_property

from msgspec import Struct

from analyzer.facts.query import ParamStyle
from analyzer.facts.source import Dialect
from analyzer.sql.embed import EmbeddedSql
from analyzer.sql.scan import Token, scan

_NEXT = re.compile(r"\s*(\S)")
HOLE = "schemalink_hole_"
_SIGILS = re.compile(r"%\((?P<pyformat>[^()\s]+)\)s|[:@$](?P<name>[A-Za-z_]\w*)|[?$](?P<number>\d+)")
_BRACED = re.compile(r"\{[a-z_]\w*$", re.IGNORECASE)


class Placeholder(Struct, frozen=True):
    """`key` is what makes two mentions one parameter; `position` is 1-based in the order the driver binds."""

    start: int
    end: int
    position: int
    name: str | None
    style: str


class Canonical(Struct, frozen=True, dict=True):
    """`edits` are (start, end, new start, new end) of what was rewritten; between them both texts are the same.

    `placeholders[n]` is the mention written `:p<n>`; `holes[n]` is the place of the hole whose name ends in n,
    `places[n]` where `:p<n>` stands in the canonical text.
    """

    sql: str
    edits: tuple[tuple[int, int, int, int], ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    holes: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [edit[2] for edit in self.edits]

    def origin(self, at: int, *, end: bool = False) -> int:
        """The character of the given text behind one of the canonical text."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at
        start, stop, new_start, new_stop = self.edits[index]
        if at >= new_stop:
            return at - new_stop + stop
        if end and at == new_start:
            return start
        return stop if end else start


class _Mention(Struct, frozen=True):
    """What is written in place of [start, end)."""

    start: int
    end: int
    text: str
    placeholder: tuple[str | None, str] | None = None


def guess_style(sql: str, tokens: list[Token], dialect: Dialect) -> ParamStyle:
    """The style a text seems to be written in, where the driver accepts several."""
    texts = {sql[token.start : token.end] for token in tokens if token.kind == "placeholder"}
    if any(text.startswith("%") for text in texts):
        return "pyformat"
    if any(text[0] == "$" and text[1:].isdigit() for text in texts) and dialect == "postgres":
        return "numeric"
    return "any"


def canonicalise(embedded: EmbeddedSql, dialect: Dialect, paramstyle: ParamStyle = "any") -> Canonical:
    """The text rewritten. Never fails: what is not understood is left as it stands."""
    sql = embedded.sql
    tokens = list(scan(sql, dialect))
    style = guess_style(sql, tokens, dialect) if paramstyle == "any" else paramstyle
    opaque = [(start, end) for start, end, kind in embedded.holes if kind != "bound"]
    mentions = _placeholders(embedded, tokens, dialect, style)
    mentions += _holes(tokens, opaque)
    return _rewrite(sql, sorted(mentions, key=lambda mention: mention.start))


def _holes(tokens: list[Token], opaque: list[tuple[int, int]]) -> list[_Mention]:
    """Holes outside strings and comments: inside them they are text like any other."""
    hidden = [(token.start, token.end) for token in tokens if token.kind in ("string", "comment")]
    starts = [start for start, _ in hidden]
    found = []
    for number, (start, end) in enumerate(opaque):
        index = bisect_right(starts, start) - 1
        if index < 0 or hidden[index][1] <= start:
            found.append(_Mention(start, end, f"{HOLE}{number}"))
    return found


def _placeholders(embedded: EmbeddedSql, tokens: list[Token], dialect: Dialect, style: ParamStyle) -> list[_Mention]:
    found: list[_Mention] = []
    previous: Token | None = None
    sql = embedded.sql
    bound = {start for start, _, kind in embedded.holes if kind == "bound"}
    hole_ends = {end for _, end, kind in embedded.holes if kind != "bound"}
    depth: list[str] = []
    for token in tokens:
        text = sql[token.start : token.end]
        if token.kind == "punctuation" and text in "([":
            depth.append(text)
        elif token.kind == "punctuation" and text in ")]" and depth:
            depth.pop()
        if token.kind == "placeholder":
            in_slice = bool(depth) and depth[-1] == "["
            if token.start in bound:
                found.append(_Mention(token.start, token.end, "", (None, "numeric")))
            elif text == "?" and dialect == "mysql" and _is_doubled(sql, token):
                if sql[token.end : token.end + 1] == "?":  # `??` of the mysql drivers is an identifier
                    found.append(_Mention(token.start, token.end + 1, HOLE, (None, "identifier")))
            elif _counts(sql, token, previous, dialect, style, in_slice=in_slice) and token.start not in hole_ends:
                found.append(_Mention(token.start, token.end, "", _identity(text)))
        elif style == "pyformat" and token.kind in ("punctuation", "string", "quoted", "comment"):
            found += _percents(sql, token)
        if token.kind != "comment":
            previous = token
    return found


def _is_doubled(sql: str, token: Token) -> bool:
    return sql.startswith("?", token.end) or (token.start > 0 and sql[token.start - 1] == "?")


def _percents(sql: str, token: Token) -> list[_Mention]:
    """Drivers that format with `%` read `%%` as one percent sign, in strings too."""
    if token.kind == "punctuation":
        doubled = sql.startswith("%%", token.start) and not sql.startswith("%", token.start - 1)
        return [_Mention(token.start, token.start + 2, "%")] if doubled else []
    return [_Mention(m.start(), m.end(), "%") for m in re.compile("%%").finditer(sql, token.start, token.end)]


def _counts(
    sql: str, token: Token, previous: Token | None, dialect: Dialect, style: ParamStyle, *, in_slice: bool
) -> bool:
    text = sql[token.start : token.end]
    match text[0]:
        case "?":
            named = style == "named" and dialect != "postgres"  # there it is an operator of jsonb
            return (style in ("qmark", "any") or named) and not _is_json_operator(sql, token, previous, dialect, style)
        case "%":
            return style == "pyformat" and not sql.startswith("%", token.start - 1)
        case ":" if _BRACED.search(sql, max(0, token.start - 80), token.start) is not None:
            # ClickHouse's `{start:DateTime64(3)}` is bound by another driver.
            return False
        case ":":
            return (style in ("named", "any", "qmark") and not in_slice) or (style == "named")
        case "@":
            return (dialect == "sqlite" and not text.startswith("@@")) or (style == "named" and dialect != "mysql")
        case _:
            return style != "none" and (text[1:].isdigit() or dialect == "sqlite" or style in ("named", "any"))


def _is_json_operator(sql: str, token: Token, previous: Token | None, dialect: Dialect, style: ParamStyle) -> bool:
    if dialect != "postgres" or token.end - token.start > 1:
        return False
    if sql[token.end : token.end + 1] in ("|", "&") and sql[token.end : token.end + 2] != "||":
        return True
    if style != "any" or previous is None:
        return False
    following = _NEXT.match(sql, token.end)
    ends_operand = previous.kind in ("quoted", "string") or (
        previous.kind == "word" and not _is_keyword(sql[previous.start : previous.end])
    )
    return (ends_operand or sql[previous.start] in ")]") and following is not None and following[1] in "'$:?"


_KEYWORDS = frozenset((
    "and", "or", "not", "in", "like", "ilike", "between", "is", "then", "else", "when", "case", "limit", "offset",
    "set", "values", "where", "on", "having", "select", "returning", "by", "as", "from", "any", "all", "some",
    "interval", "top", "similar", "to", "glob", "regexp", "match", "escape", "default", "do", "update", "using",
    "into", "with",
))  # fmt: skip


def _is_keyword(word: str) -> bool:
    return word.lower() in _KEYWORDS


def _identity(text: str) -> tuple[str | None, str]:
    match = _SIGILS.fullmatch(text)
    if match is None:
        return None, "qmark" if text[0] == "?" else "format"
    if match["number"]:
        return match["number"], "numeric"
    return match["pyformat"] or match["name"], "pyformat" if match["pyformat"] else text[0]


def _rewrite(sql: str, mentions: list[_Mention]) -> Canonical:
    out: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    placeholders: list[Placeholder] = []
    holes: list[tuple[int, int]] = []
    places: list[int] = []
    keys: dict[tuple[str, str], int] = {}
    at, size, last = 0, 0, 0
    for mention in mentions:
        if mention.start < at:
            continue
        text = mention.text
        start = size + mention.start - at
        if mention.placeholder is not None:
            name, style = mention.placeholder
            last = _position(name, style, keys, last)
            shown = name if style not in ("numeric", "qmark", "format") else None
            position = _assigned(name, style, keys, last)
            text = text or f" :p{len(placeholders)} "
            placeholders.append(Placeholder(mention.start, mention.end, position, shown, style))
            places.append(start + (text[0] == " "))
        if text.startswith(HOLE):
            text = f"{HOLE}{len(holes)}"
            holes.append((mention.start, mention.end))
        out += (sql[at : mention.start], text)
        size += mention.start - at
        edits.append((mention.start, mention.end, size, size + len(text)))
        size += len(text)
        at = mention.end
    out.append(sql[at:])
    return Canonical("".join(out), tuple(edits), tuple(placeholders), tuple(holes), tuple(places))


def _position(name: str | None, style: str, keys: dict[tuple[str, str], int], last: int) -> int:
    """The highest position after this mention: SQLite numbers a bare `?` one above the highest before it."""
    if name is None:
        return last + 1
    if style == "numeric":
        return max(last, int(name[:9]))
    if (style, name) in keys:
        return last
    keys[style, name] = last + 1
    return last + 1


def _assigned(name: str | None, style: str, keys: dict[tuple[str, str], int], last: int) -> int:
    if name is None:
        return last
    return int(name[:9]) if style == "numeric" else keys[style, name]
