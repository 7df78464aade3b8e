"""Paths as typed: their roots, and what findings are limited to."""

from pathlib import Path

import pytest

from analyzer.cli.inputs import read_input
from analyzer.facts.source import Span


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path in ("shop/.git/HEAD", "shop/src/db.py", "shop/src/db/old.py", "shop/jobs/send.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x = 1\n")
    return tmp_path / "shop"


def paths(*typed: Path) -> list[str]:
    return [source.path for source in read_input([str(path) for path in typed]).sources]


def test_the_whole_root_is_read_and_findings_are_limited(repository: Path) -> None:
    found = read_input([str(repository / "src/db.py")])
    assert [source.path for source in found.sources] == ["jobs/send.py", "src/db.py", "src/db/old.py"]
    assert found.scopes == ("src/db.py",)
    assert found.holds(Span("src/db.py", 0, 1))
    assert not found.holds(Span("src/db.pyi", 0, 1))
    assert not found.holds(Span("jobs/send.py", 0, 1))


def test_a_folder_holds_what_is_in_it_alone(repository: Path) -> None:
    found = read_input([str(repository / "src/db")])
    assert found.holds(Span("src/db/old.py", 0, 1))
    assert not found.holds(Span("src/db.py", 0, 1))


def test_the_current_folder_is_the_default(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "jobs")
    found = read_input([])
    assert (found.root, found.scopes) == (str(repository), ("jobs",))


def test_dots_and_links_lead_to_the_real_file(repository: Path) -> None:
    (repository / "link").symlink_to(repository / "src")
    assert read_input([str(repository / "jobs/../src")]).scopes == ("src",)
    assert read_input([str(repository / "link/db.py")]).scopes == ("src/db.py",)


def test_without_a_repository_the_path_is_the_root(tmp_path: Path) -> None:
    (tmp_path / "send.py").write_text("x = 1\n")
    assert paths(tmp_path / "send.py") == ["send.py"]


def test_one_root_typed_twice_is_one_root(repository: Path) -> None:
    found = read_input([str(repository / "src"), str(repository / "jobs")])
    assert found.scopes == ("src", "jobs")
    assert len(found.sources) == 3


def test_roots_side_by_side_share_their_folder(tmp_path: Path) -> None:
    for path in ("shop/.git", "till/.git", "old/shop/.git"):
        (tmp_path / path).mkdir(parents=True)
    assert read_input([str(tmp_path / "shop"), str(tmp_path / "till")]).root == str(tmp_path)
    assert read_input([str(tmp_path / "shop"), str(tmp_path / "old/shop")]).root == ""
    assert read_input([str(tmp_path / "till"), str(tmp_path / "old/shop")]).root == ""
