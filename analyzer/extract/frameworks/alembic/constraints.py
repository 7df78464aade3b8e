"""Constraints: as elements of a table, and by themselves.

What comes in: an Act, or a constraint in a table's arguments. What goes out: parts of SQL and statements. Source:
https://alembic.sqlalchemy.org/en/latest/ops.html, https://docs.sqlalchemy.org/en/20/core/constraints.html. SQLite has no such ALTER: in a batch Alembic
makes its table anew with the constraint, for which the plain statement stands. This module does not know columns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.alembic.acts import Act
from analyzer.extract.frameworks.alembic.names import flag, plain
from analyzer.extract.frameworks.alembic.statement import Statement
from analyzer.extract.frameworks.alembic.values import Given, elements, given
from analyzer.extract.frameworks.alembic.walking import Sent
from analyzer.extract.frameworks.sqlalchemy.names import last
from analyzer.extract.scope import Scope
from analyzer.facts.part import Part
from analyzer.facts.part.written import IdentifierPart
from analyzer.facts.source import Dialect

_PAIR = 2
# What a constraint is dropped as in MySQL, by Alembic's `type_`.
_MYSQL = {"foreignkey": "FOREIGN KEY ", "primary": "PRIMARY KEY", "unique": "INDEX ", "check": "CHECK "}


class Clause(Struct, frozen=True):
    """An element of a table. `primary` and `foreign` are the columns of such a key, where they are known."""

    parts: tuple[Part, ...]
    primary: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def clause(node: Node, scope: Scope, table: str | None) -> Clause | None:
    """A constraint among the arguments of a table; None for what is none."""
    arguments = given(node, scope)
    name = arguments.named.get("name")
    match last(node):
        case "PrimaryKeyConstraint":
            names = tuple(found for one in arguments.positional if (found := plain(one, scope)) is not None)
            return Clause(_listed("pk", "PRIMARY KEY (", arguments, scope, table), primary=names)
        case "UniqueConstraint":
            return Clause(_listed("uq", "UNIQUE (", arguments, scope, table))
        case "ForeignKeyConstraint":
            return _foreign(node, arguments, scope, table)
        case "CheckConstraint":
            condition = arguments.get(0, "sqltext")
            return Clause(tuple(_check(Statement(scope, node).constraint("ck", name, table), condition).parts))
        case "ExcludeConstraint":
            head = Statement(scope, node).constraint("", name, table)
            return Clause(tuple(_excluded(head, arguments.positional, arguments.named, scope).parts))
        case _:
            return None


def _listed(kind: str, words: str, arguments: Given, scope: Scope, table: str | None) -> tuple[Part, ...]:
    columns = [plain(one, scope) for one in arguments.positional]
    statement = Statement(scope, arguments.node).constraint(kind, arguments.named.get("name"), table, columns)
    return tuple(statement.add(words).names(arguments.positional if arguments.whole else None).add(")").parts)


def _foreign(node: Node, arguments: Given, scope: Scope, table: str | None) -> Clause:
    listed, targets = arguments.get(0, "columns"), arguments.get(1, "refcolumns")
    own = elements(listed, scope) if listed is not None else None
    theirs = elements(targets, scope) if targets is not None else None
    split = [_target(one, scope) for one in theirs or ()]
    tables = {words[:-1] for words in split if words}
    target = next(iter(tables))[-1] if len(tables) == 1 else ""
    others = tuple(words[-1] for words in split if words)
    columns = [plain(one, scope) for one in own or ()]
    statement = Statement(scope, node).constraint("fk", arguments.get(2, "name"), table, columns, (target, others))
    statement.add("FOREIGN KEY (").names(own).add(") REFERENCES ")
    if theirs and all(split) and len(tables) == 1:
        span = statement.span(theirs[0])
        statement.put(IdentifierPart(span, tables.pop()))
        statement.add(" (")
        for at, (words, one) in enumerate(zip(split, theirs, strict=True)):
            statement.add(", " if at else "").word((words or ("",))[-1], one)
        statement.add(")")
    else:
        statement.name(None)
    statement.add(_behind(arguments.named, scope))
    names = tuple(name for one in own or () if (name := plain(one, scope)) is not None)
    return Clause(tuple(statement.parts), foreign=names)


def _target(node: Node, scope: Scope) -> tuple[str, ...] | None:
    """The words of `users.id`."""
    text = plain(node, scope)
    words = tuple(text.split(".")) if text is not None else ()
    return words if len(words) >= _PAIR and all(words) else None


def _behind(named: Mapping[str, Node], scope: Scope) -> str:
    found = ""
    for key, words in (("match", "MATCH"), ("ondelete", "ON DELETE"), ("onupdate", "ON UPDATE")):
        action = plain(named.get(key), scope)
        found += f" {words} {action}" if action else ""
    found += " DEFERRABLE" if flag(named.get("deferrable"), scope) else ""
    initially = plain(named.get("initially"), scope)
    return found + (f" INITIALLY {initially}" if initially else "")


def _check(statement: Statement, condition: Node | None) -> Statement:
    statement.add("CHECK (")
    if condition is None:
        return statement.name(None).add(")")
    return statement.expression(condition, "postgres").add(")")


def _excluded(statement: Statement, pairs: Sequence[Node], named: Mapping[str, Node], scope: Scope) -> Statement:
    using = plain(named.get("using"), scope) or "gist"
    statement.add(f"EXCLUDE USING {using} (")
    for at, pair in enumerate(pairs):
        inner = elements(pair, scope) or ()
        statement.add(", " if at else "")
        if len(inner) != _PAIR:
            statement.name(None)
            continue
        if plain(inner[0], scope) is not None:
            statement.name(inner[0])
        else:
            statement.expression(inner[0], "postgres")
        statement.add(f" WITH {plain(inner[1], scope) or '='}")
    statement.add(")")
    where = named.get("where")
    return statement.add(" WHERE (").expression(where, "postgres").add(")") if where is not None else statement


# ------------------------------------------------------------------ by themselves
def _added(act: Act, kind: str, columns: str = "", target: str = "", others: str = "") -> Statement:
    """`ALTER TABLE t ADD CONSTRAINT name `; the name is left to convention and engine where none is said."""
    statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space).add(" ADD ")
    known = [plain(one, act.scope) for one in _columns(act, columns) or ()] if columns else []
    led = tuple(word for one in _columns(act, others) or () if (word := plain(one, act.scope)) is not None)
    to = plain(act.get(target), act.scope) if target else None
    table = plain(act.table, act.scope)
    return statement.constraint(kind, act.get("constraint_name"), table, known, (to or "", led))


def _columns(act: Act, *names: str) -> tuple[Node, ...] | None:
    node = act.get(*names)
    listed = elements(node, act.scope) if node is not None else None
    return (node,) if listed is None and node is not None and plain(node, act.scope) is not None else listed


def _behind_all(act: Act, statement: Statement) -> Iterator[Sent]:
    deferrable = " DEFERRABLE" if flag(act.get("deferrable"), act.scope) else ""
    initially = plain(act.get("initially"), act.scope)
    yield statement.add(deferrable + (f" INITIALLY {initially}" if initially else "")).sent()


def create_foreign_key(act: Act) -> Iterator[Sent]:
    statement = (
        _added(act, "fk", "local_cols", "referent_table", "remote_cols")
        .add("FOREIGN KEY (")
        .names(_columns(act, "local_cols"))
    )
    statement.add(") REFERENCES ").name(act.get("referent_table"), act.get("referent_schema"))
    statement.add(" (").names(_columns(act, "remote_cols")).add(")")
    yield statement.add(_behind(act.arguments, act.scope)).sent()


def create_primary_key(act: Act) -> Iterator[Sent]:
    yield _added(act, "pk", "columns").add("PRIMARY KEY (").names(_columns(act, "columns")).add(")").sent()


def create_unique_constraint(act: Act) -> Iterator[Sent]:
    words = "UNIQUE NULLS NOT DISTINCT (" if flag(act.get("postgresql_nulls_not_distinct"), act.scope) else "UNIQUE ("
    yield from _behind_all(act, _added(act, "uq", "columns").add(words).names(_columns(act, "columns")).add(")"))


def create_check_constraint(act: Act) -> Iterator[Sent]:
    yield _check(_added(act, "ck"), act.get("condition")).sent()


def create_exclude_constraint(act: Act) -> Iterator[Sent]:
    yield _excluded(_added(act, ""), act.rest, act.arguments, act.scope).sent("postgres")


def drop_constraint(act: Act) -> Iterator[Sent]:
    """MySQL says what it drops; a primary key has no name there. A check's name is the convention's too."""
    name, kind = act.get("constraint_name"), plain(act.get("type_"), act.scope)
    words = " DROP CONSTRAINT IF EXISTS " if flag(act.get("if_exists"), act.scope) else " DROP CONSTRAINT "
    groups: tuple[tuple[Dialect, ...], ...] = (("postgres", "sqlite"), ("mysql",))
    for dialects in groups:
        statement = Statement(act.scope, act.node, "ALTER TABLE ").name(act.table, act.space)
        statement.add(words if "mysql" not in dialects else f" DROP {_MYSQL.get(kind or '', 'CONSTRAINT ')}")
        if kind == "check":
            statement.constraint("ck", name, plain(act.table, act.scope), bare=True)
        elif kind != "primary" or "mysql" not in dialects:
            statement.name(name)
        yield statement.sent(*dialects)


CONSTRAINTS: Mapping[str, Callable[[Act], Iterator[Sent]]] = {
    "create_foreign_key": create_foreign_key,
    "create_primary_key": create_primary_key,
    "create_unique_constraint": create_unique_constraint,
    "create_check_constraint": create_check_constraint,
    "create_exclude_constraint": create_exclude_constraint,
    "drop_constraint": drop_constraint,
}
