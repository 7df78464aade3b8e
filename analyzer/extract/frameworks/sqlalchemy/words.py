"""SQL that differs by engine, in the making: pieces for each dialect, put together to one row of parts.

What comes in: for each dialect characters and parts, None where the engine has no such thing. What goes out: parts of a Text. This module does
not know SQLAlchemy.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import DialectPart, HolePart, LiteralPart
from analyzer.facts.source import DIALECTS, Dialect, Span

Words = tuple[str | Part, ...]
_ORDER: tuple[Dialect, ...] = ("postgres", "sqlite", "mysql")


class Spoken(Struct, frozen=True):
    """What each engine is told; None where it has no word for it."""

    postgres: Words | None = None
    sqlite: Words | None = None
    mysql: Words | None = None

    def words(self, dialect: str) -> Words | None:
        return self.postgres if dialect == "postgres" else self.sqlite if dialect == "sqlite" else self.mysql

    def each(self, change: Callable[[Words], Words]) -> "Spoken":
        """Every engine's words changed in one way."""
        made = [change(words) if words is not None else None for words in (self.postgres, self.sqlite, self.mysql)]
        return Spoken(*made)


def everywhere(*words: str | Part) -> Spoken:
    return Spoken(words, words, words)


def parts_of(spoken: Spoken, span: Span) -> tuple[Part, ...]:
    """One row of parts: where engines differ in more than characters, those that need nothing but characters are kept."""
    cut = {dialect: _cut(words) for dialect in DIALECTS if (words := spoken.words(dialect)) is not None}
    if not cut:
        return (HolePart(span, UnknownOrigin()),)
    # PostgreSQL's shape is taken where it is one of several.
    rows = [inner for _, inner in cut.values()]
    shape = cut["postgres"][1] if "postgres" in cut else max(rows, key=rows.count)
    texts = {dialect: pieces for dialect, (pieces, inner) in cut.items() if inner == shape}
    return tuple(_woven(texts, shape, span))


def _woven(texts: Mapping[Dialect, list[str]], shape: tuple[Part, ...], span: Span) -> Iterator[Part]:
    for at in range(len(shape) + 1):
        words = [texts[dialect][at] if dialect in texts else None for dialect in _ORDER]
        if len(set(words)) > 1:
            yield DialectPart(span, *words)
        elif words[0]:
            yield LiteralPart(words[0], span, ())
        if at < len(shape):
            yield shape[at]


def _cut(words: Words) -> tuple[list[str], tuple[Part, ...]]:
    """Characters, and the parts between them."""
    texts, inner = [""], list[Part]()
    for word in words:
        if isinstance(word, str):
            texts[-1] += word
        elif isinstance(word, LiteralPart):
            texts[-1] += word.value
        else:
            inner.append(word)
            texts.append("")
    return texts, tuple(inner)
