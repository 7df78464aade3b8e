"""Tables as SQLAlchemy makes them of models: no difference to what is read from the source, on three engines."""

from pathlib import Path

import pytest

from tests.corpus import CORPORA
from tests.frameworks.sqlalchemy.projects import PROJECTS
from tests.frameworks.sqlalchemy.truth import untrue

_CORPORA = {"sqlalchemy-models": "shop.models:Base.metadata", "sqlalchemy-classic": "shop.models:Base.metadata"}


@pytest.mark.parametrize("name", PROJECTS)
def test_project(name: str, tmp_path: Path) -> None:
    metadata, files = PROJECTS[name]
    assert untrue(files, tmp_path, metadata) == []


@pytest.mark.parametrize("name", _CORPORA)
def test_corpus(name: str, tmp_path: Path) -> None:
    root = CORPORA / name
    files = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.py")}
    assert untrue(files, tmp_path, _CORPORA[name]) == []
