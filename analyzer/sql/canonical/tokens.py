"""The tokens of one expression, with their values, and a position among them.

What comes in: a text and a dialect. What goes out: Lexemes. This module does not know grammar.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.source import Dialect
from analyzer.sql.scan import Token, scan

_SIGNS = frozenset("+-*/<>=~!@#%^&|?")
# PostgreSQL's documentation, section 4.1.3: an operator ends in + or - only where one of these is in it.
_RARE = frozenset("~!@#%^&|?")
_TWO = ("->>", "->", "<=>", "<>", "<=", ">=", "!=", "==", "||", "&&", "<<", ">>")
_ESCAPED = re.compile(r"\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "Z": "\x1a"}
_HEXADECIMAL = re.compile(r"0[xX]([0-9a-fA-F]{1,1000})\b")


class UnreadableError(Exception):
    """The text is no expression that is known here."""


class Lexeme(Struct, frozen=True):
    """`kind` is "word" (text in lower case), "name" (quoted, text as it means), "string", "bits", "number", "sign" or "" for the end."""

    kind: str
    text: str


_END = Lexeme("", "")


class Tokens:
    """A position in the lexemes of a text."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.dialect = dialect
        self.lexemes = list(_lexemes(text, dialect))
        self.at = 0

    def peek(self, ahead: int = 0) -> Lexeme:
        at = self.at + ahead
        return self.lexemes[at] if at < len(self.lexemes) else _END

    def take(self) -> Lexeme:
        found = self.peek()
        self.at += 1
        return found

    def sees(self, *texts: str) -> bool:
        """Unquoted words and signs come next."""
        return all(
            lexeme.kind in ("word", "sign") and lexeme.text == text
            for text, lexeme in ((text, self.peek(ahead)) for ahead, text in enumerate(texts))
        )

    def accept(self, *texts: str) -> bool:
        found = self.sees(*texts)
        self.at += len(texts) if found else 0
        return found

    def expect(self, *texts: str) -> None:
        if not self.accept(*texts):
            raise UnreadableError(texts[0])

    @property
    def done(self) -> bool:
        return self.at >= len(self.lexemes)


def _lexemes(text: str, dialect: Dialect) -> Iterator[Lexeme]:
    at = 0
    pending, before = "", -1
    while at <= len(text):
        token = next(scan(text, dialect, at), None)
        sign = _sign(text, token)
        if pending and (token is None or not sign or token.start != before):
            yield from _operators(pending, dialect)
            pending = ""
        if token is None:
            return
        at = token.end
        if token.kind == "number" and (hexadecimal := _HEXADECIMAL.match(text, token.start)):
            at = hexadecimal.end()
            yield Lexeme("bits", f"x{hexadecimal[1].lower()}")
        elif sign:
            pending, at = pending + sign, token.start + len(sign)
            before = at
        elif token.kind != "comment":
            yield _lexeme(text[token.start : token.end], token, dialect)


def _sign(text: str, token: Token | None) -> str:
    """The sign an operator may go on with: what is no placeholder in an expression (`?`, `@>`, `%s`) is one too."""
    if token is None:
        return ""
    first = text[token.start]
    operators = token.kind == "punctuation" and token.end - token.start == 1
    return first if first in _SIGNS and (operators or token.kind == "placeholder") else ""


def _operators(signs: str, dialect: Dialect) -> Iterator[Lexeme]:
    """One operator in PostgreSQL but for signs in front of an operand; the longest known ones elsewhere."""
    while signs:
        if dialect == "postgres":
            end = len(signs)
            while end > 1 and signs[end - 1] in "+-" and not _RARE & set(signs[:end]):
                end -= 1
        else:
            end = next((len(known) for known in _TWO if signs.startswith(known)), 1)
        yield Lexeme("sign", signs[:end])
        signs = signs[end:]


def _lexeme(raw: str, token: Token, dialect: Dialect) -> Lexeme:
    if not token.closed:
        raise UnreadableError(raw)
    match token.kind:
        case "word":
            return Lexeme("word", raw.lower())
        case "quoted":
            mark = raw[-1]
            return Lexeme("name", raw[1:-1].replace(mark * 2, mark) if mark != "]" else raw[1:-1])
        case "string":
            return _string(raw, dialect)
        case "number":
            return Lexeme("number", raw.lower())
        case "placeholder":
            raise UnreadableError(raw)
        case _:
            return Lexeme("sign", raw)


def _string(raw: str, dialect: Dialect) -> Lexeme:
    if raw.startswith("$"):
        mark = raw[: raw.index("$", 1) + 1]
        return Lexeme("string", raw[len(mark) : -len(mark)])
    quote = raw[-1]
    prefix, _, body = raw[:-1].partition(quote)
    value = body.replace(quote * 2, quote)
    if prefix in ("e", "E") or dialect == "mysql":
        value = _ESCAPED.sub(lambda match: _unescaped(match[1]), value)
    if prefix in ("x", "X"):
        # Bits in PostgreSQL, bytes elsewhere.
        value = "".join(f"{int(digit, 16):04b}" for digit in value) if dialect == "postgres" else f"x{value.lower()}"
    if prefix in ("b", "B") and dialect == "mysql" and set(value) <= {"0", "1"}:
        value = f"x{int(value or '0', 2):0{2 * max(1, (len(value) + 7) // 8)}x}"
    return Lexeme("bits" if prefix and prefix in "bBxX" else "string", value)


def _unescaped(code: str) -> str:
    if code[0] in "xuU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _CONTROL.get(code, code)
