"""What a manifest says of its project, as a value, and the reading of tables somebody else wrote.

This module does not know any kind of manifest.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Dependency

Ecosystem = Literal["rust", "node", "python"]


class Manifest(Struct, frozen=True):
    """`folder` is "" for the root. `inherited` are dependencies written here whose features a workspace manifest adds to.

    `shared` is what a workspace manifest offers to its members; `reaches` says whether its own dependencies count below it.
    """

    folder: str
    ecosystem: Ecosystem
    name: str = ""
    dependencies: tuple[Dependency, ...] = ()
    inherited: tuple[Dependency, ...] = ()
    shared: tuple[tuple[str, Dependency], ...] = ()
    is_workspace: bool = False
    reaches: bool = False


def table(value: object, *keys: str) -> Mapping[str, object]:
    """The table under a path of keys, empty where something else stands there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def tables(value: object) -> Iterator[Mapping[str, object]]:
    """The tables among the values of a table."""
    if isinstance(value, dict):
        yield from (item for item in value.values() if isinstance(item, dict))


def merged(dependencies: Iterator[Dependency] | tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    """One dependency a name, with all features asked for anywhere and the first version, sorted."""
    features: dict[str, set[str]] = {}
    versions: dict[str, str] = {}
    for dependency in dependencies:
        features.setdefault(dependency.name, set()).update(dependency.features)
        versions[dependency.name] = versions.get(dependency.name) or dependency.version
    return tuple(Dependency(name, tuple(sorted(found)), versions[name]) for name, found in sorted(features.items()))
