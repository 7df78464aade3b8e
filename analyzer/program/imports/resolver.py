"""The way in: imports of any language -> files.

What comes in: facts of all files. What goes out: a Resolver, and the share of local imports that resolve. This module does not know what a
module path looks like.
"""

from collections.abc import Iterator, Mapping

from analyzer.facts.file import FileFacts, Import
from analyzer.facts.source import Span
from analyzer.program.imports.javascript import JavaScriptModules
from analyzer.program.imports.python import PythonModules
from analyzer.program.imports.rust import RustModules
from analyzer.program.imports.target import Modules, Target

_RE_EXPORTS = 8
# No name of a package begins so: a path, or what a bundler's or compiler's settings stand for one.
_WITHIN = ("./", "../", "~/", "@/", "#", "$lib/")

_Place = tuple[str, str]


class Resolver:
    """Where imports lead, and where a name that a file imports is defined."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = files
        javascript = JavaScriptModules(files)
        self._modules: dict[str, Modules] = {
            "python": PythonModules(files),
            "rust": RustModules(files),
            **dict.fromkeys(("javascript", "typescript", "tsx"), javascript),
        }
        self._known: dict[_Place, tuple[tuple[FileFacts, str], ...]] = {}
        self._targets: dict[tuple[str, str, str], Target | None] = {}
        self._by_alias = {
            path: {entry.alias: entry for entry in file.imports if entry.alias} for path, file in files.items()
        }

    def target(self, file: FileFacts, imported: Import) -> Target | None:
        """Where an import leads, None for what lies outside or is not found."""
        key = (file.path, imported.module, imported.name)
        if key not in self._targets:
            modules = self._modules.get(file.language)
            self._targets[key] = modules.find(file, imported) if modules is not None else None
        return self._targets[key]

    def is_foreign(self, file: FileFacts, name: str) -> bool:
        """Whether a file imports the name from what lies outside of the repository."""
        entry = self._by_alias[file.path].get(name.partition(".")[0])
        modules = self._modules.get(file.language)
        if entry is None or modules is None or modules.is_local(file, entry):
            return False
        return modules.find(file, entry) is None

    def lost(self, file: FileFacts, name: str) -> str:
        """What a name is called where it is defined, if an import that can only mean a file of the repository leads to none; "" otherwise."""
        head, _, rest = name.partition(".")
        entry = self._by_alias[file.path].get(head)
        if entry is None or not entry.module.startswith(_WITHIN) or self.target(file, entry) is not None:
            return ""
        return rest or entry.name.removeprefix("default").removeprefix("*")

    def local_imports(self) -> tuple[int, int]:
        """(imports that stay in the repository and resolve, imports that stay in the repository)."""
        resolved = local = 0
        for file in self._files.values():
            modules = self._modules.get(file.language)
            for entry in file.imports if modules is not None else ():
                if modules is not None and modules.is_local(file, entry):
                    local += 1
                    resolved += modules.find(file, entry) is not None
        return resolved, local

    def definitions(self, file: FileFacts, name: str) -> tuple[tuple[FileFacts, str], ...]:
        """Files and names in them that a dotted name of a file may mean, through imports and re-exports; not the file itself."""
        key = (file.path, name)
        if key not in self._known:
            places = dict.fromkeys(self._definitions(file, name, 0, {key}))
            self._known[key] = tuple((self._files[path], defined) for path, defined in places)
        return self._known[key]

    def _definitions(self, file: FileFacts, name: str, depth: int, seen: set[_Place]) -> Iterator[_Place]:
        """Places, by path and name; `seen` are those that were asked already: glob imports lead to one file in many ways."""
        if depth > _RE_EXPORTS:
            return
        head, _, rest = name.partition(".")
        entry = self._by_alias[file.path].get(head)
        if entry is None and (bound := self._dotted(file, name)) is not None:
            # `import shop.sql` is known by its whole path.
            entry, rest = bound, name[len(bound.alias) + 1 :]
        if entry is not None:
            yield from self._through(file, entry, rest, depth, seen)
            return
        if rest and file.language == "rust":
            # A path needs no `use`: `queries::users::ALL`.
            written = Import(Span(file.path, 0, 0), head, rest.replace(".", "::"), head)
            target = self.target(file, written)
            if target is not None and target.path != file.path and target.name:
                yield target.path, target.name
                return
        for imported in file.imports:
            # `import *`, `pub use x::*` and `export * from` bring every name; what has no alias is a re-export.
            if imported.name == "*" or (not imported.alias and imported.name in ("", head)):
                target = self.target(file, imported)
                if target is not None and target.path != file.path:
                    yield from self._on(target.path, name, depth, seen)

    def _on(self, path: str, name: str, depth: int, seen: set[_Place]) -> Iterator[_Place]:
        """A place, and where it leads."""
        if (path, name) not in seen:
            seen.add((path, name))
            yield path, name
            yield from self._definitions(self._files[path], name, depth + 1, seen)

    def _dotted(self, file: FileFacts, name: str) -> Import | None:
        """The longest import whose dotted alias begins a name."""
        known, stem = self._by_alias[file.path], name.rpartition(".")[0]
        while stem:
            if stem in known:
                return known[stem]
            stem = stem.rpartition(".")[0]
        return None

    def _through(self, file: FileFacts, entry: Import, rest: str, depth: int, seen: set[_Place]) -> Iterator[_Place]:
        target = self.target(file, entry)
        if target is None or target.path == file.path:
            return
        inner = "" if target.name in ("*", "default") else target.name
        name = ".".join(part for part in (inner, rest) if part)
        if name:
            yield from self._on(target.path, name, depth, seen)
