"""Corpora as test cases: what a project's `want` markers expect, and what an analysis of it says.

A marker stands in a comment (`//`, `#`, `--`): `want rule-id "part of message" other-rule MISSING: third-rule`. It concerns the
line it stands on; alone on a line it concerns the next line that is no marker. A file without comments has `<file>.want` beside it
with lines `LINE want ...`. `key=value` is a fact of the query on the line: in a file with such a
marker no other query may have one. `MISSING:` marks a finding that should be there and is not yet, `SPURIOUS:` one that is there and should not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from analyzer.discover.classify import discover
from analyzer.discover.config import Config, parse_config
from analyzer.discover.walk import walk
from analyzer.engine import analyze
from analyzer.findings import Report
from analyzer.positions import LineIndex

CORPORA = Path(__file__).parent.parent / "corpora"
_WANT = re.compile(r"(?://|#|--|/\*)\s*want\s+(?P<body>.*?)\s*(?:\*/|-->)?\s*$")
_ITEM = re.compile(
    r'(?P<flag>MISSING:|SPURIOUS:)|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<fact>[a-z_]+=\S*)|(?P<rule>[a-z][a-z0-9-]+)'
)


class Want(Struct, frozen=True):
    """An expected finding. `line` is 1-based."""

    path: str
    line: int
    rule: str
    text: str
    flag: str


def load_config(root: Path) -> Config:
    file = root / "schemalink.toml"
    return parse_config("schemalink.toml", file.read_bytes()) if file.exists() else Config()


def analyze_corpus(root: Path) -> Report:
    config = load_config(root)
    files, errors = walk(root, config)
    return analyze(discover(files), config, root=str(root), errors=errors)


def wants(root: Path) -> list[Want]:
    """Every expectation of a corpus, in order."""
    found: list[Want] = []
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        path = file.relative_to(root).as_posix()
        if path.endswith(".want"):
            for line in lines:
                number, _, body = line.partition(" want ")
                found.extend(_items(body, path.removesuffix(".want"), int(number)))
        else:
            found.extend(_markers(lines, path))
    return found


def _markers(lines: list[str], path: str) -> list[Want]:
    found: list[Want] = []
    for number, line in enumerate(lines, 1):
        match = _WANT.search(line)
        if match is None:
            continue
        target = number
        if not line[: match.start()].strip():
            target += 1
            while (
                target <= len(lines)
                and (next_ := _WANT.search(lines[target - 1]))
                and not lines[target - 1][: next_.start()].strip()
            ):
                target += 1
        found.extend(_items(match["body"], path, target))
    return found


def _items(body: str, path: str, line: int) -> list[Want]:
    items: list[Want] = []
    flag = ""
    for match in _ITEM.finditer(body):
        if match["flag"]:
            flag = match["flag"]
        elif match["text"] is not None and items:
            items[-1] = Want(path, line, items[-1].rule, match["text"].replace('\\"', '"'), items[-1].flag)
        elif match["fact"]:
            items.append(Want(path, line, match["fact"], "", flag))
            flag = ""
        elif match["rule"]:
            items.append(Want(path, line, match["rule"], "", flag))
            flag = ""
    return items


def _facts(report: Report, asked: set[tuple[str, str]]) -> Iterator[tuple[str, int, str, str]]:
    """What is out of the ordinary of the queries of files that ask for it: `fate=ignored`, `reason=no-schema`, `tables=users`."""
    for linked in report.graph.queries:
        query, path = linked.query, linked.query.span.path
        line = LineIndex(report.sources[path].content).line(query.span.start)
        if (path, "reason") in asked and linked.status == "unresolved":
            yield path, line, f"reason={linked.reason}", linked.sql
        if (path, "tables") in asked:
            yield path, line, f"tables={','.join(linked.tables)}", linked.sql
        if not asked & {(path, "fate"), (path, "guarded")}:
            continue
        if query.fate != "stops":
            yield path, line, f"fate={query.fate}", " ".join(query.tolerated)
        if query.guarded:
            yield path, line, "guarded=yes", ""


def differences(root: Path, report: Report) -> list[str]:
    """What was expected and not found, and what was found and not expected; known gaps that have closed."""
    expected = wants(root)
    found: list[tuple[str, int, str, str]] = []
    for finding in report.findings:
        line = LineIndex(report.sources[finding.span.path].content).line(finding.span.start)
        found.append((finding.span.path, line, finding.rule, finding.message))
    asked = {(want.path, want.rule.partition("=")[0]) for want in expected if "=" in want.rule}
    found.extend(_facts(report, asked))
    problems: list[str] = []
    used: Counter[int] = Counter()
    for want in expected:
        hits = [
            index
            for index, (path, line, rule, message) in enumerate(found)
            if (path, line, rule) == (want.path, want.line, want.rule) and want.text in message and not used[index]
        ]
        if want.flag == "MISSING:":
            if hits:
                problems.append(f"{want.path}:{want.line}: {want.rule} is found now: remove MISSING:")
                used[hits[0]] += 1
        elif not hits:
            problem = "SPURIOUS: no longer found" if want.flag else "not found"
            problems.append(f"{want.path}:{want.line}: {want.rule} {want.text!r} {problem}")
        else:
            used[hits[0]] += 1
    problems.extend(
        f"{path}:{line}: unexpected {rule}: {message}"
        for index, (path, line, rule, message) in enumerate(found)
        if not used[index]
    )
    return problems
