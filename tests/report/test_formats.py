"""Every format of `check` over one small report: its bytes, and its promises to machines."""

import json as stdlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from analyzer.facts.source import Source, Span
from analyzer.findings import Evidence, Finding, Report
from analyzer.report.github import github
from analyzer.report.json import json
from analyzer.report.lsp import file_uri, lsp
from analyzer.report.sarif import sarif
from analyzer.report.text import text
from tests.report.samples import CODE_PATH, sample

SCHEMAS = Path(__file__).parent.parent / "schemas"
FORMATS = (text, json, sarif, github, lsp)


def valid(document: str, schema: str) -> Any:
    """The document, once its schema agrees."""
    rules = stdlib.loads((SCHEMAS / f"{schema}.json").read_text())
    parsed = stdlib.loads(document)
    validator_for(rules, default=Draft202012Validator)(rules).validate(parsed)
    return parsed


def one(path: str, content: bytes, start: int, end: int, **fields: Any) -> Report:
    """A report with one finding in one file."""
    finding = Finding(Span(path, start, end), "a sentence", "missing-column", "error", **fields)
    return replace(sample(), findings=(finding,), sources={path: Source(path, content, "python")})


@pytest.mark.parametrize("render", FORMATS)
def test_bytes(render: Callable[[Report], str], snapshot: SnapshotAssertion) -> None:
    assert render(sample()) == snapshot


@pytest.mark.parametrize("render", FORMATS)
def test_equal_reports_give_equal_bytes(render: Callable[[Report], str]) -> None:
    assert render(sample()) == render(sample())


@pytest.mark.parametrize("render", FORMATS)
def test_every_format_takes_an_empty_report(render: Callable[[Report], str]) -> None:
    empty = replace(sample(), findings=(), errors=(), sources={})
    assert render(empty).endswith("\n") or render(empty) == ""


def test_json_keeps_the_contract() -> None:
    parsed = valid(json(sample()), "check")
    assert [finding["severity"] for finding in parsed["findings"]] == ["error", "error", "warning", "info"]


def test_sarif_keeps_the_standard() -> None:
    [run] = valid(sarif(sample()), "sarif-2.1.0")["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note"]
    assert run["results"][1]["relatedLocations"][-1]["message"]["text"] == "the first place with the same cause"


def test_sarif_of_notes_and_odd_paths() -> None:
    report = replace(one("src/my file#1%.py", b"abc", 0, 3), notes=("no live schema found",))
    [run] = valid(sarif(report), "sarif-2.1.0")["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "src/my%20file%231%25.py", "uriBaseId": "%SRCROOT%"}


def test_github_escapes() -> None:
    report = one("src/a,b:c%.py", b"abc", 0, 3, evidence=(Evidence(Span("x.sql", 0, 1), "first\r\nsecond"),))
    said = github(report)
    assert "file=src/a%2Cb%3Ac%25.py," in said
    assert "first%0D%0Asecond" in said
    assert said.count("\n") == 1


def test_github_gives_no_columns_for_several_lines() -> None:
    assert "col=" not in github(one("src/db.py", b"one\ntwo\n", 1, 5))


def test_lsp_counts_utf16_from_zero() -> None:
    content = "x = '🛒' + emial\r\n".encode()
    at = content.index(b"emial")
    [file] = stdlib.loads(lsp(one("src/db.py", content, at, at + 5)))
    assert file["diagnostics"][0]["range"] == {
        "start": {"line": 0, "character": 11},
        "end": {"line": 0, "character": 16},
    }


@pytest.mark.parametrize(
    ("root", "path", "uri"),
    [
        ("/srv/shop", "src/my file.rs", "file:///srv/shop/src/my%20file.rs"),
        ("", "src/db.rs", "file:///src/db.rs"),
        ("/srv/shop", "/home/find.sql", "file:///home/find.sql"),
        ("C:/shop", "db.rs", "file:///C%3A/shop/db.rs"),
        ("/srv/läden", "db.rs", "file:///srv/l%C3%A4den/db.rs"),
    ],
)
def test_file_uris(root: str, path: str, uri: str) -> None:
    assert file_uri(root, path) == uri


@pytest.mark.parametrize(
    ("content", "start", "end", "begin", "finish"),
    [
        ("\ufeffemial".encode(), 3, 8, (1, 1), (1, 6)),
        (b"one\r\ntwo\r\nemial", 10, 15, (3, 1), (3, 6)),
        ("\t🛒é emial".encode(), 8, 13, (1, 5), (1, 10)),
        (b"emial", 5, 5, (1, 6), (1, 6)),
        (b"emial\n", 6, 99, (2, 1), (2, 1)),
        (b"\xff\xfeemial", 2, 7, (1, 3), (1, 8)),
    ],
    ids=["byte order mark", "CRLF", "tab and wide", "end without newline", "past the end", "not UTF-8"],
)
def test_positions(content: bytes, start: int, end: int, begin: tuple[int, int], finish: tuple[int, int]) -> None:
    [found] = valid(json(one("src/db.py", content, start, end)), "check")["findings"]
    assert (found["start"]["line"], found["start"]["column"]) == begin
    assert (found["end"]["line"], found["end"]["column"]) == finish


def test_text_hides_info_unless_asked() -> None:
    assert "[unresolved-query]" not in text(sample())
    assert "[unresolved-query]" in text(sample(), show_info=True)


def test_quiet_text_has_findings_alone() -> None:
    said = text(sample(), quiet=True)
    assert "error[missing-column]" in said
    assert "schema main" not in said


def test_color_changes_no_letter(snapshot: SnapshotAssertion) -> None:
    colored = text(sample(), color=True)
    assert colored == snapshot
    assert "\x1b[" in colored


def test_hostile_text_cannot_reach_the_terminal() -> None:
    content = b"evil = '\x1b[31m \xe2\x80\xae'"
    said = text(one("src/\x1b[2J.py", content, 0, 4))
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_text_of_several_lines(snapshot: SnapshotAssertion) -> None:
    content = b"".join(b"    line %d\n" % number for number in range(1, 21))
    assert text(one("src/db.py", content, 4, 25), quiet=True) == snapshot(name="short")
    assert text(one("src/db.py", content, 4, len(content)), quiet=True) == snapshot(name="long")


def test_sites_alike_are_printed_once() -> None:
    first = sample().findings[0]
    again = replace(first, evidence=(Evidence(Span(CODE_PATH, 0, 3), "read here"),))
    assert text(replace(sample(), findings=(first, again))).count("error[missing-column]") == 1
