"""The grammars: loaded once, kept for the life of the process.

What comes in: a language's name. What goes out: tree-sitter's Language, trees, compiled queries. Nothing else imports a grammar.

Languages and queries are never dropped: tree-sitter 0.26.1 for Python crashes when a Language or Query is collected and built again.
"""

import importlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tree_sitter import Language as Grammar
from tree_sitter import Node, Parser, Query, QueryCursor, Range, Tree

from analyzer.facts.source import Language

# language -> (wheel's module, function that gives the grammar, folders under grammars/ in which its queries lie)
_GRAMMARS: dict[Language, tuple[str, str, tuple[str, ...]]] = {
    "rust": ("tree_sitter_rust", "language", ("rust",)),
    "python": ("tree_sitter_python", "language", ("python",)),
    "javascript": ("tree_sitter_javascript", "language", ("javascript",)),
    "typescript": ("tree_sitter_typescript", "language_typescript", ("javascript", "typescript")),
    "tsx": ("tree_sitter_typescript", "language_tsx", ("javascript", "typescript")),
}

LANGUAGES = frozenset(_GRAMMARS)


@cache
def grammar(language: Language) -> Grammar:
    module, function, _ = _GRAMMARS[language]
    return Grammar(getattr(importlib.import_module(module), function)())


@cache
def _parser(language: Language) -> Parser:
    return Parser(grammar(language))


def parse(content: bytes, language: Language) -> Tree:
    """A tree for any bytes; errors are nodes of it."""
    return _parser(language).parse(content)


def parse_part(content: bytes, language: Language, part: Node) -> Tree:
    """A tree of the inside of a node, its delimiters left out; offsets are those of the whole file."""
    inside = Range(
        (part.start_point.row, part.start_point.column + 1),
        (part.end_point.row, max(part.end_point.column - 1, 0)),
        part.start_byte + 1,
        part.end_byte - 1,
    )
    return Parser(grammar(language), included_ranges=[inside]).parse(content)


def parse_between(content: bytes, language: Language, first: Node, last: Node) -> Tree:
    """A tree of two nodes and what stands between them; offsets are those of the whole file."""
    inside = Range(first.start_point, last.end_point, first.start_byte, last.end_byte)
    return Parser(grammar(language), included_ranges=[inside]).parse(content)


@cache
def _folder() -> Traversable:
    """`grammars/` as the wheel ships it, or as it lies in a checkout beside the package."""
    packaged = files("analyzer") / "grammars"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "grammars"


@cache
def query(language: Language, name: str) -> Query | None:
    """The compiled query `<name>.scm` of a language: its files in all of the language's folders, one after another."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in _GRAMMARS[language][2]
        if (path := _folder() / folder / f"{name}.scm").is_file()
    ]
    return Query(grammar(language), "\n".join(texts)) if texts else None


def captured(language: Language, name: str, node: Node) -> dict[str, list[Node]]:
    """Nodes below a node that any pattern of `<name>.scm` captures, by the capture's name."""
    compiled = query(language, name)
    return {} if compiled is None else QueryCursor(compiled).captures(node)


Captures = dict[str, list[Node]]


def matches(language: Language, name: str, node: Node) -> list[tuple[Captures, dict[str, str]]]:
    """Matches of `<name>.scm` below a node: captures by name, and what the pattern sets by `#set!`."""
    compiled = query(language, name)
    if compiled is None:
        return []
    found = QueryCursor(compiled).matches(node)
    return [
        (captures, {key: value or "" for key, value in compiled.pattern_settings(pattern).items()})
        for pattern, captures in found
    ]
