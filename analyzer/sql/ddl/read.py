"""A script -> the schema changes its statements make.

What comes in: a Text and a dialect. What goes out: changes in order, each with the bytes it came from. A statement that is not
understood gives Opaque, one that is broken for certain gives Broken. This module does not know which objects exist.
"""

from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.statements import NoEffect
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.change.views import CreateView
from analyzer.facts.source import Dialect
from analyzer.facts.text import Text
from analyzer.sql.ddl.alter import read_alter_table
from analyzer.sql.ddl.blocks import read_block, read_function, read_routine
from analyzer.sql.ddl.control import read_control
from analyzer.sql.ddl.cursor import Cursor, UnreadError, open_statement
from analyzer.sql.ddl.data import read_data
from analyzer.sql.ddl.indexes import read_alter_index, read_create_index, read_drop_index
from analyzer.sql.ddl.opaque import broken_or_opaque, opaque
from analyzer.sql.ddl.session import (
    read_alter_namespace,
    read_create_namespace,
    read_drop_namespaces,
    read_into,
    read_set,
    read_set_config,
)
from analyzer.sql.ddl.splices import mark, reveal
from analyzer.sql.ddl.tables import (
    read_create_table,
    read_drop_table,
    read_rename_tables,
    read_virtual_table,
)
from analyzer.sql.ddl.triggers import read_create_trigger, read_drop_trigger
from analyzer.sql.ddl.types import (
    read_alter_domain,
    read_alter_type,
    read_alter_view,
    read_create_domain,
    read_create_type,
    read_create_view,
    read_drop_type,
    read_drop_view,
)
from analyzer.sql.embed import EmbeddedSql, embed
from analyzer.sql.splitting import split

_DATA = frozenset(
    {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES", "MERGE", "REPLACE", "TRUNCATE", "CALL", "EXEC", "("}
)
# Jinja and its kin: `{% if .. %} CREATE TABLE ..` may or may not be there.
_TAGS = ("{%", "{{", "{#", "<%")
_DYNAMIC = frozenset({"EXECUTE"})
_BODIES = frozenset({"FUNCTION", "PROCEDURE", "TRIGGER"})
# Whatever is spliced into these, no table changes its shape.
_SHAPELESS = ("GRANT", "REVOKE", "COMMENT", "LOCK", "ANALYZE", "FUNCTION", "PROCEDURE", "TRIGGER", "POLICY")
_TABLE_WORDS = frozenset({"TABLE", "GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN"})


def read_changes(text: Text, dialect: Dialect) -> tuple[SchemaChange, ...]:
    """All changes of a script, in order."""
    source = mark(embed(text, dialect))
    source = reveal(source) if dialect == "mysql" else source
    changes: list[SchemaChange] = []
    for start, end in split(source.sql, dialect):
        changes.extend(_read_statement(source, start, end, dialect))
    return tuple(changes)


def _read_statement(source: EmbeddedSql, start: int, end: int, dialect: Dialect) -> tuple[SchemaChange, ...]:
    cursor = open_statement(source, start, end, dialect)
    if cursor.done:
        return ()
    holes = any(kind != "bound" and start <= at < end for at, _, kind in source.holes)
    if cursor.word() in _DATA:
        if holes:
            return (NoEffect(cursor.span(), cursor.word()),)
        if dialect == "postgres" and (change := _read_select(cursor)) is not None:
            return (change,)
        return (read_data(cursor, source.sql[start:end]),)
    if cursor.word() in _DYNAMIC:
        return (opaque(cursor, "dynamic SQL"),)
    try:
        if holes:
            return _read_spliced(cursor)
        if cursor.sees("DO"):
            return read_block(cursor, _read_definition)
        return _read_definition(cursor)
    except UnreadError as error:
        cursor.at = 0
        return (broken_or_opaque(cursor, str(error)),)


def _read_select(cursor: Cursor) -> SchemaChange | None:
    """SELECT that makes a table, or sets the search path."""
    if not cursor.sees_any("SELECT", "WITH"):
        return None
    try:
        return read_set_config(cursor) or read_into(cursor)
    except UnreadError:
        return None
    finally:
        cursor.at = 0


def _read_spliced(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """What is left of a statement with holes. Of a block or a function nobody knows what a hole does to the rest."""
    bodies = cursor.sees("DO") or any(cursor.word(ahead) in _BODIES for ahead in range(min(4, len(cursor.tokens))))
    try:
        changes = () if bodies else _read_definition(cursor)
    except UnreadError:
        changes = ()
    cursor.at = 0
    if cursor.sees_any(*_SHAPELESS) or (cursor.sees("DROP") and cursor.word(1) in _SHAPELESS):
        return (NoEffect(cursor.span(), cursor.word()),)
    if all(isinstance(change, NoEffect) or _is_spliced_view(change) for change in changes):
        return (opaque(cursor, "spliced text"),)
    return tuple(_without_spliced_query(change) for change in changes)


def _is_spliced_view(change: SchemaChange) -> bool:
    return isinstance(change, CreateView) and "{}" in change.query


def _without_spliced_query(change: SchemaChange) -> SchemaChange:
    if isinstance(change, CreateTable) and change.query is not None and "{}" in change.query:
        return replace(change, query=None, open=True)
    return change


def _read_definition(cursor: Cursor) -> tuple[SchemaChange, ...]:
    verb = cursor.take_any("CREATE", "ALTER", "DROP", "RENAME")
    if verb == "CREATE":
        return _read_create(cursor)
    if verb == "ALTER":
        return _read_alter(cursor)
    if verb == "DROP":
        return _read_drop(cursor)
    if verb == "RENAME" and cursor.take_any("TABLE", "TABLES"):
        return read_rename_tables(cursor)
    if not verb and cursor.dialect == "postgres" and (path := read_set(cursor)) is not None:
        return (path,)
    return _neutral(cursor)


def _neutral(cursor: Cursor) -> tuple[SchemaChange, ...]:
    cursor.at = 0
    control = read_control(cursor)
    if control is not None:
        return (control,)
    if cursor.text(0, len(cursor.tokens)).startswith(_TAGS):
        template = opaque(cursor, "a template")
        return (template if template.touches else NoEffect(cursor.span(), ""),)
    words = [cursor.word(ahead) for ahead in range(2)]
    return (NoEffect(cursor.span(), " ".join(word for word in words if word.isalpha())),)


def _read_create(cursor: Cursor) -> tuple[SchemaChange, ...]:
    replace = cursor.take("OR", "REPLACE")
    if cursor.take("VIRTUAL", "TABLE"):
        return read_virtual_table(cursor)
    if _leads_to(cursor, "VIEW"):
        return read_create_view(cursor, replace=replace)
    if cursor.word() in _TABLE_WORDS or (cursor.sees_any("TEMP", "TEMPORARY") and cursor.word(1) == "TABLE"):
        return read_create_table(cursor) if _leads_to(cursor, "TABLE") else _neutral(cursor)
    if cursor.sees_any("UNIQUE", "INDEX", "FULLTEXT", "SPATIAL"):
        return read_create_index(cursor)
    if cursor.take("TYPE"):
        return read_create_type(cursor, replace=replace)
    if cursor.take("DOMAIN"):
        return read_create_domain(cursor)
    if cursor.dialect == "postgres" and cursor.take("SCHEMA"):
        return read_create_namespace(cursor, _read_definition)
    if cursor.dialect == "postgres" and cursor.sees_any("FUNCTION", "PROCEDURE"):
        return read_function(cursor, _read_definition)
    if cursor.dialect == "mysql" and (_leads_to(cursor, "PROCEDURE") or _leads_to(cursor, "FUNCTION")):
        return read_routine(cursor, _read_definition)
    if _leads_to(cursor, "TRIGGER") and not cursor.sees("EVENT"):
        return read_create_trigger(cursor, replace=replace)
    return _neutral(cursor)


def _leads_to(cursor: Cursor, kind: str) -> bool:
    """True where this word is the kind of object that is created: what stands before it are options."""
    others = {
        "TABLE",
        "VIEW",
        "FUNCTION",
        "PROCEDURE",
        "TRIGGER",
        "INDEX",
        "SEQUENCE",
        "EVENT",
        "RULE",
        "AS",
        "TYPE",
        "POLICY",
    }
    for ahead in range(min(14, len(cursor.tokens))):
        if cursor.word(ahead) in others:
            return cursor.word(ahead) == kind
    return False


def _read_alter(cursor: Cursor) -> tuple[SchemaChange, ...]:
    cursor.take("FOREIGN")
    if cursor.take("TABLE"):
        return read_alter_table(cursor)
    if cursor.take("INDEX"):
        return read_alter_index(cursor)
    if cursor.take("MATERIALIZED", "VIEW") or _take_view(cursor):
        return read_alter_view(cursor)
    if cursor.take("TYPE"):
        return read_alter_type(cursor)
    if cursor.take("DOMAIN"):
        return read_alter_domain(cursor)
    if cursor.dialect == "postgres" and cursor.take("SCHEMA"):
        return read_alter_namespace(cursor)
    return _neutral(cursor)


def _take_view(cursor: Cursor) -> bool:
    if not _leads_to(cursor, "VIEW"):
        return False
    while not cursor.take("VIEW"):
        cursor.skip()
    return True


def _read_drop(cursor: Cursor) -> tuple[SchemaChange, ...]:
    cursor.take("TEMPORARY")
    cursor.take("FOREIGN")
    if cursor.take("TABLE") or cursor.take("TABLES"):
        return read_drop_table(cursor)
    if cursor.take("INDEX"):
        return read_drop_index(cursor)
    if cursor.take("MATERIALIZED", "VIEW") or cursor.take("VIEW"):
        return read_drop_view(cursor)
    if cursor.take_any("TYPE", "DOMAIN"):
        return read_drop_type(cursor)
    if cursor.take("TRIGGER"):
        return read_drop_trigger(cursor)
    if cursor.dialect == "postgres" and cursor.take("SCHEMA"):
        return read_drop_namespaces(cursor)
    return _neutral(cursor)
