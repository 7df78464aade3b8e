"""Manifests -> the project of every file.

What comes in: RawFiles. What goes out: the projects by folder, and a FileError for each manifest that cannot be read. This module does
not know what a project's files mean.
"""

import configparser
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.discover.cargo import read_cargo
from analyzer.discover.files import RawFile
from analyzer.discover.manifest import Ecosystem, Manifest, merged
from analyzer.discover.node import read_package
from analyzer.discover.requirements import read_pipfile, read_pyproject, read_requirements, read_setup_cfg
from analyzer.facts.file import FileError
from analyzer.facts.source import Dependency, Language, Project

_ECOSYSTEMS: dict[Language, Ecosystem] = {
    "rust": "rust",
    "python": "python",
    "javascript": "node",
    "typescript": "node",
    "tsx": "node",
}
_REQUIREMENTS = re.compile(r"[\w.-]*requirements[\w.-]*\.txt")


class Projects(Struct, frozen=True):
    """Projects by their folder, and which ecosystems each folder has a manifest of."""

    by_folder: Mapping[str, Project] = {}
    ecosystems: Mapping[str, frozenset[Ecosystem]] = {}
    errors: tuple[FileError, ...] = ()

    def of(self, path: str, language: Language) -> Project:
        """The nearest folder with a manifest for this language, else the nearest with any, else the root."""
        folders = [folder for folder in folders_above(path) if folder in self.by_folder]
        wanted = _ECOSYSTEMS.get(language)
        own = [folder for folder in folders if wanted in self.ecosystems[folder]]
        nearest = next(iter(own or folders), None)
        return Project("") if nearest is None else self.by_folder[nearest]


def find_projects(files: Iterable[RawFile]) -> Projects:
    """All projects of a root."""
    manifests: list[Manifest] = []
    errors: list[FileError] = []
    for file in files:
        try:
            manifest = _manifest(file)
        except (ValueError, RecursionError, configparser.Error) as error:
            errors.append(FileError(file.path, f"manifest not understood: {_first_line(error)}"))
            continue
        if manifest is not None:
            manifests.append(manifest)
    folders: dict[str, list[Manifest]] = {}
    for manifest in manifests:
        folders.setdefault(manifest.folder, []).append(manifest)
    projects = {folder: _project(folder, folders) for folder in sorted(folders)}
    return Projects(
        by_folder={folder: _with_through(project, projects.values()) for folder, project in projects.items()},
        ecosystems={folder: frozenset(each.ecosystem for each in found) for folder, found in folders.items()},
        errors=tuple(errors),
    )


def folders_above(path: str) -> Iterator[str]:
    """The folders that hold a path, the nearest first, "" for the root at the end."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _manifest(file: RawFile) -> Manifest | None:
    folder, _, name = file.path.rpartition("/")
    match name:
        case "Cargo.toml":
            return read_cargo(folder, _toml(file.content))
        case "pyproject.toml":
            return read_pyproject(folder, _toml(file.content))
        case "Pipfile":
            return read_pipfile(folder, _toml(file.content))
        case "package.json":
            document = json.loads(file.content)
            return read_package(folder, document if isinstance(document, dict) else {})
        case "setup.cfg":
            return read_setup_cfg(folder, file.content.decode("utf-8-sig"))
        case _:
            in_folder = folder.rpartition("/")[2] == "requirements" and name.endswith(".txt")
            if in_folder or _REQUIREMENTS.fullmatch(name):
                return read_requirements(folder, file.content.decode("utf-8-sig", "replace"))
            return None


def _toml(content: bytes) -> Mapping[str, object]:
    return tomllib.loads(content.decode("utf-8-sig"))


def _project(folder: str, folders: Mapping[str, Sequence[Manifest]]) -> Project:
    own = folders[folder]
    name = next((manifest.name for manifest in own if manifest.name), "")
    return Project(folder, name, merged(tuple(_dependencies(folder, own, folders))))


def _with_through(project: Project, others: Iterable[Project]) -> Project:
    """A project with what packages of the repository bring to it."""
    named = {other.name.lower(): other for other in others if other.name}
    pending = [named[one.name] for one in project.dependencies if one.name in named]
    seen = {id(one) for one in pending}
    brought: set[str] = set()
    while pending:
        found = pending.pop()
        brought.update(one.name for one in found.dependencies)
        more = [named[one.name] for one in found.dependencies if one.name in named and id(named[one.name]) not in seen]
        seen.update(id(one) for one in more)
        pending.extend(more)
    return replace(project, through=tuple(sorted(brought))) if brought else project


def _dependencies(
    folder: str, own: Sequence[Manifest], folders: Mapping[str, Sequence[Manifest]]
) -> Iterator[Dependency]:
    above = [manifest for parent in folders_above(folder) for manifest in folders.get(parent, ())] if folder else []
    for manifest in own:
        yield from manifest.dependencies
        workspaces = [each for each in (*own, *above) if each.ecosystem == manifest.ecosystem and each.is_workspace]
        shared = dict(workspaces[0].shared) if workspaces else {}
        for dependency in manifest.inherited:
            offered = shared.get(dependency.name, dependency)
            yield offered
            yield Dependency(offered.name, dependency.features)
        yield from (
            found
            for each in above
            if each.reaches and each.ecosystem == manifest.ecosystem
            for found in each.dependencies
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
