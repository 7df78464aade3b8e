"""Names of types inside expressions.

What comes in: the lexemes behind `::` or in CAST. What goes out: the name as the engine prints it, with modifiers. This module does not know
columns.
"""

import re
from functools import lru_cache

from analyzer.catalog.types import parse_type
from analyzer.facts.source import Dialect
from analyzer.sql.canonical.tokens import Tokens, UnreadableError

_SECOND = {"double": "precision", "character": "varying", "char": "varying", "bit": "varying", "national": "character"}
_ZONED = frozenset({"time", "timestamp"})
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "to"})
_TAILS = frozenset({"unsigned", "signed", "zerofill"})
# `char` is `character(1)`, `bit` is `bit(1)`: PostgreSQL's documentation, sections 8.3 and 8.10.
_ONE = frozenset({"character", "bit"})
_QUOTED = re.compile(r"('(?:[^'\\]|''|\\.)*')")
_ARGUMENTS = re.compile(r"\s*\([^)]*\)")
_BLANKS = re.compile(r"\s{0,20}([(),])\s{0,20}")
_MYSQL = re.compile(
    r"(double precision|character varying|[a-z]\w*) ?(\((?:'(?:[^'\\]|''|\\.)*'|[^')])*\))?(.*)", re.DOTALL
)
# The MySQL reference manual, "Using Data Types from Other Database Engines", "Numeric Data Type Syntax".
_SYNONYMS = {
    "integer": "int", "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "double precision": "double", "boolean": "tinyint(1)",
    "bool": "tinyint(1)", "character varying": "varchar", "character": "char", "real": "double", "int1": "tinyint", "int2": "smallint",
    "int3": "mediumint", "middleint": "mediumint", "int4": "int", "int8": "bigint",
}  # fmt: skip
_WIDE = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
TEXTS = frozenset({"text", "character varying", "varchar", "name", "citext", "bpchar", "character"})
INTEGERS = frozenset({"smallint", "integer", "bigint"})
NUMBERS = INTEGERS | {"numeric", "real", "double precision", "money"}


def read_type(tokens: Tokens) -> str:
    """The name of the type that comes next. Raises UnreadableError where none does."""
    is_quoted = tokens.peek().kind == "name"
    words = [_word(tokens)]
    while tokens.accept("."):
        is_quoted = tokens.peek().kind == "name"
        words = [_word(tokens)]
    if is_quoted:
        # "char" is another type than char; any other name in quotes is the type of that name.
        name = words[0] if words[0] == "char" else type_name(words[0], tokens)
        return name + _arguments(tokens) + _array(tokens)
    bare = words[0]
    if tokens.peek().text == _SECOND.get(bare) and tokens.peek().kind == "word":
        words.append(tokens.take().text)
    arguments = _arguments(tokens)
    if bare in _ZONED:
        words += _zone(tokens)
    while tokens.peek().kind == "word" and tokens.peek().text in (_FIELDS if bare == "interval" else _TAILS):
        words.append(tokens.take().text)
    if bare == "interval" and not arguments:
        arguments = _arguments(tokens)
    if tokens.dialect == "mysql" and (tokens.accept("charset") or tokens.accept("character", "set")):
        words = ["binary"] if tokens.take().text == "binary" else words
    return type_name(" ".join(words), tokens) + arguments + _array(tokens)


def type_name(words: str, tokens: Tokens) -> str:
    if tokens.dialect != "postgres":
        return words
    name = parse_type(words, "postgres").name
    return "bpchar" if words == "bpchar" else name


@lru_cache(maxsize=4096)
def exact_type(raw: str, dialect: Dialect) -> str:
    """A declared type as the engine prints it, with its modifiers: `varchar(20)` is `character varying(20)`. "" where it cannot be read."""
    if dialect == "mysql":
        return _mysql_type(raw)
    if dialect != "postgres":
        # SQLite takes no notice of a type's arguments.
        return " ".join(_ARGUMENTS.sub("", raw.lower()).split())
    try:
        tokens = Tokens(raw, dialect)
        name = read_type(tokens)
    except (UnreadableError, ValueError):
        return ""
    name, modifiers, array = split_type(name)
    if name == "numeric" and modifiers and "," not in modifiers:
        modifiers = f"{modifiers[:-1]},0)"
    if name in _ONE and not modifiers and raw.lower().split("[")[0].strip() != "bpchar":
        modifiers = "(1)"
    head, zone = name.partition(" with")[::2]
    return f"{head}{modifiers}{' with' + zone if zone else ''}{array}" if tokens.done else ""


def _mysql_type(raw: str) -> str:
    """As SHOW CREATE TABLE prints it: without synonyms, display widths and blanks; what is quoted stays."""
    pieces = _QUOTED.split(raw)
    text = "".join(piece if at % 2 else _BLANKS.sub(r"\1", piece.lower()) for at, piece in enumerate(pieces)).strip()
    found = _MYSQL.fullmatch(text)
    if found is None:
        return text
    name, arguments, tail = _SYNONYMS.get(found[1], found[1]), found[2] or "", " ".join(found[3].split())
    if name in _WIDE and (name, arguments) != ("tinyint", "(1)"):
        arguments = ""
    if name == "decimal" and "," not in arguments:
        arguments = f"{arguments[:-1]},0)" if arguments else "(10,0)"
    return f"{name}{arguments}{' ' if tail else ''}{tail}"


def split_type(name: str) -> tuple[str, str, str]:
    """`character varying(20)[]` -> its name, its modifiers and its brackets."""
    base, array = (name[: name.index("[")], name[name.index("[") :]) if "[" in name else (name, "")
    head, bracket, rest = base.partition("(")
    inside, _, tail = rest.partition(")")
    return head + tail, bracket + inside + ")" if bracket else "", array


def _word(tokens: Tokens) -> str:
    lexeme = tokens.take()
    if lexeme.kind not in ("word", "name"):
        raise UnreadableError(lexeme.text)
    return lexeme.text


def _arguments(tokens: Tokens) -> str:
    if not tokens.sees("("):
        return ""
    tokens.expect("(")
    parts = []
    while not tokens.accept(")"):
        if tokens.done:
            raise UnreadableError("(")
        parts.append(tokens.take().text)
    return f"({''.join(parts)})"


def _zone(tokens: Tokens) -> list[str]:
    for word in ("with", "without"):
        if tokens.accept(word, "time", "zone"):
            return [word, "time", "zone"]
    return []


def _array(tokens: Tokens) -> str:
    is_array = tokens.accept("array")
    while tokens.sees("[") and (tokens.peek(1).text == "]" or (tokens.peek(1).kind == "number" and tokens.peek(2).text == "]")):  # fmt: skip
        tokens.at += 2 if tokens.peek(1).text == "]" else 3
        is_array = True
    return "[]" if is_array else ""
