"""JavaScript and TypeScript modules: relative paths, aliases of tsconfig, packages of the workspace with their `exports` and `imports`.

What comes in: facts of all files, with what tsconfig and package.json files say. What goes out: finders. Sources: Node.js, "Modules: CommonJS" and
"Packages"; the TypeScript handbook, "Module resolution". This module does not know other languages.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

from analyzer.facts.file import FileFacts, Import
from analyzer.program.imports.aliases import aliases_of, expand, exports_of
from analyzer.program.imports.target import Target

_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".d.ts")
_LANGUAGES = frozenset({"typescript", "tsx", "javascript"})
# What a bundler takes in and no program of these languages: such an import is not one of code.
_ASSET = re.compile(
    r"\.(?:astro|avif|bin|css|csv|eot|gif|glb|gql|graphql|hbs|html|ico|jpe?g|json[5c]?|less|mdx?|mp[34]|node|otf|pcss|pdf|png|sass|scss"
    r"|sql|styl|svelte|svg|toml|ttf|txt|vue|wasm|wav|webm|webmanifest|webp|woff2?|xml|ya?ml)",
    re.IGNORECASE,
)
# Where a build puts what it makes of `src`: a package may export only that.
_BUILT = frozenset({"build", "cjs", "dist", "esm", "lib", "out"})
_MAINS = ("src/index", "index", "src/main", "lib/index", "src")


class JavaScriptModules:
    """Look-ups over one repository."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = {path for path, file in files.items() if file.language in _LANGUAGES}
        projects = {file.project.path: file.project.name for file in files.values() if file.project.name}
        self._packages = {name: path for path, name in sorted(projects.items(), reverse=True)}
        self._aliases = aliases_of(files, self._packages)
        self._exports = exports_of(files)

    def find(self, file: FileFacts, imported: Import) -> Target | None:
        for stem in self._stems(file, imported.module):
            found = self._file(stem)
            if found is not None:
                return Target(found, imported.name)
        return None

    def is_local(self, file: FileFacts, imported: Import) -> bool:
        """Relative, an alias of a tsconfig, or a package of the workspace."""
        module = imported.module
        if _ASSET.fullmatch(posixpath.splitext(module)[1]) or "?" in module:
            return False
        if module.startswith("."):
            return True
        # `baseUrl` alone may mean any name, packages of the registry first.
        aliased = (*self._aliased(file, module, bare=False), *self._internal(file, module))
        return self._package(module) is not None or bool(aliased)

    def _stems(self, file: FileFacts, module: str) -> Iterator[str]:
        folder = file.path.rpartition("/")[0]
        if module.startswith("."):
            yield posixpath.normpath(posixpath.join(folder, module))
            return
        yield from self._internal(file, module)
        yield from self._aliased(file, module)
        package = self._package(module)
        if package is not None:
            name, path = package
            rest = module[len(name) :].strip("/")
            yield from _sources(self._exported(path, f"./{rest}" if rest else "."))
            yield from _sources(posixpath.join(path, stem) for stem in ((rest, f"src/{rest}") if rest else _MAINS))

    def _package(self, module: str) -> tuple[str, str] | None:
        parts = module.split("/")
        name = "/".join(parts[:2]) if module.startswith("@") else parts[0]
        return (name, self._packages[name]) if name in self._packages else None

    def _internal(self, file: FileFacts, module: str) -> Iterator[str]:
        """Stems of `#name`, as the nearest package.json with entries says."""
        if module.startswith("#"):
            folder = next((folder for folder in _upwards(file.path) if folder in self._exports), None)
            yield from _sources(self._exported(folder, module)) if folder is not None else ()

    def _exported(self, folder: str, entry: str) -> Iterator[str]:
        for alias in self._exports.get(folder, ()):
            yield from expand(alias, entry)

    def _aliased(self, file: FileFacts, module: str, *, bare: bool = True) -> Iterator[str]:
        """Stems that the nearest tsconfig's aliases give."""
        folder = next((folder for folder in _upwards(file.path) if folder in self._aliases), None)
        for alias in self._aliases[folder] if folder is not None else ():
            if bare or alias.pattern != "*":
                yield from expand(alias, module)

    def _file(self, stem: str) -> str | None:
        # TypeScript's ES modules name the file that will be: `./db.js` is db.ts.
        bare = stem.removesuffix(".js").removesuffix(".mjs").removesuffix(".cjs").removesuffix(".jsx")
        candidates = [stem, *(f"{bare}{ending}" for ending in _ENDINGS), *(f"{stem}{ending}" for ending in _ENDINGS)]
        candidates += [f"{stem}/index{ending}" for ending in _ENDINGS]
        return next((path for path in candidates if path in self._files), None)


def _sources(stems: Iterator[str]) -> Iterator[str]:
    """What a package names, then what it was built from: `dist/users.js` is made of `src/users.ts`."""
    for stem in stems:
        yield stem
        folders = stem.split("/")
        for index, folder in enumerate(folders[:-1]):
            if folder in _BUILT:
                bare = folders[-1].removesuffix(".ts").removesuffix(".d")
                yield "/".join((*folders[:index], "src", *folders[index + 1 : -1], bare))
                yield "/".join((*folders[:index], *folders[index + 1 : -1], bare))


def _upwards(path: str) -> Iterator[str]:
    """The folders that hold a file, the nearest first, the root last."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
