"""package.json -> Manifest.

What comes in: a parsed document. What goes out: the packages it asks for. This module does not know lock files.

Source: https://docs.npmjs.com/cli/configuring-npm/package-json; a package is looked up in every folder above its importer
(https://nodejs.org/api/modules.html#loading-from-node_modules-folders), so what a manifest asks for reaches all folders below it.
"""

from collections.abc import Mapping

from analyzer.discover.manifest import Manifest, table, text
from analyzer.facts.source import Dependency

_KINDS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


def read_package(folder: str, document: Mapping[str, object]) -> Manifest:
    return Manifest(
        folder=folder,
        ecosystem="node",
        name=text(document.get("name")),
        dependencies=tuple(_package(name, value) for kind in _KINDS for name, value in table(document, kind).items()),
        reaches=True,
    )


def _package(name: str, value: object) -> Dependency:
    """`"db": "npm:pg@^8"` installs pg under another name."""
    version = text(value)
    if version.startswith("npm:"):
        name = version.removeprefix("npm:")
        rest, _, version = name[1:].partition("@")
        name = name[0:1] + rest
    return Dependency(name.lower(), version=version)
