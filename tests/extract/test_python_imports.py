"""Python imports and names against libcst, an independent reading of the same files."""

import os
from collections.abc import Iterator
from pathlib import Path

import libcst
import pytest
from libcst.helpers import get_full_name_for_node
from libcst.metadata import MetadataWrapper, PositionProvider, QualifiedNameProvider, QualifiedNameSource

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.part.written import NamePart
from analyzer.facts.source import Source
from analyzer.positions import LineIndex
from tests.corpus import CORPORA

_FILES = sorted(CORPORA.rglob("*.py"))
_REAL = os.environ.get("SCHEMALINK_REAL", "")


class _Uses(libcst.CSTVisitor):
    """What is imported, and by 1-based line, column and dotted text what libcst says that a name means which was imported."""

    METADATA_DEPENDENCIES = (QualifiedNameProvider, PositionProvider)

    def __init__(self) -> None:
        self.bound: set[tuple[str, str, str]] = set()
        self.uses: dict[tuple[int, int, str], set[str]] = {}

    def visit_Import(self, node: libcst.Import) -> None:  # noqa: N802 - libcst finds it by this name
        for alias in node.names:
            self.bound.add((alias.evaluated_name, "", alias.evaluated_alias or alias.evaluated_name))

    def visit_ImportFrom(self, node: libcst.ImportFrom) -> None:  # noqa: N802 - as above
        written = libcst.Module([]).code_for_node(node.module) if node.module is not None else ""
        module = "." * len(node.relative) + "".join(written.split())
        if isinstance(node.names, libcst.ImportStar):
            self.bound.add((module, "*", "*"))
            return
        # An instruction to the compiler, which the grammar does not call an import.
        for alias in node.names if module != "__future__" else ():
            name = alias.evaluated_name
            self.bound.add((module, name, alias.evaluated_alias or name))

    def visit_Name(self, node: libcst.Name) -> None:  # noqa: N802 - as above
        self._use(node)

    def visit_Attribute(self, node: libcst.Attribute) -> None:  # noqa: N802 - as above
        self._use(node)

    def _use(self, node: libcst.Name | libcst.Attribute) -> None:
        names = self.get_metadata(QualifiedNameProvider, node, set())
        imported = {name.name for name in names if name.source is QualifiedNameSource.IMPORT}
        written = get_full_name_for_node(node)
        if imported and len(imported) == len(names) and written is not None:
            start = self.get_metadata(PositionProvider, node).start
            self.uses[start.line, start.column + 1, written] = imported


def _qualified(facts: FileFacts, callee: str) -> set[str]:
    """What our imports make of a dotted name."""
    found = set()
    for entry in facts.imports:
        if callee == entry.alias or callee.startswith(f"{entry.alias}."):
            rest = callee.removeprefix(entry.alias)
            dot = "." if entry.module and entry.name and not entry.module.endswith(".") else ""
            found.add(f"{entry.module}{dot}{entry.name}{rest}")
        elif entry.alias.partition(".")[0] == callee.partition(".")[0] and not entry.name:
            found.add(callee)
    return found


def _differences(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    facts = extract(Source(path.name, content, "python"))
    uses = _Uses()
    MetadataWrapper(libcst.parse_module(content)).visit(uses)
    ours = {(entry.module, entry.name, entry.alias) for entry in facts.imports}
    yield from (f"{path}: import {entry}" for entry in sorted(ours ^ uses.bound))
    lines = LineIndex(content)
    for offset, name in _mentioned(facts):
        position = lines.position(offset)
        expected = uses.uses.get((position.line, position.column, name), set())
        found = _qualified(facts, name)
        if expected and not {name.lstrip(".") for name in expected} & {name.lstrip(".") for name in found}:
            yield f"{path}:{position.line}: {name} is {sorted(expected)}, not {sorted(found)}"


def _mentioned(facts: FileFacts) -> Iterator[tuple[int, str]]:
    """Byte and text of the names that facts hold: callees, and constants of other files inside texts."""
    yield from ((call.span.start, call.callee) for call in facts.calls)
    texts = [query.text for query in facts.queries] + [constant.text for constant in facts.constants]
    texts += [text for call in facts.calls for _, text in call.texts]
    yield from ((part.span.start, part.name) for text in texts for part in text.parts if isinstance(part, NamePart))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.relative_to(CORPORA).as_posix())
def test_imports_and_callees_are_what_libcst_reads(path: Path) -> None:
    try:
        libcst.parse_module(path.read_bytes())
    except libcst.ParserSyntaxError:
        pytest.skip("not valid Python, on purpose")
    assert list(_differences(path)) == []


@pytest.mark.skipif(not _REAL, reason="SCHEMALINK_REAL names no folder of checked-out repositories")
def test_real_repositories_agree_with_libcst() -> None:
    files = 0
    differences: list[str] = []
    for path in sorted(file for root in _REAL.split(os.pathsep) for file in Path(root).rglob("*.py")):
        try:
            differences.extend(_differences(path))
        except (libcst.ParserSyntaxError, UnicodeDecodeError):
            continue
        files += 1
    assert files, "no Python file below SCHEMALINK_REAL"
    assert differences == []
