"""A call of an operation taken apart: which argument is which, on `op` and on a batch of one table.

What comes in: calls and their Scope. What goes out: Acts. Source: https://alembic.sqlalchemy.org/en/latest/ops.html; older names of arguments are kept there
as deprecated ones. This module does not know what an operation writes.
"""

from collections.abc import Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.names import meant, method
from analyzer.extract.frameworks.alembic.values import Given, given
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of

# Arguments by place; a star takes all that are left.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "create_table": ("table_name", "*columns"),
    "drop_table": ("table_name",),
    "rename_table": ("old_table_name", "new_table_name"),
    "add_column": ("table_name", "column"),
    "drop_column": ("table_name", "column_name"),
    "alter_column": ("table_name", "column_name"),
    "create_index": ("index_name", "table_name", "columns"),
    "drop_index": ("index_name", "table_name"),
    "create_foreign_key": ("constraint_name", "source_table", "referent_table", "local_cols", "remote_cols"),
    "create_primary_key": ("constraint_name", "table_name", "columns"),
    "create_unique_constraint": ("constraint_name", "table_name", "columns"),
    "create_check_constraint": ("constraint_name", "table_name", "condition"),
    "create_exclude_constraint": ("constraint_name", "table_name", "*elements"),
    "drop_constraint": ("constraint_name", "table_name", "type_"),
    "create_table_comment": ("table_name", "comment"),
    "drop_table_comment": ("table_name",),
    "execute": ("sqltext",),
    "bulk_insert": ("table", "rows"),
    "sync_enum_values": ("enum_schema", "enum_name", "new_values", "affected_columns"),
}
_OLD = {
    "constraint_name": ("name",), "index_name": ("name",), "source_table": ("source",), "referent_table": ("referent",),
    "table_name": ("tablename", "source_table"), "columns": ("local_cols",), "column_name": ("name",), "sqltext": ("sql",),
}  # fmt: skip
_TABLES = frozenset({"table_name", "source_table"})
_BATCH = "batch_alter_table"
KNOWN = frozenset(_PLACES)


class Act(Struct, frozen=True):
    """One operation: its arguments by name, those behind a star in `rest`. `batch` is the call that opened the batch it belongs to.

    `checks` is True where it looks first whether there is anything to do.
    """

    node: Node
    name: str
    arguments: Mapping[str, Node]
    rest: tuple[Node, ...]
    whole: bool
    scope: Scope
    batch: Node | None = None
    checks: bool = False

    def get(self, *names: str) -> Node | None:
        return next((self.arguments[name] for name in names if name in self.arguments), None)

    @property
    def table(self) -> Node | None:
        return self.get("table_name", "source_table")

    @property
    def space(self) -> Node | None:
        return self.get("schema", "source_schema")


def act_of(call: Node, scope: Scope) -> Act | None:
    """The operation that a call is; None where it is none. One of another name is an Act with whatever it is given."""
    target, name = method(call)
    if target is None:
        return None
    if is_op(target, scope):
        return _act(call, name, given(call, scope), scope, None)
    batch = meant(target, scope)
    opened, opener = method(batch)
    if opener == _BATCH and opened is not None and is_op(opened, scope):
        return _act(call, name, given(call, scope), scope, batch)
    return None


def is_op(node: Node, scope: Scope) -> bool:
    """`op`, under whatever name it is imported or handed on."""
    node = meant(node, scope)
    if node.type == "attribute":
        return folded(node, 40) in ("alembic.op", "self.op")
    if node.type != "identifier":
        return False
    name = text_of(node)
    imports = [one for one in scope.structure.imports if one.alias == name]
    return any((one.module == "alembic" and one.name == "op") or one.module == "alembic.op" for one in imports) or (
        name == "op" and not imports
    )


def _act(call: Node, name: str, arguments: Given, scope: Scope, batch: Node | None) -> Act:
    places = list(_PLACES.get(name, ()))
    known = dict(arguments.named)
    if batch is not None:
        places = [place for place in places if place not in _TABLES]
        known |= _opened(batch, scope)
    rest: tuple[Node, ...] = ()
    for at, place in enumerate(places):
        if place.startswith("*"):
            rest = arguments.positional[at:]
        elif at < len(arguments.positional):
            known[place] = arguments.positional[at]
    for place in places:
        old = next((one for one in _OLD.get(place, ()) if one in known), None)
        if place not in known and old is not None:
            known[place] = known[old]
    if name not in _PLACES:
        rest = arguments.positional
    return Act(call, name, known, rest, arguments.whole, scope, batch)


def _opened(batch: Node, scope: Scope) -> dict[str, Node]:
    """The table of a batch, and its schema."""
    arguments = given(batch, scope)
    table, space = arguments.get(0, "table_name"), arguments.get(1, "schema")
    found = {"table_name": table, "source_table": table, "schema": space, "source_schema": space}
    return {name: node for name, node in found.items() if node is not None}
