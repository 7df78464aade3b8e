"""Migration files that nothing else in the repository names, in folders that no tool is known to run.

What comes in: RawFiles and the layouts of SQL files. What goes out: paths. A word that may name a folder does: a name without the folder in front of
it, a variable before it, `*.sql` anywhere. This module does not know what code does with a name, and no prose: what a document tells people to run,
the repository does not run.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from analyzer.discover.files import RawFile
from analyzer.discover.languages import is_code, language_of
from analyzer.facts.source import Layout

_UNTOOLED = frozenset({"numbered", "plain"})
_QUOTES = b"\"'`"
_LONGEST = 200
_FILE = re.compile(rb"[\w.-]{1,200}\.sql\b")
# Scripts of psql, mysql and sqlite3 that run others.
_INCLUDED = re.compile(rb"^[ \t]*(?:\\i\w*|source|\.read|@@?)[ \t]+(?P<word>\S+)", re.IGNORECASE | re.MULTILINE)
# Whatever is found at run time: `.endsWith(".sql")`, `*.sql`, `/\.(sql|ts)$/`, `${name}.sql`, `extension() == Some("sql")`.
_ENDING = re.compile(
    rb"(?:[\"'`*}]|\$\w{1,40})\.sql\b|\\\.\(?[\w|:?]{0,40}\bsql\b|\bextension\b[^;]{0,80}[\"']sql[\"']"
)
_BEFORE, _AFTER = re.compile(rb"[\w@.*!${}/\\~-]*\Z"), re.compile(rb"[\w@.*${}/\\~-]*")
_WORD = re.compile(r"migrat|sql|schema|database|deltas?\b|\bdb\b")
_OPEN = re.compile(rb"[^\w-]")
_VARIABLE = re.compile(r"[$*{}~@#]")


def find_unnamed(files: Iterable[RawFile], layouts: Mapping[str, Layout]) -> Iterator[str]:
    """Only asked where some of the folders are a tool's: else nothing says how migrations run at all."""
    loose = {path: layout.folder for path, layout in layouts.items() if layout.tool in _UNTOOLED}
    if not loose or len(loose) == len(layouts):
        return
    folders = frozenset(above for layout in layouts.values() for above in _outer(layout.folder))
    names, named = set[str](), set[str]()
    for file in files:
        if file.path in layouts or file.path.endswith(".sql"):
            names.update(_included(file.content))
        elif language_of(file.path) is not None:
            if _finds_any(file.content):
                return
            names.update(match[0].decode("utf-8", "replace") for match in _FILE.finditer(file.content))
            named.update(_folders(file, folders))
    for path, folder in loose.items():
        if folder and named.isdisjoint(_outer(folder)) and path.rpartition("/")[2] not in names:
            yield path


def _outer(folder: str) -> Iterator[str]:
    """A folder, and those around it that are called after migrations: what goes through `migrations` may go through `migrations/v2`."""
    if folder:
        yield folder
    parts = folder.split("/")[:-1]
    yield from ("/".join(parts[: at + 1]) for at, part in enumerate(parts) if _WORD.search(part.lower()))


def _included(content: bytes) -> Iterator[str]:
    for match in _INCLUDED.finditer(content):
        yield match["word"].decode("utf-8", "replace").strip("'\";").replace("\\", "/").rpartition("/")[2]


def _finds_any(content: bytes) -> bool:
    """Whether code goes through files of SQL whose names it does not know; `./backups/${name}.sql` is of a folder that it does."""
    for match in _ENDING.finditer(content):
        before = _BEFORE.search(content[max(0, match.start() - _LONGEST) : match.start()])
        word = (before[0] if before is not None else b"") + match[0]
        first = next(part for part in word.split(b"/") if part not in (b"", b".", b".."))
        if not match[0].endswith(b".sql") or _OPEN.match(first):
            return True
    return False


def _folders(file: RawFile, folders: AbstractSet[str]) -> Iterator[str]:
    """The folders that a file names; code in a folder may go through what lies beside it."""
    yield from (folder for folder in folders if _is_code_of(file.path, folder))
    for name in {folder.rpartition("/")[2] for folder in folders}:
        encoded = name.encode()
        if encoded in file.content:
            for match in re.finditer(rb"(?<![\w-])" + re.escape(encoded) + rb"(?![\w-])", file.content):
                yield from _meant(file, match, folders)


def _is_code_of(path: str, folder: str) -> bool:
    language = language_of(path)
    return language is not None and (is_code(language) or language == "shell") and path.rpartition("/")[0] == folder


def _meant(file: RawFile, match: re.Match[bytes], folders: AbstractSet[str]) -> Iterator[str]:
    """The folders that the word around a name may mean."""
    content = file.content
    left = _BEFORE.search(content[max(0, match.start() - _LONGEST) : match.start()])
    right = _AFTER.match(content, match.end(), match.end() + _LONGEST)
    before, after = left[0] if left is not None else b"", right[0] if right is not None else b""
    language = language_of(file.path)
    if language is not None and is_code(language) and not _is_quoted(content, match, before, after):
        return
    if (before and not before.endswith((b"/", b"\\"))) or after.startswith(b".") or before.startswith(b"!"):
        return
    tail = after.replace(b"\\", b"/").rpartition(b"/")[2]
    if tail.endswith(b".sql") and b"*" not in tail and b"$" not in tail:
        return
    yield from _places(file.path, before.decode("utf-8", "replace"), match[0].decode(), folders)


def _is_quoted(content: bytes, match: re.Match[bytes], before: bytes, after: bytes) -> bool:
    """Both ends of a name alone, one end of a path: what stands between quotes may be a command."""
    start, end = match.start() - len(before), match.end() + len(after)
    ends = (content[max(start - 1, 0) : start], content[end : end + 1])
    quotes = sum(bool(one) and one in _QUOTES for one in ends)
    return quotes == len(ends) or (quotes > 0 and (b"/" in before or b"\\" in before))


def _places(path: str, before: str, name: str, folders: AbstractSet[str]) -> Iterator[str]:
    parts = before.replace("\\", "/").split("/")
    known = max((at + 1 for at, part in enumerate(parts) if _VARIABLE.search(part)), default=0)
    words = [part for part in parts[known:] if part not in ("", ".", "..")] + [name]
    if not known and parts[0] in (".", ".."):
        above = path.split("/")[:-1]
        exact = ("/".join((*above[:depth], *words)) for depth in range(len(above), -1, -1))
        found = next((place for place in exact if place in folders), None)
        if found is not None:
            yield found
            return
    for folder in folders:
        own = folder.split("/")
        shared = min(len(own), len(words))
        if own[-shared:] == words[-shared:]:
            yield folder
