"""Cargo.toml -> Manifest.

What comes in: a parsed document. What goes out: the crates it asks for, under their real names. This module does not know which
features a workspace adds: `projects` puts that together.

Source: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html and .../workspaces.html.
"""

from collections.abc import Iterator, Mapping

from analyzer.discover.manifest import Manifest, table, tables, text, texts
from analyzer.facts.source import Dependency

_KINDS = ("dependencies", "dev-dependencies", "dev_dependencies", "build-dependencies", "build_dependencies")


def read_cargo(folder: str, document: Mapping[str, object]) -> Manifest:
    written = [(name, value) for kind in _tables(document) for name, value in kind.items()]
    shared = table(document, "workspace", "dependencies")
    switched = _switched(table(document, "features"))
    return Manifest(
        folder=folder,
        ecosystem="rust",
        name=text(table(document, "package").get("name")),
        dependencies=tuple(
            _crate(name, value, switched.get(name, ())) for name, value in written if not _is_inherited(value)
        ),
        inherited=tuple(
            Dependency(name, (*_features(value), *switched.get(name, ())))
            for name, value in written
            if _is_inherited(value)
        ),
        shared=tuple((name, _crate(name, value)) for name, value in shared.items()),
        is_workspace="workspace" in document,
    )


def _tables(document: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The tables of dependencies, also those for one target platform."""
    for scope in (document, *tables(table(document, "target"))):
        for kind in _KINDS:
            yield table(scope, kind)


def _switched(features: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """What a crate's own features switch on in its dependencies: `stream = ["dep:sqlx", "sqlx/sqlite"]`."""
    found: dict[str, tuple[str, ...]] = {}
    for values in features.values():
        for value in values if isinstance(values, list) else ():
            name, _, feature = str(value).partition("/")
            if feature:
                found[name.rstrip("?")] = (*found.get(name.rstrip("?"), ()), feature)
    return found


def _crate(name: str, value: object, switched: tuple[str, ...] = ()) -> Dependency:
    renamed = text(value.get("package")) if isinstance(value, dict) else ""
    return Dependency((renamed or name).lower(), (*_features(value), *switched))


def _features(value: object) -> tuple[str, ...]:
    return texts(value.get("features")) if isinstance(value, dict) else ()


def _is_inherited(value: object) -> bool:
    return isinstance(value, dict) and value.get("workspace") is True
