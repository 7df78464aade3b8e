"""Python's manifests -> Manifest: pyproject.toml (PEP 621, PEP 735, poetry, pdm, uv), requirements files, setup.cfg, Pipfile.

What comes in: a parsed document or a text. What goes out: the distributions asked for, names normalised as PEP 503 says. A
version is kept where it is pinned. This module does not know markers: what one platform may ask for counts.
"""

import configparser
import re
from collections.abc import Iterator, Mapping

from analyzer.discover.manifest import Manifest, table, tables, text, texts
from analyzer.facts.source import Dependency

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*(?:\[([^\]\n]*)\])?")
_PIN = re.compile(r"\s*[=~]=\s*(\d[\w.]*)")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[([^\]\n]*)\])?")
_SEPARATORS = re.compile(r"[-_.]+")


def read_pyproject(folder: str, document: Mapping[str, object]) -> Manifest | None:
    """None where the file configures tools and describes no project."""
    project, poetry = table(document, "project"), table(document, "tool", "poetry")
    dependencies = tuple(_pyproject_dependencies(document))
    if not (project or poetry or dependencies or "build-system" in document):
        return None
    is_workspace = bool(table(document, "tool", "uv", "workspace"))
    name = text(project.get("name")) or text(poetry.get("name"))
    return Manifest(folder, "python", name, dependencies, is_workspace=is_workspace, reaches=is_workspace)


def read_requirements(folder: str, content: str) -> Manifest:
    """A requirements file. In a folder `requirements/` it belongs to the folder above."""
    parent, _, last = folder.rpartition("/")
    lines = content.replace("\\\n", " ").splitlines()
    return Manifest(parent if last == "requirements" else folder, "python", "", tuple(_requirements(lines)))


def read_setup_cfg(folder: str, content: str) -> Manifest | None:
    """None where the file configures tools only. configparser.Error where it is broken."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(content)
    if not parser.has_section("metadata") and not parser.has_section("options"):
        return None
    written = parser.get("options", "install_requires", fallback="").splitlines()
    if parser.has_section("options.extras_require"):
        written += [line for _, value in parser.items("options.extras_require") for line in value.splitlines()]
    return Manifest(folder, "python", parser.get("metadata", "name", fallback=""), tuple(_requirements(written)))


def read_pipfile(folder: str, document: Mapping[str, object]) -> Manifest:
    kinds = (value for key, value in document.items() if key not in ("source", "requires", "scripts", "pipenv"))
    return Manifest(
        folder, "python", "", tuple(found for kind in kinds if isinstance(kind, dict) for found in _pinned(kind))
    )


def _pyproject_dependencies(document: Mapping[str, object]) -> Iterator[Dependency]:
    project, tool = table(document, "project"), table(document, "tool")
    groups = (
        project.get("dependencies"),
        *table(project, "optional-dependencies").values(),
        *table(document, "dependency-groups").values(),
        *table(tool, "pdm", "dev-dependencies").values(),
        table(tool, "uv").get("dev-dependencies"),
    )
    for group in groups:
        yield from _requirements(texts(group))
    poetry = table(tool, "poetry")
    yield from _pinned(table(poetry, "dependencies"))
    yield from _pinned(table(poetry, "dev-dependencies"))
    for group_table in tables(poetry.get("group")):
        yield from _pinned(table(group_table, "dependencies"))


def _pinned(written: Mapping[str, object]) -> Iterator[Dependency]:
    """Tables of name -> version, as poetry and pipenv write them."""
    for name, value in written.items():
        if name.lower() != "python":
            yield Dependency(_normalised(name), texts(value.get("extras")) if isinstance(value, dict) else ())


def _requirements(lines: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[Dependency]:
    """One requirement a line (PEP 508, https://pip.pypa.io/en/stable/reference/requirements-file-format/)."""
    for line in lines:
        is_url = "://" in line.split(" @ ")[0] or line.lstrip().startswith("-")
        match = _EGG.search(line) if is_url else _REQUIREMENT.match(line)
        if match is not None:
            extras = tuple(extra.strip().lower() for extra in (match[2] or "").split(",") if extra.strip())
            pin = _PIN.match(line, match.end())
            yield Dependency(_normalised(match[1]), extras, pin[1] if pin is not None and not is_url else "")


def _normalised(name: str) -> str:
    return _SEPARATORS.sub("-", name).strip("-").lower()
