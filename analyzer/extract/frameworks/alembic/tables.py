"""Tables and columns: what Alembic sends to create, rename and drop them.

What comes in: an Act. What goes out: statements with the engines that get them. Source: alembic/operations/toimpl.py, alembic/ddl/impl.py, and the DDL
compilers of SQLAlchemy. This module does not know constraints by themselves.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act
from analyzer.extract.frameworks.alembic.constraints import Clause, clause
from analyzer.extract.frameworks.alembic.enums import created_types
from analyzer.extract.frameworks.alembic.indexes import index_of
from analyzer.extract.frameworks.alembic.names import flag, meant, plain
from analyzer.extract.frameworks.alembic.statement import Statement
from analyzer.extract.frameworks.alembic.values import given
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.extract.frameworks.sqlalchemy.columns import ColumnCall, column_call, is_column, is_name_given
from analyzer.extract.frameworks.sqlalchemy.names import call_of, last
from analyzer.extract.scope import Scope
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart


class Element(Struct, frozen=True):
    """A column of a table in the making. `name` is the node of its name, None where it is not known."""

    node: Node
    name: Node | None
    call: ColumnCall


def create_table(act: Act) -> Iterator[Sent]:
    """Types first, then the table, then its indexes."""
    nodes = [meant(one, act.scope) for one in act.rest]
    columns = [_element(node, act.scope) for node in nodes if is_column(node)]
    clauses = [
        found
        for node in nodes
        if not is_column(node) and (found := clause(node, act.scope, plain(act.table, act.scope))) is not None
    ]
    unknown = [node for node in nodes if not is_column(node) and last(node) not in _NO_COLUMNS]
    yield from _types(columns, act)
    statement = Statement(act.scope, act.node, "CREATE TABLE ")
    checks = act.checks or flag(act.get("if_not_exists"), act.scope)
    statement.add("IF NOT EXISTS " if checks else "").name(act.table, act.space).add(" (")
    elements = [*_columns(columns, clauses, act), *(one.parts for one in clauses), *_keys(columns, clauses, act)]
    if unknown or not act.whole:
        elements.append((HolePart(statement.span(act.node), UnknownOrigin()),))
    for at, element in enumerate(elements):
        statement.add(", " if at else "").all(element)
    yield statement.add(")").sent()
    for one in columns:
        yield from _index(one, act)
    for node in nodes:
        if last(node) == "Index":
            arguments = given(node, act.scope)
            first = arguments.positional[0] if arguments.positional else None
            yield from index_of(act, first, arguments.positional[1:], arguments.named, node)


_NO_COLUMNS = frozenset({
    "Index", "PrimaryKeyConstraint", "ForeignKeyConstraint", "UniqueConstraint", "CheckConstraint", "ExcludeConstraint",
})  # fmt: skip


def _types(columns: list[Element], act: Act) -> Iterator[Sent]:
    for one in columns:
        for parts in created_types(one.node, one.call, act.scope):
            yield parts, ("postgres",)


def declared(node: Node, scope: Scope) -> tuple[Part, ...]:
    """A column's name, and what stands behind it."""
    one = _element(node, scope)
    return (*Statement(scope, node).name(one.name).add(" ").parts, *one.call.definition())


def _element(node: Node, scope: Scope) -> Element:
    arguments = given(node, scope)
    first = arguments.get(0, "name")
    call = column_call(node, scope)
    named = call.name is not None or is_name_given(call_of(node))
    return Element(node, first if named else None, call)


def _keyed(columns: list[Element], clauses: list[Clause]) -> frozenset[str]:
    """The columns of the primary key."""
    return frozenset(
        (
            *(one.call.name or "" for one in columns if one.call.primary),
            *(name for one in clauses for name in one.primary),
        )
    )


def _columns(columns: list[Element], clauses: list[Clause], act: Act) -> Iterator[tuple[Part, ...]]:
    keyed = _keyed(columns, clauses)
    foreign = frozenset(name for one in clauses for name in one.foreign)
    for one in columns:
        call = msgspec.structs.replace(one.call, primary=one.call.primary or one.call.name in keyed)
        alone = len(keyed) == 1 and call.name not in foreign
        yield (*_name(one, act), *call.definition(alone=alone))


def _name(one: Element, act: Act) -> tuple[Part, ...]:
    statement = Statement(act.scope, one.node)
    return tuple(statement.name(one.name).add(" ").parts)


def _keys(columns: list[Element], clauses: list[Clause], act: Act) -> Iterator[tuple[Part, ...]]:
    """What columns say of keys, as elements of the table."""
    keyed = [one for one in columns if one.call.primary]
    if keyed and not any(one.primary for one in clauses):
        statement = Statement(act.scope, keyed[0].node)
        statement.constraint("pk", None, plain(act.table, act.scope), [one.call.name for one in keyed]).add(
            "PRIMARY KEY ("
        )
        for at, one in enumerate(keyed):
            statement.add(", " if at else "").name(one.name)
        yield tuple(statement.add(")").parts)
    for one in columns:
        yield from column_keys(one, act)


def column_keys(one: Element, act: Act) -> Iterator[tuple[Part, ...]]:
    """The foreign keys, the unique key and the checks of one column."""
    table, columns = plain(act.table, act.scope), [one.call.name]
    for key, node in zip(one.call.keys, _foreign(one, act), strict=False):
        if key.target is not None:
            name, target = given(node, act.scope).named.get("name"), key.target
            led = ((target.words or ("",))[-1], (target.name,))
            statement = Statement(act.scope, node).constraint("fk", name, table, columns, led)
            yield tuple(statement.add("FOREIGN KEY (").name(one.name).add(")").all(key.parts).parts)
    # With an index of its own the column is unique by that.
    if one.call.unique and not one.call.index:
        statement = Statement(act.scope, one.node).constraint("uq", None, table, columns)
        yield tuple(statement.add("UNIQUE (").name(one.name).add(")").parts)
    for node in given(one.node, act.scope).positional:
        check = clause(node, act.scope, table) if last(node) == "CheckConstraint" else None
        if check is not None:
            yield check.parts


def _foreign(one: Element, act: Act) -> list[Node]:
    return [node for node in given(one.node, act.scope).positional if last(node) == "ForeignKey"]


def _index(one: Element, act: Act) -> Iterator[Sent]:
    """`index=True`: the index is called after table and column, and is unique where the column is."""
    if one.call.index and one.name is not None:
        statement = Statement(act.scope, one.node, "CREATE UNIQUE INDEX " if one.call.unique else "CREATE INDEX ")
        statement.constraint("ix", None, plain(act.table, act.scope), [one.call.name], bare=True)
        yield statement.add(" ON ").name(act.table, act.space).add(" (").name(one.name).add(")").sent()


def add_column(act: Act) -> Iterator[Sent]:
    """The column, then its keys and indexes by themselves."""
    node = act.get("column")
    node = meant(node, act.scope) if node is not None else None
    if node is None or not is_column(node):
        yield (
            Statement(act.scope, act.node, "ALTER TABLE ")
            .name(act.table, act.space)
            .add(" ADD COLUMN ")
            .name(node)
            .sent()
        )
        return
    one = _element(node, act.scope)
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" ADD COLUMN ")
    statement.add("IF NOT EXISTS " if flag(act.get("if_not_exists"), act.scope) else "")
    statement.all(_name(one, act)).all(one.call.definition())
    yield statement.sent()
    for key in column_keys(one, act):
        yield Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" ADD ").all(key).sent()
    yield from _index(one, act)


def drop_column(act: Act) -> Iterator[Sent]:
    """In a batch SQLite's table is made anew without the column and the keys that name it: CASCADE stands for that."""
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" DROP COLUMN ")
    statement.add("IF EXISTS " if flag(act.get("if_exists"), act.scope) else "").name(act.get("column_name"))
    if act.batch is None:
        yield statement.sent()
    else:
        yield statement.sent("postgres", "mysql")
        yield statement.add(" CASCADE").sent("sqlite")


def drop_table(act: Act) -> Iterator[Sent]:
    words = "DROP TABLE IF EXISTS " if act.checks or flag(act.get("if_exists"), act.scope) else "DROP TABLE "
    yield Statement(act.scope, act.node, words).name(act.table, act.space).sent()


def rename_table(act: Act) -> Iterator[Sent]:
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.get("old_table_name"), act.space)
    yield statement.add(" RENAME TO ").name(act.get("new_table_name")).sent("postgres", "sqlite")
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.get("old_table_name"), act.space)
    yield statement.add(" RENAME TO ").name(act.get("new_table_name"), act.space).sent("mysql")


def table_comment(act: Act) -> Iterator[Sent]:
    statement = Statement(act.scope, act.node, "COMMENT ON TABLE ").name(act.table, act.space)
    yield statement.add(" IS NULL").sent("postgres")
