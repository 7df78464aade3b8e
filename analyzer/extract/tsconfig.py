"""tsconfig.json and jsconfig.json: the aliases of modules.

What comes in: a Source of such a name. What goes out: PathAliases, those of `paths` first, `baseUrl` last. Source: the TypeScript handbook, "tsconfig
reference". These files are JSON with comments and trailing commas, which is why the JavaScript grammar reads them. `extends` is not
followed. This module does not know where modules lie.
"""

import posixpath
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.languages import parse
from analyzer.extract.texts import text_of
from analyzer.facts.file import PathAlias
from analyzer.facts.source import Source


def aliases(source: Source) -> Iterator[PathAlias]:
    """The aliases of one file; none where it is something else or cannot be read."""
    name = source.path.rpartition("/")[2]
    if not (name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json")):
        return
    root = parse(b"(" + source.content + b")", "javascript").root_node
    options = _entry(_first_object(root), "compilerOptions")
    base = _entry(options, "baseUrl")
    folder = _string(base) if base is not None else "."
    for key, value in _entries(_entry(options, "paths")):
        targets = tuple(posixpath.normpath(posixpath.join(folder, _string(item))) for item in value.named_children)
        yield PathAlias(key, targets)
    if base is not None:
        yield PathAlias("*", (posixpath.normpath(posixpath.join(folder, "*")),))


def _first_object(root: Node) -> Node | None:
    node: Node | None = root
    while node is not None and node.type != "object":
        node = next((child for child in node.named_children if child.type != "comment"), None)
    return node


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    for pair in node.named_children if node is not None else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            yield _string(key), value


def _entry(node: Node | None, name: str) -> Node | None:
    return next((value for key, value in _entries(node) if key == name), None)


def _string(node: Node) -> str:
    return text_of(node).strip("\"'")
