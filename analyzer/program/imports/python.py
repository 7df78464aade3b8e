"""Python modules: packages, src layouts, relative imports.

What comes in: the paths of all Python files. What goes out: finders. Source: the language reference, 5 "The import system". A module is found
from the folders that can be on the path: the root, the project's folder, `src` and `lib` in either, the folder that holds the package of the importing
file, the folder of the file itself. This module does not know other languages.
"""

from collections.abc import Iterator, Mapping

from analyzer.facts.file import FileFacts, Import
from analyzer.program.imports.target import Target

_SOURCE_FOLDERS = ("", "src", "lib", "python", "app", "backend")


class PythonModules:
    """Look-ups over one repository."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = {path for path, file in files.items() if file.language == "python"}
        self._packages = {path.rpartition("/")[0] for path in self._files}
        self._roots = sorted({file.project.path for file in files.values()})

    def find(self, file: FileFacts, imported: Import) -> Target | None:
        """`from a.b import c` is the module a.b.c where there is one, else the name c of a.b."""
        for base in self._bases(file, imported):
            stem = _join(base, imported.module.lstrip(".").replace(".", "/"))
            if imported.name not in ("", "*") and (module := self._file(_join(stem, imported.name))) is not None:
                return Target(module, "")
            found = self._file(stem)
            if found is not None:
                return Target(found, imported.name)
        return None

    def is_local(self, file: FileFacts, imported: Import) -> bool:
        """Relative, or the first word is a package or module that a source folder holds."""
        if imported.module.startswith("."):
            return True
        first = imported.module.partition(".")[0]
        return any(
            self._file(_join(base, first)) is not None or _join(base, first) in self._packages
            for base in self._bases(file, imported)
        )

    def _bases(self, file: FileFacts, imported: Import) -> Iterator[str]:
        folder = file.path.rpartition("/")[0]
        dots = len(imported.module) - len(imported.module.lstrip("."))
        if dots:
            for _ in range(dots - 1):
                folder = folder.rpartition("/")[0]
            yield folder
            return
        roots = dict.fromkeys(
            (file.project.path, "", *(root for root in self._roots if file.path.startswith(f"{root}/")))
        )
        yield from dict.fromkeys(_join(root, sub) for root in roots for sub in _SOURCE_FOLDERS)
        yield self._holder(folder)
        yield folder

    def _holder(self, folder: str) -> str:
        """The folder above the outermost package around: what runs as `web.orders` has the folder of `web` on its path."""
        while folder and f"{folder}/__init__.py" in self._files:
            folder = folder.rpartition("/")[0]
        return folder

    def _file(self, stem: str) -> str | None:
        return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if path in self._files), None)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}".strip("/")
