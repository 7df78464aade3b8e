"""JavaScript and TypeScript modules: relative paths, tsconfig `paths` and `baseUrl`, npm workspaces.

What comes in: facts of all files, with what tsconfig files say. What goes out: finders. Sources: Node.js, "Modules: CommonJS" and
"Packages"; the TypeScript handbook, "Module resolution". This module does not know other languages.
"""

import posixpath
from collections.abc import Iterator, Mapping

from analyzer.facts.file import FileFacts, Import, PathAlias
from analyzer.program.imports.target import Target

_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".d.ts")
_LANGUAGES = frozenset({"typescript", "tsx", "javascript"})
_MAINS = ("src/index", "index", "src/main", "lib/index", "src")


class JavaScriptModules:
    """Look-ups over one repository."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = {path for path, file in files.items() if file.language in _LANGUAGES}
        projects = {file.project.path: file.project.name for file in files.values() if file.project.name}
        self._packages = {name: path for path, name in sorted(projects.items(), reverse=True)}
        self._aliases = {path.rpartition("/")[0]: file.aliases for path, file in sorted(files.items()) if file.aliases}

    def find(self, file: FileFacts, imported: Import) -> Target | None:
        for stem in self._stems(file, imported.module):
            found = self._file(stem)
            if found is not None:
                return Target(found, imported.name)
        return None

    def is_local(self, file: FileFacts, imported: Import) -> bool:
        """Relative, an alias of a tsconfig, or a package of the workspace."""
        module = imported.module
        if module.startswith("."):
            return not posixpath.splitext(module)[1] or module.endswith(_ENDINGS)
        # `baseUrl` alone may mean any name, packages of the registry first.
        return self._package(module) is not None or any(True for _ in self._aliased(file, module, bare=False))

    def _stems(self, file: FileFacts, module: str) -> Iterator[str]:
        folder = file.path.rpartition("/")[0]
        if module.startswith("."):
            yield posixpath.normpath(posixpath.join(folder, module))
            return
        yield from self._aliased(file, module)
        package = self._package(module)
        if package is not None:
            name, path = package
            rest = module[len(name) :].strip("/")
            yield from (posixpath.join(path, stem) for stem in ((rest, f"src/{rest}") if rest else _MAINS))

    def _package(self, module: str) -> tuple[str, str] | None:
        parts = module.split("/")
        name = "/".join(parts[:2]) if module.startswith("@") else parts[0]
        return (name, self._packages[name]) if name in self._packages else None

    def _aliased(self, file: FileFacts, module: str, *, bare: bool = True) -> Iterator[str]:
        """Stems that the nearest tsconfig's aliases give."""
        folder = file.path.rpartition("/")[0]
        while True:
            aliases = self._aliases.get(folder)
            if aliases is not None:
                for alias in (alias for alias in aliases if bare or alias.pattern != "*"):
                    yield from _expand(alias, module, folder)
                return
            if not folder:
                return
            folder = folder.rpartition("/")[0]

    def _file(self, stem: str) -> str | None:
        # TypeScript's ES modules name the file that will be: `./db.js` is db.ts.
        bare = stem.removesuffix(".js").removesuffix(".mjs").removesuffix(".cjs").removesuffix(".jsx")
        candidates = [stem, *(f"{bare}{ending}" for ending in _ENDINGS), *(f"{stem}{ending}" for ending in _ENDINGS)]
        candidates += [f"{stem}/index{ending}" for ending in _ENDINGS]
        return next((path for path in candidates if path in self._files), None)


def _expand(alias: PathAlias, module: str, folder: str) -> Iterator[str]:
    """`@/*` -> `src/*`: what the star stands for is put in."""
    head, star, tail = alias.pattern.partition("*")
    if star:
        if not (module.startswith(head) and module.endswith(tail) and len(module) >= len(head) + len(tail)):
            return
        middle = module[len(head) : len(module) - len(tail)]
    elif module != alias.pattern:
        return
    else:
        middle = ""
    for target in alias.targets:
        yield posixpath.normpath(posixpath.join(folder, target.replace("*", middle, 1))).removeprefix("./")
