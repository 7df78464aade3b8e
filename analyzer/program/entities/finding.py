"""Entities by the names that files have for them.

What comes in: facts of all files and the Resolver of their imports. What goes out: the Entity that a name means. This module does not know what an
entity takes from others.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from analyzer.facts.entity import Entity
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Span
from analyzer.program.imports.resolver import Resolver

_RENAMES, _SPREADS = 4, 8


class Finder:
    """Look-ups of entities by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self._files = files
        self._resolver = resolver
        self._own = {path: {one.name: one for one in file.entities} for path, file in files.items() if file.entities}
        self._by_name: dict[str, list[Entity]] = {}
        for file in files.values():
            for one in file.entities:
                self._by_name.setdefault(one.name, []).append(one)
        self._renamed: dict[str, dict[str, str]] = {}
        for path, file in files.items():
            for other in file.renamed:
                names = self._renamed.setdefault(path, {})
                names[other.name] = f"{names.get(other.name, '')} {other.target}".strip()

    def home(self, span: Span) -> FileFacts:
        """The file of a place."""
        return self._files[span.path]

    @cached_property
    def pulled(self) -> frozenset[str]:
        """Files of entities that lie among a tool's migrations and that no code elsewhere names: the tool wrote them of a database."""
        folders = {file.layout.folder for file in self._files.values() if file.layout is not None and file.scripts}
        beside = {path for path in self._own if path.rpartition("/")[0] in folders}
        others = [file for path, file in self._files.items() if beside and path.rpartition("/")[0] not in folders]
        return frozenset(beside - self._imported(others))

    def _imported(self, files: Iterable[FileFacts]) -> set[str]:
        """Files that others import."""
        targets = (self._resolver.target(file, one) for file in files for one in file.imports)
        return {target.path for target in targets if target is not None}

    def _named(self, name: str, file: FileFacts, depth: int = 0) -> Entity | None:
        """The file's own entity of that name, or one that it imports."""
        own = self._own.get(file.path, {}).get(name)
        if own is not None:
            return own
        places = self._resolver.definitions(file, name)
        found = (self._own.get(other.path, {}).get(defined) for other, defined in places)
        known = next((one for one in found if one is not None), None)
        return known or self._by_other_name(((file, name), *places), depth) or self._handed_on(places, file, depth)

    def _handed_on(self, places: Iterable[tuple[FileFacts, str]], file: FileFacts, depth: int) -> Entity | None:
        """`export const schema = { users }` hands on what its own file calls by that name."""
        for other, defined in places if depth <= _RENAMES else ():
            inner = defined.rpartition(".")[2] if "." in defined and other is not file else ""
            if inner and (found := self._named(inner, other, depth + 1)) is not None:
                return found
        return None

    def _by_other_name(self, places: Iterable[tuple[FileFacts, str]], depth: int) -> Entity | None:
        """What a file has under another name: `const accounts = users`, an entry of `{ users, orders }`."""
        if depth > _RENAMES:
            return None
        for file, name in places:
            names = self._renamed.get(file.path)
            head, _, rest = name.rpartition(".")
            targets = [names[name]] if names is not None and " " not in names.get(name, " ") else []
            targets += (
                [f"{one}.{rest}" for one in names.get(f"{head}.*", "").split()[:_SPREADS] if head] if names else []
            )
            found = next((one for target in targets if (one := self._named(target, file, depth + 1)) is not None), None)
            if found is not None:
                return found
        return None

    def _anywhere(self, name: str, file: FileFacts) -> Entity | None:
        own = self._named(name, file)
        found = self._by_name.get(name.rpartition(".")[2], [])
        # A migration has models of its own, as they were.
        found = [one for one in found if self._files[one.span.path].role == file.role] or found
        near = [one for one in found if self._files[one.span.path].project.path == file.project.path]
        tables = [one for one in near if one.is_table]
        sure = [one for one in tables if one.table is not None]
        for candidates in ([own] if own is not None else [], sure, tables, near, found):
            if len(candidates) == 1 or (candidates and all(_is_alike(one, candidates[0]) for one in candidates)):
                return candidates[0]
        return None

    def _is_plain(self, base: str, file: FileFacts) -> bool:
        """Whether a base is a class of a file of the repository that knows no library of tables: it has no columns to give."""
        found = [] if base in self._own.get(file.path, {}) else self._resolver.definitions(file, base)
        own = {one.alias for one in file.imports}
        return base.partition(".")[0] in own and any(
            not other.entities and not any(one.alias in (name, "*") for one in other.imports) for other, name in found
        )

    def _listed(self, name: str, file: FileFacts) -> tuple[str, ...] | None:
        for other, defined in ((file, name), *self._resolver.definitions(file, name)):
            found = next((one for one in other.enumerations if one.name == defined), None)
            if found is not None and found.complete:
                return tuple(one.value for one in found.members)
        return None


def _is_alike(one: Entity, other: Entity) -> bool:
    """Whether two entities name the same things: one table that is declared for each engine."""
    shapes = [
        (
            each.name,
            each.table.skeleton if each.table is not None else None,
            sorted((a.name, a.column or "") for a in each.attributes),
        )
        for each in (one, other)
    ]
    return one.shape_only and other.shape_only and shapes[0] == shapes[1]
