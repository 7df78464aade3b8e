"""Imperative tables: `users = Table("users", metadata, Column(..))`, and classes that are mapped to one.

What comes in: the assignment or the call. What goes out: Entities named after the variable, whose attributes are what stands behind `.c`. Source:
https://docs.sqlalchemy.org/en/20/core/metadata.html, https://docs.sqlalchemy.org/en/20/orm/declarative_styles.html#imperative-mapping. This module does
not know classes.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.arguments import arguments
from analyzer.extract.frameworks.sqlalchemy.attributes import made
from analyzer.extract.frameworks.sqlalchemy.columns import column_call, is_column
from analyzer.extract.frameworks.sqlalchemy.indexes import loose
from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, is_own_path, last, path_of, string_of
from analyzer.extract.frameworks.sqlalchemy.relations import CALLS, relation
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import Entity, Related, Relation
from analyzer.facts.text import Text

_FRAMEWORK = "sqlalchemy"
_REFLECTING = ("autoload", "autoload_with")
_MAPPERS = frozenset({"map_imperatively", "mapper"})


def _registry(node: Node, scope: Scope) -> str:
    """The MetaData that only this file has: it may be another database's."""
    if node.type != "identifier":
        return ""
    made_here = [one.value for one in scope.meaning(text_of(node), node.start_byte).bindings if one.value is not None]
    own = len(made_here) == 1 and made_here[0].type == "call" and last(made_here[0]) == "MetaData"
    return f"{scope.structure.source.path}:{text_of(node)}" if own else ""


def tables(name: Node, value: Node, scope: Scope) -> Iterator[Entity]:
    """The table of a variable."""
    call = call_of(value)
    function = value.child_by_field_name("function")
    path = path_of(function, scope) if function is not None else ""
    given = call.positional[0] if call.positional else call.named.get("name")
    if (
        given is None
        or len(call.positional) < 2
        or not (is_own_path(path) or path.startswith(("db.", "self.db")) or path.endswith("db.Table"))
    ):
        return
    # Flask's takes no MetaData: that is the extension's own.
    behind = call.positional[1 if call.positional[1].type == "call" and last(call.positional[1]) != "MetaData" else 2 :]
    columns = [(node, column_call(node, scope)) for node in behind if is_column(node)]
    rest = [node for node in behind if not is_column(node)]
    table_args = arguments(rest, scope)
    keys = sum(column.primary for _, column in columns)
    attributes = [
        made(
            _key(node, scope) or column.name or "",
            node,
            column,
            None,
            scope,
            alone=keys <= 1 and len(table_args.primary) <= 1,
        )
        for node, column in columns
        if column.name is not None
    ]
    whole = (
        call.whole
        and table_args.whole
        and len(attributes) == len(columns)
        and not any(key in call.named for key in _REFLECTING)
    )
    yield Entity(
        scope.structure.span(name),
        text_of(name),
        "python",
        _FRAMEWORK,
        table=scope.text(given),
        registry=_registry(call.positional[1], scope),
        namespace=_schema(call, scope),
        attributes=tuple(one.attribute for one in attributes),
        clauses=(*(clause for one in attributes for clause in one.clauses), *table_args.clauses),
        statements=(
            *(text for one in attributes for text in one.statements),
            *table_args.statements,
            *loose(text_of(name), scope),
        ),
        closed=whole,
    )


def _key(node: Node, scope: Scope) -> str | None:
    """What code writes behind `.c`, where it is not the column's name."""
    return string_of(call_of(node).named.get("key"), scope)


def _schema(call: Call, scope: Scope) -> Text | None:
    """Its own schema, else that of the MetaData it is of."""
    given = call.named.get("schema")
    if given is not None:
        return scope.text(given) if given.type != "none" else None
    return metadata_schema(call.positional[1], scope)


def metadata_schema(node: Node, scope: Scope) -> Text | None:
    """`MetaData(schema="shop")` of the same file."""
    bound = scope.bound(node)
    made_of = bound[0] if bound is not None else None
    if made_of is None or made_of.type != "call" or last(made_of) != "MetaData":
        return None
    given = call_of(made_of).named.get("schema")
    return scope.text(given) if given is not None and given.type != "none" else None


def mapped_imperatively(node: Node, scope: Scope) -> Iterator[Entity | Related]:
    """`registry.map_imperatively(User, users, properties={..})`: the class has what the table has."""
    call = call_of(node)
    if last(node) not in _MAPPERS or len(call.positional) < 2:
        return
    owner, table = call.positional[:2]
    if owner.type != "identifier" or table.type not in ("identifier", "attribute"):
        return
    relations = tuple(_properties(call.named.get("properties"), text_of(owner), scope))
    yield Entity(
        scope.structure.span(node),
        text_of(owner),
        "python",
        _FRAMEWORK,
        bases=(folded(table, 200),),
        relations=relations,
        others=(),
    )


def _properties(node: Node | None, owner: str, scope: Scope) -> Iterator[Relation]:
    for pair in node.named_children if node is not None and node.type == "dictionary" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        name = string_of(key, scope) if key is not None else None
        if name and value is not None and value.type == "call" and last(value) in CALLS:
            found = relation(name, pair, value, None, owner, scope)
            if found is not None:
                yield found
