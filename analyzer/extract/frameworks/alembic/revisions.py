"""A migration of Alembic: its place among the others, and what its functions send.

What comes in: a Site of a module that says `down_revision`. What goes out: Revisions, one a database. Source:
https://alembic.sqlalchemy.org/en/latest/tutorial.html, "Working with Branches"; `upgrade_engine1` is the multidb template. This module does not know
other files.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.names import meant, plain
from analyzer.extract.frameworks.alembic.operations import argument, lower
from analyzer.extract.frameworks.alembic.values import defaults, elements, pairs
from analyzer.extract.frameworks.alembic.walking import Walk
from analyzer.extract.frameworks.framework import Declared, Site
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.entity import Naming
from analyzer.facts.revision import Operation, Revision, Routine
from analyzer.facts.text import Text

_TOOL = "alembic"
_UP, _DOWN = "upgrade", "downgrade"


def declare(site: Site) -> Iterator[Declared]:
    """The revision of a module: nothing where it is not called anything."""
    scope = site.scope
    name = site.captures["declaration"][0]
    if name.type == "keyword_argument":
        yield from _convention(name, scope)
        return
    if name.type == "import_from_statement":
        yield from _routines(scope)
        return
    identity = plain(_value("revision", scope), scope)
    if not identity or name.parent is None:
        return
    functions = functions_of(scope.structure.root)
    for suffix in _databases(functions):
        up, apart = _sent(f"{_UP}{suffix}", functions, scope)
        down = _way_down(f"{_DOWN}{suffix}", functions, scope)
        yield Revision(
            scope.structure.span(name.parent),
            identity,
            _TOOL,
            _ids("down_revision", scope),
            _ids("depends_on", scope),
            (),
            _ids("branch_labels", scope),
            up,
            down,
            not apart,
            suffix.removeprefix("_"),
        )


def _convention(node: Node, scope: Scope) -> Iterator[Naming]:
    """`MetaData(naming_convention={..})`."""
    value = node.child_by_field_name("value")
    entries = pairs(value, scope) if value is not None else None
    found = [(plain(key, scope), plain(pattern, scope)) for key, pattern in entries or ()]
    patterns = tuple((key, pattern) for key, pattern in found if key and pattern)
    if patterns:
        yield Naming(scope.structure.span(node), _TOOL, constraints=patterns)


def _routines(scope: Scope) -> Iterator[Routine]:
    """The functions of a module that is no migration itself, for those that call them."""
    functions = functions_of(scope.structure.root)
    if _value("down_revision", scope) is not None:
        return
    for name, node in functions.items():
        operations, _ = _sent(name, functions, scope)
        known = next((one for one in scope.structure.all_functions if one.span == scope.structure.span(node)), None)
        if operations and known is not None:
            values = tuple(
                (key, Text(scope.structure.span(value), argument(value, scope))) for key, value in defaults(node)
            )
            yield Routine(known.span, name, tuple(one.name for one in known.parameters), operations, values)


def functions_of(root: Node) -> dict[str, Node]:
    """All functions of a module by name."""
    found: dict[str, Node] = {}
    pending = list(root.named_children)
    while pending:
        node = pending.pop(0)
        name = node.child_by_field_name("name") if node.type == "function_definition" else None
        if name is not None:
            found.setdefault(text_of(name), node)
        if node.type != "class_definition":
            pending.extend(node.named_children if node.type in _HOLD else ())
    return found


_HOLD = frozenset({
    "function_definition", "decorated_definition", "block", "if_statement", "try_statement", "else_clause", "with_statement", "except_clause",
})  # fmt: skip


def _databases(functions: dict[str, Node]) -> list[str]:
    """The suffixes of a module that has a function for each database; else the one without."""
    body = functions[_UP].child_by_field_name("body") if _UP in functions else None
    if body is not None and "globals()" in text_of(body):
        found = [name.removeprefix(_UP) for name in functions if name.startswith(f"{_UP}_")]
        if found:
            return found
    return [""]


def _sent(name: str, functions: dict[str, Node], scope: Scope) -> tuple[tuple[Operation, ...], bool]:
    if name not in functions:
        return (), False
    walk = Walk(scope, functions, lambda call: lower(call, scope), lambda node: argument(node, scope))
    return walk.run(functions[name]), walk.apart


def _way_down(name: str, functions: dict[str, Node], scope: Scope) -> tuple[Operation, ...]:
    """A function that sends nothing, or refuses, was left so on purpose: it is one empty text."""
    if name not in functions:
        return ()
    return _sent(name, functions, scope)[0] or (Operation(Text(scope.structure.span(functions[name]), ())),)


def _value(name: str, scope: Scope) -> Node | None:
    found = [one for one in scope.structure.bindings_in.get((name, None), []) if one.value is not None]
    return found[-1].value if found else None


def _ids(name: str, scope: Scope) -> tuple[str, ...]:
    """One id, several, or none."""
    node = _value(name, scope)
    inner = meant(node, scope) if node is not None else None
    if inner is None or inner.type == "none":
        return ()
    word = plain(inner, scope)
    listed = elements(inner, scope) if word is None else None
    return (
        (word,) if word is not None else tuple(text for one in listed or () if (text := plain(one, scope)) is not None)
    )
