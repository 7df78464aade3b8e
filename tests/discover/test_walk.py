"""The walk over real folders: what is opened, what is left out and what is said of it."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from analyzer.discover import walk as walking
from analyzer.discover.config import Config, ConfigError
from analyzer.discover.sources import sources_from
from analyzer.discover.walk import config_file, find_root, walk

CODE = b"import sqlite3\n"


def write(root: Path, **files: bytes) -> None:
    for path, content in files.items():
        put(root, path, content)


def put(root: Path, path: str, content: bytes = CODE) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def paths(root: Path, config: Config | None = None) -> list[str]:
    return [file.path for file in walk(root, config or Config())[0]]


def messages(root: Path) -> dict[str, str]:
    return {error.path: error.message for error in walk(root, Config())[1]}


def test_nothing_at_all(tmp_path: Path) -> None:
    assert walk(tmp_path, Config()) == ([], ())


def test_a_root_that_is_missing_is_an_error_value(tmp_path: Path) -> None:
    files, errors = walk(tmp_path / "shop", Config())
    assert files == []
    assert [(error.path, error.message) for error in errors] == [
        (".", "folder not readable: no such file or directory")
    ]


def test_files_come_sorted_by_posix_path_and_only_usable_ones(tmp_path: Path) -> None:
    for path in (
        "users/b.py",
        "orders.sql",
        "a.rs",
        "users/a.tsx",
        "README.md",
        "logo.png",
        "users-old/x.py",
        "go.mod",
        "orders.pyi",
    ):
        put(tmp_path, path)
    assert paths(tmp_path) == ["a.rs", "orders.sql", "users-old/x.py", "users/a.tsx", "users/b.py"]


def test_manifests_configuration_and_journals_are_read(tmp_path: Path) -> None:
    wanted = [
        ".env",
        ".env.local",
        ".sqlx/query-1.json",
        "Cargo.toml",
        "Pipfile",
        "compose.yml",
        "dev-requirements.txt",
    ]
    wanted += [
        "diesel.toml",
        "docker-compose.test.yml",
        "drizzle/meta/0000_snapshot.json",
        "drizzle/meta/_journal.json",
        "package.json",
        "pyproject.toml",
    ]
    wanted += ["requirements/base.txt", "schemalink.toml", "setup.cfg", "sqlx.toml", "tsconfig.build.json"]
    for path in (*wanted, "data.json", "notes.txt", "environment.txt"):
        put(tmp_path, path, b"")
    assert paths(tmp_path) == sorted(wanted)


def test_tool_folders_are_skipped(tmp_path: Path) -> None:
    put(tmp_path, "Cargo.toml", b"")
    for path in (
        "target/debug/build.rs",
        "node_modules/pg/index.js",
        ".git/hooks/x.py",
        "env/lib/x.py",
        "web/target/audience.ts",
    ):
        put(tmp_path, path)
    put(tmp_path, "env/pyvenv.cfg", b"home = /usr\n")
    assert paths(tmp_path) == ["Cargo.toml", "web/target/audience.ts"]


def test_gitignore_nests_and_negates(tmp_path: Path) -> None:
    put(tmp_path, ".gitignore", b"*.sql\n/build/\n!keep.sql\n\\#odd.py\n")
    put(tmp_path, "shop/.gitignore", b"!orders.sql\nusers.py\n/top.py\n")
    for path in (
        "users.sql",
        "keep.sql",
        "build/x.py",
        "shop/build/x.py",
        "shop/orders.sql",
        "shop/users.py",
        "users.py",
    ):
        put(tmp_path, path)
    for path in ("shop/top.py", "shop/deep/top.py", "#odd.py"):
        put(tmp_path, path)
    assert paths(tmp_path) == ["keep.sql", "shop/build/x.py", "shop/deep/top.py", "shop/orders.sql", "users.py"]


def test_gitignore_that_makes_no_sense_is_told_and_the_rest_counts(tmp_path: Path) -> None:
    put(tmp_path, ".gitignore", b"!\n[\norders.py\n\xff\xfe\n")
    put(tmp_path, "orders.py")
    put(tmp_path, "a" * 200 + ".py")
    assert paths(tmp_path) == ["a" * 200 + ".py"]
    assert ".gitignore" in messages(tmp_path)


def test_hostile_patterns_take_no_time(tmp_path: Path) -> None:
    put(
        tmp_path,
        ".gitignore",
        b"*a" * 60 + b"b\n" + b"**/*a/" * 40 + b"b\n" + b"[" * 50_000 + b"\n" + b"[[:a:" * 9_000 + b"\n",
    )
    put(tmp_path, "a/" * 60 + "a" * 240 + ".py")
    started = time.monotonic()
    assert len(paths(tmp_path)) == 1
    assert time.monotonic() - started < 2


def test_exclude_wins_over_gitignore_both_ways(tmp_path: Path) -> None:
    put(tmp_path, ".gitignore", b"orders.sql\n")
    for path in ("orders.sql", "legacy/users.py", "users.py"):
        put(tmp_path, path)
    assert paths(tmp_path, Config(exclude=("legacy/", "!orders.sql"))) == ["orders.sql", "users.py"]


def test_content_that_cannot_be_analysed_is_left_out_with_a_word(tmp_path: Path) -> None:
    write(tmp_path, **{"empty.py": b"", "image.sql": b"GIF\0\0", "wide.sql": "SELECT 1".encode("utf-16")})
    write(tmp_path, **{"bundle.js": b"x" * 300_000, "dist/app.js": b"y" * 6_000, "huge.js": b"a();\n" * 2_000_000})
    write(tmp_path, **{"dump.sql": b"INSERT INTO users VALUES (1);\n" * 100_000, "wide.py": b"x = 1\n" + b"#" * 30_000})
    assert paths(tmp_path) == ["dump.sql", "empty.py", "wide.py"]
    assert messages(tmp_path) == {
        "bundle.js": "left out: looks minified, a line is too long",
        "dist/app.js": "left out: looks minified, a line is too long",
        "huge.js": "left out: 10000000 bytes, above the limit of 2000000",
        "image.sql": "left out: binary content",
        "wide.sql": "left out: UTF-16, only UTF-8 is read",
    }


def test_encodings_are_kept_as_they_are(tmp_path: Path) -> None:
    put(tmp_path, "bom.sql", b"\xef\xbb\xbfSELECT 1;\r\n")
    put(tmp_path, "latin.py", b"# caf\xe9\n")
    files, errors = walk(tmp_path, Config())
    assert [file.content for file in files] == [b"\xef\xbb\xbfSELECT 1;\r\n", b"# caf\xe9\n"]
    assert [(error.path, error.span and error.span.start) for error in errors] == [("latin.py", 5)]


def test_links_are_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "shop", tmp_path / "outside"
    put(root, "orders/orders.py")
    put(outside, "secret.py")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "self.py").symlink_to("self.py")
    (root / "gone.py").symlink_to("nowhere.py")
    (root / "leak").symlink_to(outside, target_is_directory=True)
    (root / "leak.py").symlink_to(outside / "secret.py")
    (root / "again.py").symlink_to("orders/orders.py")
    assert paths(root) == ["orders/orders.py"]
    assert set(messages(root)) == {"gone.py", "leak", "leak.py", "self.py"}
    assert messages(root)["leak"] == "symbolic link not followed: it leaves the root"


def test_an_ignore_file_outside_the_root_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "rules", b"*.py\n")
    put(tmp_path, "shop/users.py")
    (tmp_path / "shop" / ".gitignore").symlink_to(tmp_path / "rules")
    assert paths(tmp_path / "shop") == ["users.py"]


@pytest.mark.parametrize(
    "failure", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file or directory")]
)
def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError) -> None:
    put(tmp_path, "orders.py")
    put(tmp_path, "users.py")
    read = walking.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "orders.py":
            raise failure
        return read(path)

    monkeypatch.setattr(walking, "read_bytes", refuse)
    assert paths(tmp_path) == ["users.py"]
    assert messages(tmp_path) == {"orders.py": f"not readable: {failure.strerror.lower()}"}


def test_special_files_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "orders.py")
    os.mkfifo(tmp_path / ".gitignore")
    os.mkfifo(tmp_path / "pyproject.toml")
    (tmp_path / "folder.py").mkdir()
    assert config_file(tmp_path) is None
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.py")).write_bytes(CODE)
    put(tmp_path, "new\nline.py")
    assert paths(tmp_path) == ["new\nline.py"]
    assert messages(tmp_path) == {
        ".gitignore": "not readable: not a regular file",
        "caf\\xe9.py": "left out: its name is not UTF-8",
    }


def test_the_root_is_the_nearest_folder_with_a_repository_or_a_configuration(tmp_path: Path) -> None:
    put(tmp_path, ".git/HEAD", b"ref\n")
    put(tmp_path, "shop/schemalink.toml", b"")
    put(tmp_path, "api/pyproject.toml", b"[tool.schemalink]\n")
    put(tmp_path, "jobs/pyproject.toml", b"[tool.ruff]\n")
    put(tmp_path, "torn/pyproject.toml", b"[tool.schemalink\n")
    for folder in ("shop", "api", "jobs", "torn"):
        put(tmp_path, f"{folder}/src/orders.py")
    assert find_root(tmp_path / "shop/src/orders.py") == tmp_path / "shop"
    assert find_root(tmp_path / "api/src") == tmp_path / "api"
    assert find_root(tmp_path / "jobs/src") == tmp_path
    assert find_root(tmp_path / "torn/src") == tmp_path / "torn"
    found = config_file(tmp_path / "api")
    assert found is not None
    assert found.path == "pyproject.toml"
    assert config_file(tmp_path / "jobs") is None


def test_a_configuration_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "schemalink.toml").mkdir()
    assert find_root(tmp_path) == tmp_path
    with pytest.raises(ConfigError, match="not a regular file"):
        config_file(tmp_path)


def test_without_a_marker_the_path_is_its_own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_is_root", lambda _folder: False)
    put(tmp_path, "orders/orders.py")
    assert find_root(tmp_path / "orders") == tmp_path / "orders"
    assert find_root(tmp_path / "orders/orders.py") == tmp_path / "orders"


def test_buffers_replace_and_add_files(tmp_path: Path) -> None:
    put(tmp_path, "orders.py", b"bad \xff")
    put(tmp_path, "package.json", b"{")
    sources, errors = sources_from(tmp_path, {"orders.py": b"new", "users.ts": b"added"})
    assert [(source.path, source.content) for source in sources] == [
        ("orders.py", b"new"),
        ("package.json", b"{"),
        ("users.ts", b"added"),
    ]
    assert [error.path for error in errors] == ["package.json"]


def test_two_walks_give_the_same(tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path, f"shop{number % 3}/orders{number}.py", bytes([number + 128]))
    assert walk(tmp_path, Config()) == walk(tmp_path, Config())


PATTERNS = [
    b"*.py\n!orders.py\n",
    b"/users.py\nshop/*\n!shop/orders.py\n",
    b"shop/\n!shop/orders.py\n",
    b"**/deep/\n",
    b"shop/**/x.py\n",
    b"a?.py\n[ou]*.py\n",
    b"# note\n\n\\!odd.py\ntrailing.py   \nspaced\\ .py\n",
    b"deep/x.py\n",
    b"/*\n!/shop\n/shop/*\n!/shop/deep\n",
    b"*.PY\nshop/deep/**\n",
    b"***.py\n***/x.py\n",
    b"x.py\r\n",
    b"shop/deep/**\n!shop/deep/**/\n!shop/deep/**/orders.py\n",
    b"/**\n!shop/\n!shop/*.py\n",
    b"a/**/\nshop/**/\n!shop/deep/\n",
    b"shop/**/deeper/**/x.py\n**/deep/**/users.py\n",
    b"\\*.py\no\\rders.py\n[]-a]b.py\n[z-a]*.py\n[\\]o]rders.py\n[u-\n",
    b"a*b*.p*y\n*d*r*s*.py\n!*o*d*y\n",
    b"sh*/*/x.py\n/sh?p/users.py\nshop//ab.py\n",
    b"[!a-z]*.py\n[[:alpha:]]b.py\n",
    b"shop/**/*.py\n!**/users.py\n",
    b"**/x.py/\n**\n!**/\n!ab.py\n",
]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")
@pytest.mark.parametrize("top", PATTERNS)
@pytest.mark.parametrize("nested", [b"", b"!*.py\n", b"x.py\n/orders.py\n", b"deep\n"])
def test_git_agrees(tmp_path: Path, top: bytes, nested: bytes) -> None:
    for name in ("orders.py", "users.py", "ab.py", "!odd.py", "trailing.py", "spaced .py", "x.py"):
        for folder in ("", "shop/", "shop/deep/", "shop/deep/deeper/", "deep/"):
            put(tmp_path, folder + name)
    put(tmp_path, ".gitignore", top)
    put(tmp_path, "shop/.gitignore", nested)
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    assert paths(tmp_path) == sorted(path for path in listed.split("\0") if path.endswith(".py"))
