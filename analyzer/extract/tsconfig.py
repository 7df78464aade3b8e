"""tsconfig.json and jsconfig.json: the aliases of modules.

What comes in: a Source of such a name. What goes out: PathAliases, those of `paths` first, `baseUrl` last, and what the file `extends`. Source:
the TypeScript handbook, "tsconfig reference". These files are JSON with comments and trailing commas, which is why the JavaScript grammar
reads them. This module does not know where modules lie.
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
    options = _entry(_document(source), "compilerOptions")
    base = _string(_entry(options, "baseUrl"))
    folder = base if base is not None else "."
    for key, value in _entries(_entry(options, "paths")):
        yield PathAlias(key, tuple(posixpath.normpath(posixpath.join(folder, item)) for item in _strings(value)))
    if base is not None:
        yield PathAlias("*", (posixpath.normpath(posixpath.join(base, "*")),))


def extends(source: Source) -> tuple[str, ...]:
    """What one file inherits from, the strongest first: of a list the last wins."""
    value = _entry(_document(source), "extends")
    if value is None:
        return ()
    written = _string(value)
    return (written,) if written is not None else tuple(reversed(tuple(_strings(value))))


def _document(source: Source) -> Node | None:
    name = source.path.rpartition("/")[2]
    if not (name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json")):
        return None
    return _first_object(parse(b"(" + source.content + b")", "javascript").root_node)


def _first_object(root: Node) -> Node | None:
    node: Node | None = root
    while node is not None and node.type != "object":
        node = next((child for child in node.named_children if child.type != "comment"), None)
    return node


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    for pair in node.named_children if node is not None else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            yield text_of(key).strip("\"'"), value


def _entry(node: Node | None, name: str) -> Node | None:
    return next((value for key, value in _entries(node) if key == name), None)


def _strings(node: Node) -> Iterator[str]:
    if node.type == "array":
        yield from (written for child in node.named_children if (written := _string(child)) is not None)


def _string(node: Node | None) -> str | None:
    return text_of(node)[1:-1] if node is not None and node.type == "string" else None
