"""What Drizzle's functions are called in one file.

What comes in: an expression that is called. What goes out: the function's own name and the dialect it speaks. Source: the exports of drizzle-orm's
`pg-core`, `mysql-core` and `sqlite-core`. This module does not know what the functions do.
"""

from collections.abc import Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.source import Dialect

_CORES: Mapping[str, Dialect] = {
    "drizzle-orm/pg-core": "postgres",
    "drizzle-orm/mysql-core": "mysql",
    "drizzle-orm/sqlite-core": "sqlite",
}
_DIALECTS: Mapping[str, Dialect] = {"pg": "postgres", "mysql": "mysql", "sqlite": "sqlite"}
# What makes something of its own, by what follows the engine's prefix.
_MADE = {
    "Table": "table", "TableCreator": "creator", "Enum": "enum", "Schema": "schema", "View": "view", "MaterializedView": "materializedView",
}  # fmt: skip
MAKERS: Mapping[str, tuple[str, Dialect]] = {
    f"{prefix}{word}": (made, dialect) for prefix, dialect in _DIALECTS.items() for word, made in _MADE.items()
}
_PACKAGE = "drizzle-orm"


class Named(Struct, frozen=True):
    """A function of Drizzle. `dialect` is None where it is one for all."""

    name: str
    dialect: Dialect | None = None


def named(callee: Node, scope: Scope) -> Named | None:
    """What is called; None where it is not Drizzle's by an import, nor by a name that nothing else has."""
    imports = scope.structure.imports
    if callee.type == "member_expression":
        target, property_ = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        if target is None or property_ is None or target.type != "identifier":
            return None
        alias = text_of(target)
        for entry in imports if alias in scope.structure.aliases else ():
            if entry.alias == alias and entry.name in ("", "*", "default") and _is_package(entry.module):
                return Named(text_of(property_), _CORES.get(entry.module))
        return None
    name = folded(callee, 80)
    for entry in imports if name in scope.structure.aliases else ():
        if entry.alias == name and _is_package(entry.module):
            return Named(entry.name, _CORES.get(entry.module))
    # What comes from elsewhere under such a name is the project's own.
    own = name in scope.structure.aliases or name in scope.structure.bindings
    return Named(name, MAKERS[name][1]) if name in MAKERS and not own else None


def is_own(name: str, scope: Scope) -> bool:
    """Whether the file binds a name by itself."""
    return name in scope.structure.bindings and name not in scope.structure.aliases


def _is_package(module: str) -> bool:
    return module == _PACKAGE or module.startswith(f"{_PACKAGE}/")
