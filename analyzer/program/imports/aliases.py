"""Aliases of modules: `extends` of tsconfig files followed, patterns expanded.

What comes in: facts of all files. What goes out: per folder the aliases that hold in it, targets relative to the root. Sources: the TypeScript
handbook, "tsconfig reference"; Node.js, "Modules: Packages", "Subpath patterns"; SvelteKit, "Modules", "$lib", and "Project types" for the tsconfig that it makes. This module does not know which files exist.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from analyzer.facts.file import FileFacts, PathAlias

# A tsconfig that a framework's tool makes, of the folder beside it: no repository holds it.
_MADE = {"./.svelte-kit/tsconfig.json": (PathAlias("$lib", ("src/lib",)), PathAlias("$lib/*", ("src/lib/*",)))}


def aliases_of(files: Mapping[str, FileFacts], packages: Mapping[str, str]) -> dict[str, tuple[PathAlias, ...]]:
    """Folder -> what its tsconfig says; of several in a folder tsconfig.json, last by name, wins."""
    found: dict[str, tuple[PathAlias, ...]] = {}
    for path, file in sorted(files.items()):
        if file.aliases or file.extends:
            held = _effective(tuple(_inherited(file, files, packages)))
            if held:
                found[posixpath.dirname(path)] = held
    return found


def exports_of(files: Mapping[str, FileFacts]) -> dict[str, tuple[PathAlias, ...]]:
    """Folder -> the entries of its package.json, the most specific first."""
    return {
        posixpath.dirname(path): _sorted([_rebased(alias, posixpath.dirname(path)) for alias in file.exports])
        for path, file in files.items()
        if file.exports
    }


def expand(alias: PathAlias, module: str) -> Iterator[str]:
    """`@/*` -> `src/*`: what the star stands for is put in."""
    head, star, tail = alias.pattern.partition("*")
    if star:
        if not (module.startswith(head) and module.endswith(tail) and len(module) >= len(head) + len(tail)):
            return
    elif module != alias.pattern:
        return
    middle = module[len(head) : len(module) - len(tail)] if star else ""
    for target in alias.targets:
        if "node_modules" not in target.split("/"):
            yield posixpath.normpath(target.replace("*", middle)).removeprefix("./")


def _inherited(
    file: FileFacts, files: Mapping[str, FileFacts], packages: Mapping[str, str]
) -> Iterator[tuple[PathAlias, ...]]:
    """The aliases of a file and of all it extends, the strongest first, each once: a circle ends."""
    pending, seen = [file], {file.path}
    while pending:
        current = pending.pop()
        folder = posixpath.dirname(current.path)
        yield tuple(_rebased(alias, folder) for alias in current.aliases)
        for written in reversed(current.extends):
            path = next((path for path in _candidates(folder, written, packages) if path in files), None)
            if path is not None and path not in seen:
                seen.add(path)
                pending.append(files[path])
            elif path is None and written in _MADE:
                yield tuple(_rebased(alias, folder) for alias in _MADE[written])


def _candidates(folder: str, written: str, packages: Mapping[str, str]) -> Iterator[str]:
    parts = written.split("/")
    length = 2 if written.startswith("@") else 1
    package = packages.get("/".join(parts[:length]))
    if not written.startswith("."):
        if package is None:
            return
        folder, written = package, "/".join(parts[length:])
    stem = posixpath.normpath(posixpath.join(folder, written)).removeprefix("./")
    yield from (stem, f"{stem}.json", posixpath.join(stem, "tsconfig.json").removeprefix("./"))


def _effective(chain: Sequence[tuple[PathAlias, ...]]) -> tuple[PathAlias, ...]:
    """`paths` replace inherited ones as a whole, `baseUrl` likewise."""
    paths = next((named for held in chain if (named := [alias for alias in held if alias.pattern != "*"])), [])
    bases = next((stars for held in chain if (stars := [alias for alias in held if alias.pattern == "*"])), [])
    return (*_sorted(paths), *bases)


def _sorted(aliases: Sequence[PathAlias]) -> tuple[PathAlias, ...]:
    """Exact ones first, then by what stands before the star."""
    return tuple(sorted(aliases, key=lambda alias: ("*" in alias.pattern, -len(alias.pattern.partition("*")[0]))))


def _rebased(alias: PathAlias, folder: str) -> PathAlias:
    return PathAlias(alias.pattern, tuple(posixpath.normpath(posixpath.join(folder, path)) for path in alias.targets))
