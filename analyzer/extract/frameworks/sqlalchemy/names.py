"""What a dotted name of a file means to SQLAlchemy: `sa.String` is sqlalchemy.String, `db.Column` of Flask-SQLAlchemy is sqlalchemy.Column.

What comes in: nodes and their Scope. What goes out: dotted paths of packages, calls with their arguments taken apart. This module does not know what
the names stand for.
"""

from collections.abc import Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.part.written import LiteralPart

# What re-exports SQLAlchemy's names: https://flask-sqlalchemy.palletsprojects.com/en/stable/models/, sqlmodel/__init__.py.
_FACADES = ("sqlmodel", "flask_sqlalchemy", "sqlalchemy")
_LONG = 200
_DEPTH = 12


class Call(Struct, frozen=True):
    """A call taken apart. `whole` is False where a spread may add arguments."""

    node: Node
    positional: tuple[Node, ...]
    named: Mapping[str, Node]
    whole: bool


def path_of(node: Node, scope: Scope) -> str:
    """The dotted path behind a name: through the file's import of it, else as it stands; "" for what is no name."""
    if node.type not in ("identifier", "attribute") or node.end_byte - node.start_byte > _LONG:
        return ""
    name = folded(node)
    head, dot, rest = name.partition(".")
    entry = next((one for one in scope.structure.imports if one.alias == head), None)
    if entry is None:
        longest = [one for one in scope.structure.imports if one.alias and name.startswith(f"{one.alias}.")]
        return name if longest or dot else _starred(name, scope)
    stem = f"{entry.module}.{entry.name}" if entry.name else entry.module
    return f"{stem}{dot}{rest}"


def _starred(name: str, scope: Scope) -> str:
    """`from sqlalchemy import *` gives any name that nothing else gives."""
    stars = [one.module for one in scope.structure.imports if one.name == "*"]
    bound = name in scope.structure.bindings or name in set(scope.structure.owners.values)
    packages = [module for module in stars if module.partition(".")[0] in _FACADES]
    return f"{packages[0]}.{name}" if packages and not bound else name


def last(node: Node) -> str:
    """The last word of a dotted name or of what is called."""
    if node.type == "call":
        function = node.child_by_field_name("function")
        return last(function) if function is not None else ""
    if node.type == "attribute":
        attribute = node.child_by_field_name("attribute")
        return text_of(attribute) if attribute is not None else ""
    return text_of(node) if node.type == "identifier" else ""


def root_of(node: Node) -> str:
    """The first word of a dotted name or of what is called."""
    at: Node | None = node
    for _ in range(_DEPTH):
        if at is None or at.type == "identifier":
            break
        at = at.child_by_field_name("function" if at.type == "call" else "object")
    return text_of(at) if at is not None and at.type == "identifier" else ""


def call_of(node: Node) -> Call:
    """The arguments of a call; none where it is none."""
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    positional, named, whole = [], {}, True
    for child in arguments.named_children if arguments is not None else ():
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key is not None and value is not None:
            named[text_of(key)] = value
        elif child.type in ("list_splat", "dictionary_splat"):
            whole = False
        elif child.type not in ("comment", "keyword_argument"):
            positional.append(child)
    return Call(node, tuple(positional), named, whole)


def string_of(node: Node | None, scope: Scope) -> str | None:
    """The text of a plain string, or of a constant of the file."""
    bound = scope.bound(node) if node is not None and node.type == "identifier" else None
    node = bound[0] if bound is not None and not bound[1] else node
    if node is None or node.type in ("call", "integer", "float"):
        return None
    parts = scope.parts(node)
    if parts and all(isinstance(part, LiteralPart) for part in parts):
        return "".join(part.value for part in parts if isinstance(part, LiteralPart))
    return None


def is_true(node: Node | None) -> bool:
    return node is not None and node.type == "true"


def is_false(node: Node | None) -> bool:
    return node is not None and node.type == "false"


def is_own_path(path: str) -> bool:
    """Whether a dotted path leads into SQLAlchemy, or into what hands its names on."""
    return path.partition(".")[0] in _FACADES
