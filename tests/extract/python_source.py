"""Facts of a Python text, for tests."""

import itertools

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.program import build_program

PATH = "shop/users.py"


def facts(code: str, *dependencies: str) -> FileFacts:
    project = Project("", "shop", tuple(Dependency(name) for name in dependencies))
    return extract(Source(PATH, code.encode("utf-8", "surrogatepass"), "python", project=project))


def queries(code: str, *dependencies: str) -> tuple[Query, ...]:
    return facts(code, *dependencies).queries


def query(code: str, *dependencies: str) -> Query:
    (found,) = queries(code, *dependencies)
    return found


def sql(expression: str, before: str = "") -> str:
    """The text of an expression that is executed, `{}` for what is not known."""
    program = build_program([facts(f"import sqlite3\n{before}\nconn.execute({expression})\n")])
    return " | ".join(query.text.skeleton for query in program.files[PATH].queries)


def source_bytes(part: LiteralPart) -> list[int]:
    """The byte of the source that each character of a literal came from."""
    found: list[int] = []
    segments = [*part.segments, (len(part.value), 0)]
    for (start, source), (end, _) in itertools.pairwise(segments):
        found.extend(source + offset for offset in range(end - start))
    return found
