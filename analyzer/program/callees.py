"""What a call runs: the functions that a name, a path or a method may mean at its place.

What comes in: facts of all files and the Resolver of their imports. What goes out: Functions. A method of an object that nobody here knows is
found where only one function of the program has its name. This module does not know what functions do.
"""

from collections.abc import Iterator, Mapping

from analyzer.facts.call import Function
from analyzer.facts.file import FileFacts, Import
from analyzer.facts.registry import MODULE
from analyzer.facts.source import Span
from analyzer.program.imports.resolver import Resolver

_RECEIVERS = ("self.", "this.", "Self.", "cls.")
# What a module of one step calls what it does.
ENTRIES = ("up", "upgrade", "migrate", "migration", "run", "apply", "default")


class Callees:
    """Look-ups of functions by the file that names them."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self._files = files
        self._resolver = resolver
        self._by_name: dict[str, dict[str, list[Function]]] = {}
        self._everywhere: dict[str, list[Function]] = {}  # by plain name
        for path, file in files.items():
            own = self._by_name.setdefault(path, {})
            for function in file.functions:
                if function.name:
                    self._everywhere.setdefault(function.name, []).append(function)
                    for name in {function.name, function.qualified}:
                        own.setdefault(name, []).append(function)

    def find(self, file: FileFacts, name: str, owner: str = "") -> tuple[Function, ...]:
        """The functions that a name as written (`phase4::up`, `this.createTables`) may mean in a file, inside a method of `owner`."""
        dotted = name.replace("::", ".").replace("?.", ".")
        for receiver in _RECEIVERS:
            if dotted.startswith(receiver):
                plain = dotted.removeprefix(receiver)
                return self._own(file, f"{owner}.{plain}") or self._own(file, plain)
        return self._own(file, dotted) or tuple(self._imported(file, dotted)) or self._only(dotted)

    def entry(self, file: FileFacts, name: str) -> tuple[Function, ...]:
        """What a module that a name stands for does as a step: its `up`, or whatever such a module calls it."""
        if name.startswith(MODULE):
            entry: Import | None = Import(Span(file.path, 0, 0), name.removeprefix(MODULE), "", "")
        else:
            entry = next((imported for imported in file.imports if imported.alias == name), None)
        module = self.module(file, entry) if entry is not None else None
        return self.entry_of(module) if module is not None else ()

    def entry_of(self, module: FileFacts) -> tuple[Function, ...]:
        for word in ENTRIES:
            found = self._own(module, word)
            if found:
                return found
        return ()

    def module(self, file: FileFacts, imported: Import) -> FileFacts | None:
        """The file that an import leads to."""
        target = self._resolver.target(file, imported)
        return self._files.get(target.path) if target is not None else None

    def _own(self, file: FileFacts, name: str) -> tuple[Function, ...]:
        return tuple(self._by_name[file.path].get(name, ()))

    def _imported(self, file: FileFacts, name: str) -> Iterator[Function]:
        for other, defined in self._resolver.definitions(file, name):
            yield from self._own(other, defined)

    def _only(self, name: str) -> tuple[Function, ...]:
        """`engine.createUnifiedSchema()`: where one function alone is called so, it is meant."""
        if "." not in name:
            return ()
        found = self._everywhere.get(name.rpartition(".")[2], ())
        return tuple(found) if len(found) == 1 and found[0].owner else ()
