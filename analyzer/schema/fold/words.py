"""The words of an expression's text: which columns it mentions, what it is called, and the text after a rename.

What comes in: the text of a check, default, predicate or index expression. What goes out: names, or the text anew. Source for what an expression
is called: PostgreSQL's `FigureIndexColname` (src/backend/parser/parse_target.c). This module does not know tables.
"""

from collections.abc import Iterable

from analyzer.facts.source import Dialect
from analyzer.sql.scan import Token, scan

# What `FigureIndexColname` calls a cast: the type's internal name.
_INTERNAL = {
    "int": "int4", "integer": "int4", "bigint": "int8", "smallint": "int2", "boolean": "bool", "real": "float4", "double": "float8", "decimal": "numeric",
    "character": "bpchar", "char": "bpchar", "time": "time", "timestamp": "timestamp",
}  # fmt: skip
_LONGEST = 64  # bytes, the closing zero with them
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")


def mentioned(sql: str, names: Iterable[str], dialect: Dialect) -> tuple[str, ...]:
    """Which of some columns an expression mentions, in the order of the columns. What is called or cast to is no column."""
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment"]
    words = set()
    for at, token in enumerate(tokens):
        raw = sql[token.start : token.end]
        if token.kind == "quoted":
            words.add(_cut(raw[1:-1].replace('""', '"')) if dialect == "postgres" else raw[1:-1].lower())
        elif token.kind == "word" and not _is_called(sql, tokens, at):
            words.add(_cut(raw.lower()) if dialect == "postgres" else raw.lower())
    return tuple(name for name in names if (name if dialect == "postgres" else name.lower()) in words)


def _cut(name: str) -> str:
    """PostgreSQL's manual, 4.1.1: the first 63 bytes of a name count."""
    encoded = name.encode(errors="replace")
    return name if len(encoded) < _LONGEST else encoded[: _LONGEST - 1].decode(errors="ignore")


def _is_called(sql: str, tokens: list[Token], at: int) -> bool:
    before = sql[tokens[at - 1].start : tokens[at - 1].end] if at else ""
    after = sql[tokens[at + 1].start] if at + 1 < len(tokens) else ""
    return before == "::" or after == "("


def with_column(sql: str, old: str, new: str, dialect: Dialect) -> str:
    """The text with a column under its new name."""
    tokens = [token for token in scan(sql, dialect) if token.kind != "comment"]
    out, end = [], 0
    for at, token in enumerate(tokens):
        raw = sql[token.start : token.end]
        quoted = token.kind == "quoted" and _same(raw[1:-1].replace('""', '"'), old, dialect)
        plain = token.kind == "word" and _same(raw.lower(), old, dialect) and not _is_called(sql, tokens, at)
        if quoted or plain:
            out += [sql[end : token.start], _written(new, dialect)]
            end = token.end
    return "".join((*out, sql[end:]))


def _same(word: str, name: str, dialect: Dialect) -> bool:
    return _cut(word) == name if dialect == "postgres" else word.lower() == name.lower()


def _written(name: str, dialect: Dialect) -> str:
    plain = name.isidentifier() and name.isascii() and (dialect != "postgres" or name == name.lower())
    quote = "`" if dialect == "mysql" else '"'
    return name if plain else f"{quote}{name.replace(quote, quote * 2)}{quote}"


def with_value(sql: str, old: str, new: str) -> str:
    """The text with a string literal's value changed."""
    before, after = (f"'{value.replace(chr(39), chr(39) * 2)}'" for value in (old, new))
    out, end = [], 0
    for token in scan(sql, "postgres"):
        if token.kind == "string" and sql[token.start : token.end] == before:
            out += [sql[end : token.start], after]
            end = token.end
    return "".join((*out, sql[end:]))


def figured(sql: str) -> str:
    """What PostgreSQL calls an expression in an index's name: its function, column or type, else `expr`."""
    tokens = [token for token in scan(sql, "postgres") if token.kind != "comment"]
    return _figured([sql[token.start : token.end] for token in tokens]) or "expr"


def _figured(words: list[str]) -> str:
    while len(words) > 1 and words[0] == "(" and _partner(words, 0) == len(words) - 1:
        words = words[1:-1]
    if not words:
        return ""
    cast = _last(words, "::")
    if cast:
        return _figured(words[:cast]) or _type(words[cast + 1 :])
    if words[0].upper() == "CAST" and words[1:2] == ["("] and _partner(words, 1) == len(words) - 1:
        inner = words[2:-1]
        at = _last(inner, "AS")
        return _figured(inner[:at]) or _type(inner[at + 1 :])
    collation = _last(words, "COLLATE")
    if collation:
        return _figured(words[:collation])
    return _called(words)


def _called(words: list[str]) -> str:
    """A column or a call, either with names in front; or CASE."""
    at = 0
    while words[at + 1 : at + 2] == ["."] and at + 2 < len(words):
        at += 2
    head = words[at]
    if head.upper() == "CASE" and words[-1].upper() == "END":
        return "case"
    if not (head[0].isalpha() or head[0] in '_"'):
        return ""
    name = _cut(head[1:-1].replace('""', '"') if head[0] == '"' else head.lower())
    if len(words) == at + 1:
        return name
    return name if words[at + 1] == "(" and _partner(words, at + 1) == len(words) - 1 else ""


def _type(words: list[str]) -> str:
    last = [word for word in words if word[:1].isalpha() or word[:1] in '_"']
    if not last:
        return ""
    if words[1:2] == ["."]:
        last = last[1:]
    head = last[0].strip('"').lower()
    return "varchar" if [word.lower() for word in last[:2]] == ["character", "varying"] else _INTERNAL.get(head, head)


def _partner(words: list[str], at: int) -> int:
    depth = 0
    for index in range(at, len(words)):
        depth += (words[index] in _OPEN) - (words[index] in _CLOSE)
        if depth == 0:
            return index
    return -1


def _last(words: list[str], sign: str) -> int:
    """Where a sign stands last outside parentheses, 0 for nowhere; only of what no operator follows."""
    depth, found = 0, 0
    for index, word in enumerate(words):
        depth += (word in _OPEN) - (word in _CLOSE)
        if depth == 0 and word.upper() == sign:
            found = index
    return found if found and all(_is_type_word(word) for word in words[found + 1 :]) else 0


def _is_type_word(word: str) -> bool:
    return word[0].isalnum() or word[0] in '_"()[],.'
