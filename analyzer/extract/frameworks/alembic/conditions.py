"""On which engines a branch of a migration runs.

What comes in: conditions and their Scope. What goes out: Chances: the engines where a condition may hold, and those where it surely does. Source:
https://alembic.sqlalchemy.org/en/latest/cookbook.html, "Run migrations only on certain dialects"; names of dialects are SQLAlchemy's. Whether a table
or column is there already is not asked of a schema here: such a branch may run or not.
"""

import re

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.names import meant, method, plain
from analyzer.extract.frameworks.alembic.values import elements, returned
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.source import DIALECTS, Dialect

_ALL = frozenset[Dialect](DIALECTS)
_NAMES: dict[str, Dialect] = {
    "postgresql": "postgres", "postgres": "postgres", "sqlite": "sqlite", "mysql": "mysql", "mariadb": "mysql",
}  # fmt: skip
# `op.get_bind().dialect.name`, `bind.engine.name`, `op.get_context().impl.__dialect__`, `connection.engine.dialect.name`.
_ASKED = re.compile(
    r".*\b(?:dialect|engine)\.name|.*\.__dialect__|.*\.get_dialect\(\)\.name|\w*\.?dialect_name|.*\.drivername"
)
_TYPE = re.compile(r"(?:.*\.)?(?:dialect|impl)")
_OFFLINE = re.compile(r"(?:\w+\.)*(?:is_offline_mode\(\)|as_sql)")
_DEPTH = 8
_TWO = 2


class Chance(Struct, frozen=True):
    """Where something may be so, and where it surely is."""

    may: frozenset[Dialect]
    must: frozenset[Dialect]

    def other(self) -> "Chance":
        return Chance(_ALL - self.must, _ALL - self.may)

    def both(self, more: "Chance") -> "Chance":
        return Chance(self.may & more.may, self.must & more.must)

    def either(self, more: "Chance") -> "Chance":
        return Chance(self.may | more.may, self.must | more.must)


ALWAYS = Chance(_ALL, _ALL)
NEVER = Chance(frozenset(), frozenset())
PERHAPS = Chance(_ALL, frozenset())


def chance(node: Node | None, scope: Scope, functions: dict[str, Node], depth: int = 0) -> Chance:
    """Where a condition holds."""
    if node is None or depth > _DEPTH:
        return PERHAPS
    node = meant(node, scope)
    inner = [child for child in node.named_children if child.type != "comment"]
    match node.type:
        case "true":
            return ALWAYS
        case "false" | "none":
            return NEVER
        case "not_operator" if inner:
            return chance(inner[0], scope, functions, depth + 1).other()
        case "boolean_operator" if len(inner) == _TWO:
            left, right = (chance(one, scope, functions, depth + 1) for one in inner)
            return left.both(right) if any(child.type == "and" for child in node.children) else left.either(right)
        case "comparison_operator" if len(inner) == _TWO:
            return _compared(node, inner[0], inner[1], scope, functions)
        case "call" | "attribute" if _OFFLINE.fullmatch(folded(node, 80)):
            return NEVER
        case "call":
            return _called(node, scope, functions, depth)
        case _:
            return PERHAPS


def _called(node: Node, scope: Scope, functions: dict[str, Node], depth: int) -> Chance:
    target, name = method(node)
    if name == "startswith" and target is not None and _asks(target, scope, functions):
        arguments = node.child_by_field_name("arguments")
        word = plain(arguments.named_children[0], scope) if arguments is not None and arguments.named_children else None
        return _on(frozenset(d for known, d in _NAMES.items() if word and known.startswith(word)))
    if name == "isinstance":
        return _of_type(node, scope)
    value = returned(functions[name]) if target is None and name in functions else None
    return chance(value, scope, functions, depth + 1)


def _of_type(node: Node, scope: Scope) -> Chance:
    """`isinstance(bind.dialect, postgresql.dialect)`, `isinstance(impl, SQLiteImpl)`."""
    arguments = node.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    if len(given) != _TWO or not _TYPE.fullmatch(folded(meant(given[0], scope), 80)):
        return PERHAPS
    words = folded(given[1], 80).lower()
    found = frozenset(
        dialect for known, dialect in _NAMES.items() if known in words or (known[:2] == "po" and "pgd" in words)
    )
    return _on(found) if found else PERHAPS


def _compared(node: Node, left: Node, right: Node, scope: Scope, functions: dict[str, Node]) -> Chance:
    signs = [child.type for child in node.children if not child.is_named]
    sign = " ".join(signs)
    if _asks(right, scope, functions):
        left, right = right, left
    if not _asks(left, scope, functions):
        return PERHAPS
    if sign in ("==", "is", "!=", "is not"):
        word = plain(right, scope)
        found = _on(frozenset({_NAMES[word]} if word in _NAMES else ())) if word is not None else PERHAPS
    elif sign in ("in", "not in"):
        listed = elements(right, scope)
        words = [plain(one, scope) for one in listed] if listed is not None else [None]
        found = _on(frozenset(_NAMES[word] for word in words if word in _NAMES)) if None not in words else PERHAPS
    else:
        return PERHAPS
    return found.other() if sign in ("!=", "is not", "not in") else found


def _on(dialects: frozenset[Dialect]) -> Chance:
    return Chance(dialects, dialects)


def _asks(node: Node, scope: Scope, functions: dict[str, Node], depth: int = 0) -> bool:
    """Whether an expression is the name of the engine's dialect."""
    value = meant(node, scope)
    if _ASKED.fullmatch(folded(value, 120)):
        return True
    target, name = method(value)
    if target is not None:
        return name in ("lower", "strip") and depth < _DEPTH and _asks(target, scope, functions, depth + 1)
    inner = returned(functions[name]) if name in functions else None
    return inner is not None and depth < _DEPTH and _asks(inner, scope, functions, depth + 1)
