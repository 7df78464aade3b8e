"""Constants put into the texts that name them: of the same file, of another file through imports, of a whole file.

What comes in: facts of all files and the Resolver of their imports. What goes out: facts whose queries' texts are as whole as they can be. A
constant that leads back to itself stays a name. This module does not know SQL.
"""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from analyzer.facts.file import FileFacts
from analyzer.facts.part import Part
from analyzer.facts.part.written import NamePart
from analyzer.facts.registry import Registry
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.imports.resolver import Resolver

_FILE = "file:"
# Before a path that is relative to wherever the program is started, and before the end of a path.
_SOMEWHERE, _ANYWHERE = "?", "*"
_LONGEST = 4000


class Constants:
    """Look-ups of constants by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self._files = files
        self._resolver = resolver
        self._scripts = [file for file in files.values() if file.scripts]
        self._own = {
            path: {constant.name: constant.text for constant in file.constants} for path, file in files.items()
        }

    def into(self, file: FileFacts) -> FileFacts:
        """The facts of a file with every name in its queries' texts resolved that can be."""
        if any(isinstance(part, NamePart) for query in file.queries for part in query.text.parts):
            queries = tuple(
                msgspec.structs.replace(query, text=self.whole(query.text, file, frozenset())) for query in file.queries
            )
            file = msgspec.structs.replace(file, queries=queries)
        if not file.registries:
            return file
        return msgspec.structs.replace(file, registries=tuple(self._registry(one, file) for one in file.registries))

    def _registry(self, registry: Registry, file: FileFacts) -> Registry:
        """A list with the texts that its elements name; what is no text was a function."""
        entries = tuple(
            msgspec.structs.replace(
                entry,
                texts=tuple(
                    text for text in (self.whole(text, file, frozenset()) for text in entry.texts) if not text.is_blank
                ),
            )
            for entry in registry.entries
        )
        return msgspec.structs.replace(registry, entries=entries)

    def has(self, name: str, file: FileFacts) -> bool:
        """Whether a name is a constant's."""
        return self._constant(name, file) is not None

    def whole(self, text: Text, file: FileFacts, seen: frozenset[tuple[str, str]]) -> Text:
        """A text with names replaced by the parts of their constants."""
        parts: list[Part] = []
        for part in text.parts:
            found = self._constant(part.name, file) if isinstance(part, NamePart) else None
            if found is None or (found[0].path, found[1]) in seen or len(parts) > _LONGEST:
                parts.append(part)
            else:
                home, name, inner = found
                parts.extend(self.whole(inner, home, seen | {(home.path, name)}).parts)
        return Text(text.span, tuple(parts))

    def _constant(self, name: str, file: FileFacts) -> tuple[FileFacts, str, Text] | None:
        """The file that defines a name, its name there, and its text."""
        if name.startswith(_FILE):
            other = next(self._named(name.removeprefix(_FILE), file), None)
            return (other, name, _script(other)) if other is not None else None
        anywhere, name = name.startswith(_ANYWHERE), name.removeprefix(_ANYWHERE)
        own = self._own[file.path].get(name)
        if own is not None:
            return file, name, own
        for other, defined in self._resolver.definitions(file, name):
            text = self._own[other.path].get(defined)
            if text is not None:
                return other, defined, text
        return self._only(name, file) if anywhere else None

    def _only(self, name: str, file: FileFacts) -> tuple[FileFacts, str, Text] | None:
        """The one constant of a name in the file's project, else in the repository; where paths lead to a name, by its last words."""
        words = name.split(".")
        for tail in (name, ".".join(words[-3:]), ".".join(words[-2:])):
            homes = self._homes.get(tail, [])
            near = [path for path in homes if self._files[path].project.path == file.project.path]
            for found in (near, homes):
                if len(found) == 1:
                    return self._files[found[0]], tail, self._own[found[0]][tail]
        return None

    @cached_property
    def _homes(self) -> Mapping[str, list[str]]:
        """The files that define a name."""
        found: dict[str, list[str]] = {}
        for path, constants in self._own.items():
            for name in constants:
                found.setdefault(name, []).append(path)
        return found

    def _named(self, path: str, file: FileFacts) -> Iterator[FileFacts]:
        """The SQL files that a path may mean, likeliest first."""
        if path.startswith(_ANYWHERE):
            found = [other for other in self._scripts if f"/{other.path}".endswith(f"/{path.removeprefix(_ANYWHERE)}")]
            near = [other for other in found if other.project.path == file.project.path]
            yield from (near or found) if len(near or found) == 1 else ()
            return
        folders = ["/"]
        if path.startswith(_SOMEWHERE):
            path = path.removeprefix(_SOMEWHERE)
            folders = [f"/{file.path.rpartition('/')[0]}", f"/{file.project.path}", "/"]
        for folder in folders:
            other = self._files.get(posixpath.normpath(posixpath.join(folder, path)).lstrip("/"))
            if other is not None and other.scripts:
                yield other


def _script(file: FileFacts) -> Text:
    """The text of a SQL file, as `query_file!`, `include_str!` and `readFileSync` see it."""
    spans = [script.text.span for script in file.scripts]
    parts = tuple(part for script in file.scripts for part in script.text.parts)
    return Text(Span(file.path, spans[0].start, spans[-1].end), parts)
