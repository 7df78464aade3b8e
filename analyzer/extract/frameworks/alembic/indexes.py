"""Indexes: what Alembic sends to create and drop them.

What comes in: an Act, or the arguments of an `Index(..)`. What goes out: statements with the engines that get them. Source:
https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.create_index and the index options on the pages of SQLAlchemy's
dialects. This module does not know tables.
"""

from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act
from analyzer.extract.frameworks.alembic.names import flag, is_none, meant, plain
from analyzer.extract.frameworks.alembic.statement import Statement, as_it_stands
from analyzer.extract.frameworks.alembic.values import elements, pairs
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.facts.source import Dialect

_LONG: dict[Dialect, str] = {"postgres": "postgresql", "sqlite": "sqlite", "mysql": "mysql"}
_NAMES = frozenset({"identifier", "string", "concatenated_string", "subscript"})
_LENGTHS = "mysql_length"


def create_index(act: Act) -> Iterator[Sent]:
    columns = act.get("columns")
    listed = elements(columns, act.scope) if columns is not None else None
    if listed is None and columns is not None and plain(columns, act.scope) is not None:
        listed = (columns,)
    yield from index_of(act, act.get("index_name"), listed, act.arguments, act.node)


def index_of(
    act: Act, name: Node | None, columns: Sequence[Node] | None, options: Mapping[str, Node], node: Node
) -> Iterator[Sent]:
    """The statement as each engine gets it."""
    plain_options = not any(key.startswith(f"{long}_") for key in options for long in _LONG.values())
    groups: list[tuple[Dialect, ...]] = (
        [("postgres", "sqlite", "mysql")] if plain_options else [("postgres",), ("sqlite",), ("mysql",)]
    )
    for dialects in groups:
        yield _index(act, name, columns, options, node, dialects[0]).sent(*dialects)


def _index(
    act: Act,
    name: Node | None,
    columns: Sequence[Node] | None,
    options: Mapping[str, Node],
    node: Node,
    dialect: Dialect,
) -> Statement:
    scope, prefix = act.scope, _LONG[dialect]
    postgres = dialect == "postgres"
    statement = Statement(scope, node, "CREATE ").add("UNIQUE " if flag(options.get("unique"), scope) else "")
    if "unique" in options and flag(options["unique"], scope, default=False) is None:
        statement.name(None).add(" ")
    if dialect == "mysql" and (kind := plain(options.get("mysql_prefix"), scope)):
        statement.add(f"{kind} ")
    statement.add("INDEX ").add(
        "CONCURRENTLY " if postgres and flag(options.get(f"{prefix}_concurrently"), scope) else ""
    )
    statement.add("IF NOT EXISTS " if flag(options.get("if_not_exists"), scope) else "")
    _named(statement, act, name, columns).add(" ON ").name(act.table, act.space)
    using = plain(options.get(f"{prefix}_using"), scope)
    statement.add(f" USING {using} (" if using and postgres else " (")
    _columns(statement, act, columns, options, prefix)
    statement.add(")").add(f" USING {using}" if using and dialect == "mysql" else "")
    included = options.get(f"{prefix}_include")
    if included is not None and (listed := elements(included, scope)):
        statement.add(" INCLUDE (").names([*listed]).add(")")
    if flag(options.get(f"{prefix}_nulls_not_distinct"), scope):
        statement.add(" NULLS NOT DISTINCT")
    where = options.get(f"{prefix}_where")
    if not is_none(where, scope) and where is not None:
        statement.add(" WHERE ").expression(where, dialect)
    return statement


def _named(statement: Statement, act: Act, name: Node | None, columns: Sequence[Node] | None) -> Statement:
    """The index's name; where none is said, the one SQLAlchemy gives it."""
    if not is_none(name, act.scope):
        return statement.name(name)
    names = [plain(one, act.scope) for one in columns or ()] or [None]
    return statement.constraint("ix", None, plain(act.table, act.scope), names, bare=True)


def _columns(
    statement: Statement, act: Act, columns: Sequence[Node] | None, options: Mapping[str, Node], prefix: str
) -> None:
    if columns is None:
        statement.names(None)
    classes = _by_column(act, options.get(f"{prefix}_ops"))
    lengths = _by_column(act, options.get(_LENGTHS)) if prefix == "mysql" else {}
    length = meant(options[_LENGTHS], act.scope) if prefix == "mysql" and _LENGTHS in options else None
    for at, node in enumerate(columns or ()):
        statement.add(", " if at else "")
        word = plain(as_it_stands(node, act.scope), act.scope)
        if word is not None or meant(node, act.scope).type in _NAMES:
            statement.name(node)
        else:
            statement.expression(node, next(dialect for dialect, long in _LONG.items() if long == prefix))
        if word in lengths:
            statement.add(f"({lengths[word]})")
        elif length is not None and length.type == "integer":
            statement.add(f"({(length.text or b'').decode()})")
        statement.add(f" {classes[word]}" if word in classes else "")


def _by_column(act: Act, node: Node | None) -> dict[str | None, str]:
    entries = pairs(node, act.scope) if node is not None else None
    found: dict[str | None, str] = {}
    for key, value in entries or ():
        inner = meant(value, act.scope)
        text = (inner.text or b"").decode() if inner.type == "integer" else plain(inner, act.scope)
        if text is not None:
            found[plain(key, act.scope)] = text
    return found


def drop_index(act: Act) -> Iterator[Sent]:
    words = "DROP INDEX "
    words += "CONCURRENTLY " if flag(act.get("postgresql_concurrently"), act.scope) else ""
    words += "IF EXISTS " if flag(act.get("if_exists"), act.scope) else ""
    yield Statement(act.scope, act.node, words).name(act.get("index_name"), act.space).sent("postgres", "sqlite")
    statement = Statement(act.scope, act.node, "DROP INDEX ").name(act.get("index_name"))
    yield statement.add(" ON ").name(act.table, act.space).sent("mysql")
