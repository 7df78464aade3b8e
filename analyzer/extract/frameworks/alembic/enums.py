"""Types of PostgreSQL that are made and dropped beside tables.

What comes in: calls on a type (`status.create(op.get_bind(), checkfirst=True)`), columns of a new table. What goes out: CREATE TYPE and DROP TYPE. Source:
https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#sqlalchemy.dialects.postgresql.ENUM. In one run a type is made before the first table that
has it, and not again: IF NOT EXISTS stands for that, as for `checkfirst`. This module does not know tables.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act
from analyzer.extract.frameworks.alembic.names import flag, meant, method, plain
from analyzer.extract.frameworks.alembic.statement import Statement
from analyzer.extract.frameworks.alembic.values import elements, given
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.extract.frameworks.sqlalchemy.columns import ColumnCall
from analyzer.extract.frameworks.sqlalchemy.names import last
from analyzer.extract.frameworks.sqlalchemy.types import SqlType, sql_type
from analyzer.extract.scope import Scope
from analyzer.facts.part import Part
from analyzer.facts.part.written import DialectPart

_HEAD = "CREATE TYPE "
_NAME = re.compile(r'CREATE TYPE ((?:"[^"]*"|\w+)(?:\.(?:"[^"]*"|\w+))?) ')
_ENUMS = frozenset({"Enum", "ENUM", "SAEnum", "SQLEnum", "PgEnum", "PGEnum", "DOMAIN"})


def created_types(column: Node, call: ColumnCall, scope: Scope) -> Iterator[tuple[Part, ...]]:
    """The types that a column of a new table brings with it."""
    types = [one for one in given(column, scope).positional if _is_enum(meant(one, scope))]
    inner = meant(types[0], scope) if types else None
    if inner is not None and flag(given(inner, scope).named.get("create_type"), scope) is False:
        return
    for text in call.type.created if call.type is not None else ():
        yield _unless_there(text.parts)


def _is_enum(node: Node) -> bool:
    return node.type == "call" and last(node) in _ENUMS


def _unless_there(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    head = parts[0] if parts else None
    if not isinstance(head, DialectPart) or head.postgres is None:
        return parts
    return (DialectPart(head.span, head.postgres.replace(_HEAD, f"{_HEAD}IF NOT EXISTS ", 1), "", ""), *parts[1:])


def of_type(call: Node, scope: Scope) -> list[Sent] | None:
    """`status.create(bind)` and `status.drop(bind)`; None where a call is neither."""
    target, name = method(call)
    if target is None or name not in ("create", "drop"):
        return None
    node = meant(target, scope)
    while node.type == "call" and last(node) in ("with_variant", "copy"):
        node = meant(method(node)[0] or node, scope)
    if not _is_enum(node):
        return None
    found, first = sql_type(node, scope), given(call, scope).get(1, "checkfirst")
    checked = flag(first, scope, default=last(node) != "Enum") is not False
    made = found.created if found is not None else ()
    if name == "create":
        return [(_unless_there(text.parts) if checked else text.parts, ("postgres",)) for text in made]
    return [_dropped(call, node, found, scope, checked=checked)]


def _dropped(call: Node, node: Node, found: SqlType | None, scope: Scope, *, checked: bool) -> Sent:
    statement = Statement(scope, call, "DROP TYPE IF EXISTS " if checked else "DROP TYPE ")
    head = found.created[0].parts[0] if found is not None and found.created else None
    match = _NAME.match(head.postgres) if isinstance(head, DialectPart) and head.postgres else None
    if match is not None:
        return statement.add(match[1]).sent("postgres")
    named = given(node, scope).named
    return statement.name(named.get("name"), named.get("schema")).sent("postgres")


def sync_enum_values(act: Act) -> Iterator[Sent]:
    """alembic-postgresql-enum (https://pypi.org/project/alembic-postgresql-enum): the type is made anew, and its columns are turned over to it
    with their defaults. OR REPLACE stands for that.
    """
    scope, values = act.scope, act.get("new_values")
    space = act.get("enum_schema") if plain(act.get("enum_schema"), scope) != "public" else None
    listed = elements(values, scope) if values is not None else None
    statement = (
        Statement(scope, act.node, "CREATE OR REPLACE TYPE ").name(act.get("enum_name"), space).add(" AS ENUM (")
    )
    for at, node in enumerate(listed or ()):
        text = plain(node, scope)
        statement.add(", " if at else "")
        if text is None:
            statement.name(None)
        else:
            statement.say("'" + text.replace("'", "''") + "'", node)
    yield (statement if listed is not None else statement.name(None)).add(")").sent("postgres")
