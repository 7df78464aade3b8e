"""Snippets of JavaScript and TypeScript as facts."""

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.source import Dependency, Language, Project, Source
from analyzer.facts.text import Text

PG = "import { Pool } from 'pg';\nconst pool = new Pool();\n"


def facts(code: str | bytes, language: Language = "typescript", depends: tuple[str, ...] = ()) -> FileFacts:
    content = code.encode() if isinstance(code, str) else code
    project = Project("", dependencies=tuple(Dependency(name) for name in depends))
    return extract(Source("shop.ts", content, language, project=project))


def queries(code: str, language: Language = "typescript", depends: tuple[str, ...] = ()) -> list[Query]:
    return list(facts(code, language, depends).queries)


def texts(code: str, language: Language = "typescript", depends: tuple[str, ...] = ()) -> list[str]:
    return [query.text.skeleton for query in queries(code, language, depends)]


def sources(text: Text, content: bytes) -> list[tuple[str, bytes]]:
    """Every evaluated character with the source bytes from its place up to the next character's."""
    found: list[tuple[str, bytes]] = []
    for part in text.parts:
        assert isinstance(part, LiteralPart)
        starts = [_place(part, index) for index in range(len(part.value))]
        ends = [*starts[1:], starts[-1] + len(part.value[-1].encode()) if starts else 0]
        found.extend(
            (character, content[start:end]) for character, start, end in zip(part.value, starts, ends, strict=True)
        )
    return found


def _place(part: LiteralPart, index: int) -> int:
    at, byte = next(entry for entry in reversed(part.segments) if entry[0] <= index)
    return byte + index - at
