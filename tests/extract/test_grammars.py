"""The record of the grammars is complete, and what it calls a defect still is one."""

import tomllib
from pathlib import Path

import pytest

from analyzer.extract.languages import LANGUAGES, parse
from analyzer.facts.source import Language

ROOT = Path(__file__).parents[2]


def test_every_language_says_where_its_grammar_comes_from() -> None:
    recorded = tomllib.loads((ROOT / "grammars/sources.toml").read_text(encoding="utf-8"))
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert set(recorded) - {"runtime"} == LANGUAGES
    assert {entry["wheel"] for entry in recorded.values()} == {
        name.partition("==")[0] for name in pinned if name.startswith("tree-sitter")
    }


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "class A[T = int]: ...\n"),
        ("rust", "unsafe extern { safe fn f(); }\n"),
        ("rust", 'const FIND: &str = "\\u{1_F600}";\n'),
        ("javascript", "class A { accessor b = 1 }\n"),
        ("typescript", "sql<User[]>`SELECT 1`;\n"),
        ("typescript", 'export type * from "x";\n'),
    ],
)
def test_a_known_defect_is_one(language: Language, code: str) -> None:
    assert parse(code.encode(), language).root_node.has_error
