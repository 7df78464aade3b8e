"""Columns changed in place: what Alembic sends of `alter_column`.

What comes in: an Act. What goes out: statements with the engines that get them. Source: `alter_column` in alembic/ddl/impl.py, postgresql.py and mysql.py:
PostgreSQL gets a statement for each change, the type first and the name last, MySQL one that says the whole column again. SQLite takes a new name only;
the rest is done to a table made anew, for which PostgreSQL's statements stand. This module does not know what the column was.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act
from analyzer.extract.frameworks.alembic.names import flag, is_none, meant
from analyzer.extract.frameworks.alembic.statement import Statement
from analyzer.extract.frameworks.alembic.values import given
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.extract.frameworks.sqlalchemy.expressions import default_sql
from analyzer.extract.frameworks.sqlalchemy.names import last
from analyzer.extract.frameworks.sqlalchemy.types import sql_type
from analyzer.facts.source import Dialect

_TEMPORAL = frozenset({"DateTime", "DATETIME", "TIMESTAMP"})


def alter_column(act: Act) -> Iterator[Sent]:
    if not act.whole:
        # Of what is spread into the call nobody knows what it changes.
        yield Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" ").name(None).sent()
        return
    for dialect in ("postgres", "sqlite"):
        yield from _pieces(act, dialect)
    yield from _redeclared(act)


def _altering(act: Act) -> Statement:
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space)
    return statement.add(" ALTER COLUMN ").name(act.get("column_name"))


def _pieces(act: Act, dialect: Dialect) -> Iterator[Sent]:
    scope = act.scope
    type_, nullable = act.get("type_"), act.get("nullable")
    if type_ is not None and not is_none(type_, scope):
        statement = _typed(_altering(act).add(" TYPE "), type_, dialect)
        using = act.get("postgresql_using")
        if using is not None and dialect == "postgres" and not is_none(using, scope):
            statement.add(" USING ").expression(using, dialect)
        yield statement.sent(dialect)
    if not is_none(nullable, scope):
        required = flag(nullable, scope)
        statement = _altering(act)
        if required is None:
            yield statement.name(None).sent(dialect)
        else:
            yield statement.add(" DROP NOT NULL" if required else " SET NOT NULL").sent(dialect)
    if "server_default" in act.arguments and flag(act.get("server_default"), scope) is not False:
        yield _defaulted(_altering(act), act.arguments["server_default"], dialect).sent(dialect)
    if "comment" in act.arguments and dialect == "postgres":
        statement = Statement(scope, act.node, "COMMENT ON COLUMN ").name(act.table, act.space).add(".")
        yield statement.name(act.get("column_name")).add(" IS NULL").sent(dialect)
    name = act.get("new_column_name", "name")
    if name is not None and not is_none(name, scope):
        statement = Statement(scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" RENAME COLUMN ")
        yield statement.name(act.get("column_name")).add(" TO ").name(name).sent(dialect)


def _typed(statement: Statement, node: Node, dialect: Dialect) -> Statement:
    """The type as one engine has it."""
    found = sql_type(meant(node, statement.scope), statement.scope)
    words = found.spoken.words(dialect) if found is not None else None
    if words is None:
        return statement.name(None)
    for word in words:
        if isinstance(word, str):
            statement.say(word, node)
        else:
            statement.put(word)
    return statement


def _defaulted(statement: Statement, node: Node, dialect: Dialect) -> Statement:
    inner = meant(node, statement.scope)
    if inner.type == "none":
        return statement.add(" DROP DEFAULT")
    if last(inner) == "Identity":
        always = flag(given(inner, statement.scope).named.get("always"), statement.scope)
        return statement.add(f" ADD GENERATED {'ALWAYS' if always else 'BY DEFAULT'} AS IDENTITY")
    if last(inner) == "Computed":
        return statement.add(" SET ").name(None)
    return _default(statement.add(" SET DEFAULT "), inner, dialect)


def _default(statement: Statement, node: Node, dialect: Dialect) -> Statement:
    for word in default_sql(node, statement.scope).words(dialect) or ():
        if isinstance(word, str):
            statement.say(word, node)
        else:
            statement.put(word)
    return statement


def _redeclared(act: Act) -> Iterator[Sent]:
    """MySQL: MODIFY, or CHANGE for a new name, with all that the column is to have; a default alone has a form of its own."""
    scope = act.scope
    name, default = act.get("new_column_name", "name"), act.arguments.get("server_default")
    name = None if is_none(name, scope) else name
    default = None if default is not None and flag(default, scope) is False else default
    type_ = next((one for key in ("type_", "existing_type") if not is_none(one := act.get(key), scope)), None)
    moment = type_ is not None and last(meant(type_, scope)) in _TEMPORAL and default is not None
    changed = (
        any(not is_none(act.get(key), scope) for key in ("nullable", "type_", "autoincrement"))
        or "comment" in act.arguments
    )
    if name is None and not changed and not (moment and not is_none(default, scope)):
        if default is not None:
            yield _defaulted(_altering(act), default, "mysql").sent("mysql")
        return
    statement = Statement(scope, act.node, "ALTER TABLE ").name(act.table, act.space)
    statement.add(" CHANGE " if name is not None else " MODIFY ").name(act.get("column_name")).add(" ")
    if name is not None:
        statement.name(name).add(" ")
    if type_ is None:
        yield statement.name(None).sent("mysql")
        return
    yield _declared(_typed(statement, type_, "mysql"), act, default).sent("mysql")


def _declared(statement: Statement, act: Act, default: Node | None) -> Statement:
    scope = act.scope
    nullable = next((one for key in ("nullable", "existing_nullable") if not is_none(one := act.get(key), scope)), None)
    statement.add(" NOT NULL" if flag(nullable, scope, default=True) is False else " NULL")
    counting = next(
        (one for key in ("autoincrement", "existing_autoincrement") if (one := act.get(key)) is not None), None
    )
    statement.add(" AUTO_INCREMENT" if flag(counting, scope) else "")
    kept = default if default is not None else act.get("existing_server_default")
    if kept is not None and not is_none(kept, scope) and flag(kept, scope) is not False:
        _default(statement.add(" DEFAULT "), meant(kept, scope), "mysql")
    return statement
