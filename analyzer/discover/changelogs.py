"""In which order does Liquibase's root changelog run files of SQL?

What comes in: files by path. What goes out: the place of each included SQL file, and of each changelog that makes changes by itself: nobody
reads those. This module does not read SQL.

Source: https://docs.liquibase.com (include, includeAll): in the order of the changelog; a folder's files by name; a path is relative to the
changelog, or to a root that the build decides: then the one file that ends so is meant.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from analyzer.discover.files import RawFile

_CHANGELOG = re.compile(r"(?:^|/)[\w.-]*changelog[\w.-]*\.(?:xml|ya?ml)$", re.IGNORECASE)
_INCLUDE = re.compile(
    rb"<(?:include|sqlFile)(?P<all>All)?\s[^<>]{0,500}?\b(?:file|path)\s*=\s*[\"'](?P<xml>[^\"'<>]{1,300})"
    rb"|\b(?:include|sqlFile)(?P<each>All)?[\"']?\s*:\s*[{\s]\s*[\"']?(?:file|path)[\"']?\s*:\s*[\"']?(?P<yaml>[^\"'\s,}]{1,300})"
)
_ROOT = b"databaseChangeLog"
_OWN = re.compile(
    rb"<(?:create|add|drop|rename|modify|sql|load|insert|update|delete|merge|set|execute|customChange)(?!File\b)\w*[\s/>]"
    rb"|^[\s-]*(?:create|add|drop|rename|modify|sql|load|insert|update|delete|merge|set|execute|customChange)(?!File\b)\w*:",
    re.MULTILINE,
)
# A name that so many files have says nothing.
_ALIKE = 200
_ASIDE = ((b"<!--", b"-->"), (b"<rollback", b"</rollback>"))


class Place(Struct, frozen=True):
    """`folder` is that of the root changelog."""

    folder: str
    position: int


class _Known(Struct, frozen=True):
    """Files, and folders that hold some, by the last part of their paths."""

    files: Mapping[str, Mapping[str, None]]
    folders: Mapping[str, Mapping[str, None]]


def find_changelogs(files: Collection[RawFile]) -> dict[str, Place]:
    """What a root changelog runs, by path."""
    contents = {file.path: file.content for file in files if _CHANGELOG.search(file.path) and _ROOT in file.content}
    if not contents:
        return {}
    paths = [*contents, *(file.path for file in files if file.path.endswith(".sql"))]
    known = _Known(_by_name(paths), _by_name({path.rpartition("/")[0] for path in paths}))
    read = {path: tuple(_targets(path, content, known)) for path, content in contents.items()}
    changelogs = {path: tuple(target for target in targets if target) for path, targets in read.items()}
    included = {target for targets in changelogs.values() for target in targets}
    # What is included and not found makes changes too.
    makers = {path for path, content in contents.items() if "" in read[path] or _OWN.search(_plain(content))}
    places: dict[str, Place] = {}
    for root in sorted(changelogs.keys() - included):
        found = [path for path in _reached(root, changelogs) if path.endswith(".sql") or path in makers]
        for position, path in enumerate(found):
            places.setdefault(path, Place(root.rpartition("/")[0], position))
    return places


def _by_name(paths: Iterable[str]) -> dict[str, dict[str, None]]:
    names: dict[str, dict[str, None]] = {}
    for path in sorted(paths):
        names.setdefault(path.rpartition("/")[2], {})[path] = None
    return names


def _reached(root: str, changelogs: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Files in the order in which they run, from a changelog down, each once."""
    seen: set[str] = set()
    pending = [root]
    while pending:
        path = pending.pop()
        if path not in seen:
            seen.add(path)
            yield path
            pending.extend(reversed(changelogs.get(path, ())))


def _targets(path: str, content: bytes, known: _Known) -> Iterator[str]:
    """Paths of what is included, "" for what is not there."""
    for match in _INCLUDE.finditer(_plain(content)):
        name = (match["xml"] or match["yaml"]).decode("utf-8", "replace").removeprefix("classpath:")
        if match["all"] or match["each"]:
            folder = _resolved(path, name.rstrip("/"), known.folders)
            inside = f"{folder}/" if folder is not None else "\0"
            yield from sorted(file for found in known.files.values() for file in found if file.startswith(inside))
        else:
            yield _resolved(path, name, known.files) or ""


def _plain(content: bytes) -> bytes:
    """Without comments and ways back."""
    for begin, stop in _ASIDE:
        kept, at = [], 0
        while (start := content.find(begin, at)) >= 0:
            kept.append(content[at:start])
            end = content.find(stop, start)
            at = end + len(stop) if end >= 0 else len(content)
        content = b"".join((*kept, content[at:]))
    return content


def _resolved(path: str, name: str, known: Mapping[str, Mapping[str, None]]) -> str | None:
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name.lstrip("/")))
    end = "/" + posixpath.normpath(name).lstrip("./")
    alike = known.get(posixpath.basename(end), {})
    if beside in alike:
        return beside
    found = [one for one in alike if f"/{one}".endswith(end)] if len(alike) <= _ALIKE else []
    return found[0] if len(found) == 1 else None
