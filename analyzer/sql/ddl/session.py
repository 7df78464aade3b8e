"""PostgreSQL's search path and namespaces: SET search_path, CREATE SCHEMA with what it holds, ALTER and DROP SCHEMA; and SELECT INTO.

What comes in: a cursor over one statement. What goes out: changes, or None where the statement is another one. Sources: the pages of SET,
set_config, CREATE SCHEMA, SELECT INTO. This module does not know which namespaces exist.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.indexes import AddIndex
from analyzer.facts.change.namespaces import DropNamespace, RenameNamespace, SetSearchPath
from analyzer.facts.change.statements import NoEffect
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.change.views import CreateView
from analyzer.facts.clause import ObjectName
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.tables import object_names

_ELEMENTS = ("CREATE", "GRANT")


def read_set(cursor: Cursor) -> SetSearchPath | None:
    """SET [SESSION | LOCAL] search_path, SET SCHEMA, RESET search_path."""
    at = cursor.at
    if cursor.take("RESET", "SEARCH_PATH"):
        return SetSearchPath(cursor.span(), ())
    if cursor.take("SET"):
        cursor.take_any("SESSION", "LOCAL")
        named = cursor.take("SEARCH_PATH") and bool(cursor.take_any("TO", "="))
        if named or (cursor.take("SCHEMA") and cursor.kind() == "string"):
            items = list(cursor.part(cursor.at, len(cursor.tokens)).items())
            return SetSearchPath(cursor.span(), _path(_element(item) for item in items))
    cursor.at = at
    return None


def read_set_config(cursor: Cursor) -> SetSearchPath | None:
    """SELECT [pg_catalog.]set_config('search_path', 'shop, public', false)."""
    at = cursor.at
    if cursor.take("SELECT"):
        cursor.take("PG_CATALOG", ".")
        if cursor.take("SET_CONFIG") and cursor.sees("("):
            arguments = list(cursor.group().items())
            if len(arguments) == 3 and all(argument.kind() == "string" for argument in arguments[:2]):
                setting, value = arguments[0].string(), arguments[1].string()
                if setting.lower() == "search_path":
                    return SetSearchPath(cursor.span(), _path(part.strip().strip('"') for part in value.split(",")))
    cursor.at = at
    return None


def _element(item: Cursor) -> str:
    if item.sees("DEFAULT") or not item.tokens:
        return ""
    return item.string() if item.kind() == "string" else item.name()


def _path(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name and name != "$user")


def read_into(cursor: Cursor) -> CreateTable | None:
    """SELECT ... INTO table FROM ...: CREATE TABLE AS under another name."""
    verb, start = "", cursor.at
    while not cursor.done and not (cursor.sees("INTO") and verb == "SELECT"):
        verb = cursor.word() if cursor.sees_any("SELECT", "INSERT", "MERGE", "UPDATE", "DELETE") else verb
        cursor.skip()
    into = cursor.at
    if into >= len(cursor.tokens):
        cursor.at = start
        return None
    cursor.expect("INTO")
    temporary = bool(cursor.take_any("TEMP", "TEMPORARY"))
    cursor.take("UNLOGGED")
    cursor.take("TABLE")
    table = cursor.object_name()
    query = f"{cursor.text(start, into)} {cursor.rest()}"
    return CreateTable(cursor.span(), table, temporary=temporary, query=query)


def read_create_namespace(
    cursor: Cursor, read: Callable[[Cursor], tuple[SchemaChange, ...]]
) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE SCHEMA; `read` reads one definition of those that may follow."""
    cursor.take("IF", "NOT", "EXISTS")
    name = "" if cursor.sees("AUTHORIZATION") else cursor.name()
    if cursor.take("AUTHORIZATION"):
        name = name or cursor.name()
        if not cursor.done and not cursor.sees_any(*_ELEMENTS):
            cursor.at += 1
    changes: list[SchemaChange] = []
    while not cursor.done:
        start = cursor.at
        cursor.at += 1
        while not cursor.done and not (cursor.sees_any(*_ELEMENTS) and cursor.word(-1) != "FOR"):
            cursor.skip()
        changes.extend(_within(change, name) for change in read(cursor.part(start, min(cursor.at, len(cursor.tokens)))))
    return tuple(changes) or (NoEffect(cursor.span(), "CREATE SCHEMA"),)


def _within(change: SchemaChange, namespace: str) -> SchemaChange:
    match change:
        case CreateTable(table=ObjectName(namespace="") as name) | AddIndex(table=ObjectName(namespace="") as name):
            return replace(change, table=replace(name, namespace=namespace))
        case CreateView(view=ObjectName(namespace="") as name):
            return replace(change, view=replace(name, namespace=namespace))
        case _:
            return change


def read_alter_namespace(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind ALTER SCHEMA."""
    namespace = cursor.name()
    if cursor.take("RENAME", "TO"):
        return (RenameNamespace(cursor.span(), namespace, cursor.name()),)
    return (NoEffect(cursor.span(), "ALTER SCHEMA"),)


def read_drop_namespaces(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP SCHEMA."""
    if_exists = cursor.take("IF", "EXISTS")
    found = object_names(cursor)
    cascade = cursor.take("CASCADE")
    if not cursor.done and not cursor.take("RESTRICT"):
        raise UnreadError(f"unexpected {cursor.raw()!r}")
    return tuple(DropNamespace(span, name.name, cascade, if_exists) for span, name in found)
