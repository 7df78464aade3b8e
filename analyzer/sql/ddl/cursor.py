"""A cursor over the tokens of one statement: the ground the DDL readers stand on.

What comes in: an EmbeddedSql and a range of it. What goes out: words, names, groups, expressions as source text, and spans.

Why tokens and not sqlglot's tree: a tree has no place for a column's definition or an action of ALTER TABLE, rewrites types and
defaults, falls back to `exp.Command` for a twelfth of real ALTER statements, and reads `ALTER TABLE t RENAME a TO b` as a rename of the
table. DDL is regular enough that its own words are the better witness. This module does not know any statement.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Dialect, Span
from analyzer.sql.ddl import splices
from analyzer.sql.embed import EmbeddedSql
from analyzer.sql.scan import Token, scan

_LONGEST = 63
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


class UnreadError(Exception):
    """The reader met something it does not know; `token` is the index where."""


class Cursor:
    """A position in the tokens of a statement, or of a part of one. Comments are not seen."""

    def __init__(self, source: EmbeddedSql, tokens: Sequence[Token], dialect: Dialect, end: int) -> None:
        self.source = source
        self.tokens = tokens
        self.dialect = dialect
        self.at = 0
        self.end = end

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def raw(self, ahead: int = 0) -> str:
        """The source text of a token, "" beyond the end."""
        if self.at + ahead >= len(self.tokens):
            return ""
        token = self.tokens[self.at + ahead]
        return self.source.sql[token.start : token.end]

    def word(self, ahead: int = 0) -> str:
        """A word in upper case, or a sign; "" for what is quoted, and beyond the end."""
        return self.raw(ahead).upper() if self.kind(ahead) in ("word", "punctuation") else ""

    def sees(self, *words: str) -> bool:
        return all(self.word(ahead) == word for ahead, word in enumerate(words))

    def sees_any(self, *words: str) -> bool:
        return self.word() in words

    def take(self, *words: str) -> bool:
        """Moves over these words where they come next."""
        found = self.sees(*words)
        self.at += len(words) if found else 0
        return found

    def take_any(self, *words: str) -> str:
        """Moves over one of these words; says which, "" for none."""
        word = self.word()
        if word not in words or not word:
            return ""
        self.at += 1
        return word

    def expect(self, *words: str) -> None:
        if not self.take(*words):
            raise UnreadError(f"expected {' '.join(words)}, found {self.raw() or 'the end'}")

    def name(self) -> str:
        """An identifier, folded as the dialect folds it; one with a hole is not known."""
        name = self._any_name()
        if splices.HOLE in name:
            raise UnreadError("a name is spliced in")
        return name

    def _any_name(self) -> str:
        kind, raw = self.kind(), self.raw()
        if kind == "word":
            self.at += 1
            return self._cut(raw.lower()) if self.dialect == "postgres" else raw
        if kind == "quoted" or (kind == "string" and self.dialect == "sqlite"):
            self.at += 1
            return self._cut(unquote(raw))
        raise UnreadError(f"expected a name, found {raw or 'the end'}")

    def _cut(self, name: str) -> str:
        """PostgreSQL's manual, 4.1.1: of a longer identifier the first 63 bytes count."""
        encoded = name.encode(errors="replace")
        if self.dialect != "postgres" or len(encoded) <= _LONGEST:
            return name
        return encoded[:_LONGEST].decode(errors="ignore")

    def object_name(self) -> ObjectName:
        """`name`, `namespace.name`; of three parts the last two count."""
        parts = [self._any_name()]
        while self.take("."):
            parts.append(self._any_name())
        name = splices.object_name(parts)
        if name is None:
            raise UnreadError("a name is spliced in")
        return name

    @property
    def is_spliced(self) -> bool:
        """Whether a hole is among the tokens."""
        return bool(self.tokens) and splices.HOLE in self.source.sql[self.tokens[0].start : self.tokens[-1].end]

    def string(self) -> str:
        """A string literal's value."""
        if self.kind() != "string":
            raise UnreadError(f"expected a string, found {self.raw() or 'the end'}")
        self.at += 1
        return unquote(self.raw(-1))

    def group(self) -> "Cursor":
        """What stands between this parenthesis and its partner; the cursor moves behind it."""
        if self.word() not in _OPEN:
            raise UnreadError(f"expected a parenthesis, found {self.raw() or 'the end'}")
        start = self.at + 1
        self.skip()
        if self.at > len(self.tokens):
            raise UnreadError("a parenthesis is not closed")
        return self.part(start, self.at - 1)

    def skip(self) -> None:
        """Moves over one token, or over a whole group; beyond the end where the group is not closed."""
        depth = 0
        if self.word() in _CLOSE:
            raise UnreadError(f"unexpected {self.raw()}")
        while not self.done:
            word = self.word()
            depth += (word in _OPEN) - (word in _CLOSE)
            self.at += 1
            if depth <= 0:
                return
        self.at = len(self.tokens) + 1

    def items(self) -> Iterator["Cursor"]:
        """The parts between the commas; an empty one behind a last comma."""
        while not self.done:
            start = self.at
            while not self.done and self.word() != ",":
                self.skip()
            yield self.part(start, min(self.at, len(self.tokens)))
            if self.at == len(self.tokens) - 1:
                yield self.part(len(self.tokens), len(self.tokens))
            self.at += 1

    def until(self, stops: frozenset[str], *, first: bool = False) -> str:
        """The source text up to one of these words outside any group. The first token is never a stop unless `first`."""
        start = self.at
        while not self.done and ((self.at == start and not first) or self.word() not in stops):
            self.skip()
        return self.text(start, min(self.at, len(self.tokens)))

    def rest(self) -> str:
        text = self.text(self.at, len(self.tokens))
        self.at = len(self.tokens)
        return text

    def part(self, start: int, end: int) -> "Cursor":
        """A cursor over the tokens [start, end) of this one."""
        return Cursor(self.source, self.tokens[start:end], self.dialect, self._end(end))

    def text(self, start: int, end: int) -> str:
        """The source text of the tokens [start, end), without comments."""
        if start >= end:
            return ""
        sql, out = self.source.sql, []
        for at in range(start, end):
            token = self.tokens[at]
            if at > start:
                gap = sql[self.tokens[at - 1].end : token.start]
                out.append(" " if gap.strip() else gap)
            out.append(sql[token.start : token.end])
        return splices.shown("".join(out))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The bytes of the tokens [start, end); all of them by default."""
        last = len(self.tokens) if end is None else min(end, len(self.tokens))
        if start >= last:
            return self.source.span(self.end, self.end)
        return self.source.span(self.tokens[start].start, self.tokens[last - 1].end)

    def _end(self, index: int) -> int:
        return self.tokens[index - 1].end if 0 < index <= len(self.tokens) else self.end


def open_statement(source: EmbeddedSql, start: int, end: int, dialect: Dialect) -> Cursor:
    """A cursor over one statement of a text."""
    tokens = takewhile(lambda token: token.start < end, scan(source.sql, dialect, start))
    return Cursor(source, [token for token in tokens if token.kind != "comment"], dialect, end)


def unquote(raw: str) -> str:
    """The value of a quoted name or string, doubled quotes made single."""
    if raw[:1] == "[":
        return raw[1:-1]
    if raw[:1] == "$":
        tag = raw[: raw.find("$", 1) + 1]
        return raw[len(tag) :].removesuffix(tag)
    prefix = raw.find("'") if raw[:1] not in ("'", '"', "`") else 0
    quote = raw[prefix : prefix + 1]
    return raw[prefix + 1 :].removesuffix(quote).replace(quote * 2, quote)
