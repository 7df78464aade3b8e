"""Rust modules: `crate`, `self`, `super`, crates of the workspace.

What comes in: facts of all files. What goes out: finders. Source: the Rust Reference, "Modules" and "Paths". A module is the file its path
names below the crate's root, or what `#[path]` says. This module does not know other languages.
"""

import posixpath
from collections.abc import Mapping

from analyzer.facts.file import FileFacts, Import
from analyzer.program.imports.target import Target


class RustModules:
    """Look-ups over one repository."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = {path for path, file in files.items() if file.language == "rust"}
        self._crates = {
            file.project.name.replace("-", "_"): file.project.path
            for _, file in sorted(files.items())
            if file.language == "rust" and file.project.name
        }

        self._paths = {
            f"{_folder_of(path)}/{entry.alias}".strip("/"): _beside(path, entry.module)
            for path, file in files.items()
            if file.language == "rust"
            for entry in file.imports
            if entry.module.startswith("./")
        }

    def find(self, file: FileFacts, imported: Import) -> Target | None:
        """`use a::b::c` is the module file of a::b::c where there is one, else the name c of a::b."""
        if imported.module.startswith("./"):
            written = _beside(file.path, imported.module)
            return Target(written, "") if written in self._files else None
        path = [part for part in f"{imported.module}::{imported.name}".split("::") if part]
        base = self._base(file, path)
        if base is None:
            return None
        folder, rest = base
        for length in range(len(rest), -1, -1):
            found = self._module(folder, rest[:length])
            if found is not None:
                return Target(found, ".".join(rest[length:]))
        return None

    def is_local(self, file: FileFacts, imported: Import) -> bool:  # noqa: ARG002 - a crate is local wherever it is named
        path = [part for part in f"{imported.module}::{imported.name}".split("::") if part]
        return imported.module.startswith("./") or (
            bool(path) and (path[0] in ("crate", "self", "super") or path[0] in self._crates)
        )

    def _base(self, file: FileFacts, path: list[str]) -> tuple[str, list[str]] | None:
        """The folder a path starts from, and what is left of it."""
        if not path:
            return None
        own = _folder_of(file.path)
        match path[0]:
            case "crate":
                return self._source(file.project.path), path[1:]
            case "self":
                return own, path[1:]
            case "super":
                rest = path
                while rest and rest[0] == "super":
                    own, rest = own.rpartition("/")[0], rest[1:]
                return own, rest
            case name if name in self._crates:
                return self._source(self._crates[name]), path[1:]
            case _:
                return (own, path) if self._module(own, path[:1]) is not None else None

    def _source(self, crate: str) -> str:
        return f"{crate}/src".strip("/")

    def _module(self, folder: str, parts: list[str]) -> str | None:
        stem = "/".join((folder, *parts)).strip("/")
        candidates = (self._paths.get(stem, ""), f"{stem}.rs", f"{stem}/mod.rs", f"{stem}/lib.rs", f"{stem}/main.rs")
        return next((path for path in candidates if path in self._files), None)


def _folder_of(path: str) -> str:
    """Where the children of a module's file lie: `a/mod.rs`, `lib.rs` beside them, `a.rs` in the folder `a`."""
    folder, _, name = path.rpartition("/")
    return folder if name in ("mod.rs", "lib.rs", "main.rs") else f"{folder}/{name.removesuffix('.rs')}".strip("/")


def _beside(path: str, written: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written)).removeprefix("./")
