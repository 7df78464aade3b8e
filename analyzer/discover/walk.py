"""The walk: which files a root holds, and their bytes. The only place beside the faces that reads the disk.

What comes in: a folder and a Config. What goes out: RawFiles in the order of their paths, and a FileError for everything that
could not be read or is left out. This module does not know what files mean: `classify` says that.

Symbolic links are never followed: what they lead to inside the root is read once, by its real path; what lies outside is not ours.
"""

import errno
import os
import stat
import tomllib
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import Literal

from analyzer.discover.config import Config, ConfigError
from analyzer.discover.content import OTHER_LIMIT, judge, oversized, size_limit
from analyzer.discover.files import RawFile
from analyzer.discover.ignore import Rules, is_ignored, parse_ignore_file, parse_patterns
from analyzer.discover.languages import language_of
from analyzer.facts.file import FileError

CONFIG_NAME = "schemalink.toml"
# "Database File Format", section 1.3.1.
SQLITE_MAGIC = b"SQLite format 3\0"
_NEVER = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        "bower_components",
        "__pycache__",
        "site-packages",
        ".tox",
        ".nox",
        ".next",
        ".nuxt",
    }
    | {".svelte-kit", ".turbo", ".yarn", ".terraform", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
)


def find_root(path: Path) -> Path:
    """The nearest folder, from `path` upwards, with `.git` or a configuration; else `path` itself, or the folder of a file."""
    start = _resolved(path)
    start = start if start.is_dir() else start.parent
    return next((folder for folder in (start, *start.parents) if _is_root(folder)), start)


def _resolved(path: Path) -> Path:
    """`..` and links undone, so that the folders above are really above; a loop of links stays what it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def config_file(root: Path) -> RawFile | None:
    """The configuration of a root: `schemalink.toml`, else a `pyproject.toml` with a `[tool.schemalink]` table.

    ConfigError where there is one that cannot be read: what its author wanted must not be passed over.
    """
    name = next((name for name in (CONFIG_NAME, "pyproject.toml") if _is_config(root / name)), None)
    if name is None:
        return None
    try:
        return RawFile(name, read_bytes(root / name))
    except OSError as error:
        raise ConfigError(name, f"not readable: {_reason(error)}") from error


def walk(root: Path, config: Config) -> tuple[list[RawFile], tuple[FileError, ...]]:
    """The files under `root` that the analysis can use, sorted by path; none where `root` is no folder."""
    exclude = parse_patterns("", config.exclude, CONFIG_NAME)
    found = [
        read
        for item in _found(root, exclude, _is_source)
        for read in (_file(root, item) if isinstance(item, str) else (item,))
    ]
    files = sorted((item for item in found if isinstance(item, RawFile)), key=lambda file: file.path)
    errors = sorted(
        (item for item in found if isinstance(item, FileError)), key=lambda error: (error.path, error.message)
    )
    return files, (*exclude.errors, *errors)


def find_databases(root: Path, config: Config) -> list[str]:
    """Paths of the SQLite files under `root` that are not ignored, sorted: what could be given as evidence."""
    exclude = parse_patterns("", config.exclude, CONFIG_NAME)
    found = [item for item in _found(root, exclude, _is_named_database) if isinstance(item, str)]
    return sorted(path for path in found if _is_database(root / path))


def _is_named_database(path: str) -> bool:
    return path.lower().endswith((".db", ".sqlite", ".sqlite3"))


def _is_database(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as stream:
            return stream.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False


def _is_source(path: str) -> bool:
    return language_of(path) is not None


def _found(root: Path, exclude: Rules, is_wanted: Callable[[str], bool]) -> Iterator[str | FileError]:
    """The paths of wanted files that are not ignored, and what could not be looked at."""
    pending: list[tuple[str, tuple[Rules, ...]]] = [("", ())]
    while pending:
        folder, rules = pending.pop()
        try:
            kinds = {entry.name: _kind(entry) for entry in os.scandir(root / folder)}
        except OSError as error:
            yield FileError(folder or ".", f"folder not readable: {_reason(error)}")
            continue
        if folder and "pyvenv.cfg" in kinds:
            continue
        if kinds.get(".gitignore") == "file":
            rule = _ignore_rules(root, f"{folder}.gitignore")
            yield from rule.errors
            rules = (*rules, rule)
        for name, kind in sorted(kinds.items()):
            path = folder + name
            if not _is_text(name):
                yield FileError(
                    os.fsencode(path).decode("utf-8", "backslashreplace"), "left out: its name is not UTF-8"
                )
            elif kind == "link":
                yield from _link(root, path, is_wanted)
            elif kind == "folder":
                if not _is_skipped(name, kinds) and not is_ignored((*rules, exclude), f"{path}/"):
                    pending.append((f"{path}/", rules))
            elif is_wanted(path) and not is_ignored((*rules, exclude), path):
                yield path


def _kind(entry: os.DirEntry[str]) -> Literal["link", "folder", "file"]:
    """What cannot be asked is taken for a file: reading it will say what is wrong."""
    try:
        if entry.is_symlink():
            return "link"
        return "folder" if entry.is_dir(follow_symlinks=False) else "file"
    except OSError:
        return "file"


def _ignore_rules(root: Path, path: str) -> Rules:
    try:
        return parse_ignore_file(path, read_bytes(root / path))
    except OSError as error:
        return Rules("", errors=(FileError(path, f"not readable: {_reason(error)}"),))


def _is_skipped(name: str, siblings: Container[str]) -> bool:
    """Folders of tools. `target` is cargo's only beside a manifest: elsewhere it is a word like any other."""
    return name in _NEVER or (name == "target" and "Cargo.toml" in siblings)


def _file(root: Path, path: str) -> Iterator[RawFile | FileError]:
    language = language_of(path)
    if language is None:
        return
    try:
        status = (root / path).lstat()
        if not stat.S_ISREG(status.st_mode):
            return
        if status.st_size > size_limit(language):
            yield oversized(path, language, status.st_size)
            return
        content = read_bytes(root / path)
    except OSError as error:
        yield FileError(path, f"not readable: {_reason(error)}")
        return
    verdict = judge(path, language, content)
    yield from verdict.errors
    if verdict.keep:
        yield RawFile(path, content)


def _link(root: Path, path: str, is_wanted: Callable[[str], bool]) -> Iterator[FileError]:
    """A word on links that would have mattered; one that stays inside is read by its real path."""
    try:
        target = (root / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        if is_wanted(path):
            yield FileError(path, f"symbolic link not followed: {_reason(error)}")
        return
    if not target.is_relative_to(root.resolve()) and (target.is_dir() or is_wanted(path)):
        yield FileError(path, "symbolic link not followed: it leaves the root")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, at most one more than any limit. OSError where it cannot be read, or is a pipe or a device that never ends."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a regular file")
    with path.open("rb") as stream:
        return stream.read(OTHER_LIMIT + 1)


def _is_root(folder: Path) -> bool:
    return any(map(os.path.lexists, (folder / ".git", folder / CONFIG_NAME))) or _is_config(folder / "pyproject.toml")


def _is_config(path: Path) -> bool:
    """Whether a file configures us; a pyproject that cannot be read does not."""
    if path.name == CONFIG_NAME:
        return os.path.lexists(path)
    try:
        return _has_table(read_bytes(path))
    except OSError:
        return False


def _has_table(pyproject: bytes) -> bool:
    """Whether a pyproject configures us. A broken one that names us counts: its error must be told, not swallowed."""
    if b"schemalink" not in pyproject:
        return False
    try:
        tool = tomllib.loads(pyproject.decode("utf-8")).get("tool")
    except (ValueError, RecursionError):
        return b"[tool.schemalink" in pyproject
    return isinstance(tool, dict) and "schemalink" in tool


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: Exception) -> str:
    """What the system says, without the path: absolute paths would make equal input give unequal output."""
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    return "it loops"
