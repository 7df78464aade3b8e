"""Raw SQL in Python: PEP 249 drivers and the libraries shaped like them.

What comes in: a Site, a call of a method named like `execute` or `fetch`. What goes out: Queries. A call whose first argument begins like
a statement is a query whatever it is called on. One whose text is not known is a query only where the project has a driver and the
handle looks like a connection or cursor, or the file imports the driver itself. This module does not know SQL.
"""

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.files import FILE
from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.python.arguments import bound_values
from analyzer.extract.python.drivers import Evidence, evidence
from analyzer.extract.python.rows import factory_row, rows
from analyzer.extract.sites import make_query
from analyzer.extract.texts import folded, text_of
from analyzer.facts.origin import CallOrigin, ParameterOrigin
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.query import Operation, ParamStyle, Query, Row
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

# Names that mean a statement even where its text is not known; the others are shared with too many libraries.
_STRONG = frozenset(
    {"execute", "executemany", "executescript", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one", "fetch_val"}
    | {"execute_fetchall", "execute_insert", "exec_driver_sql", "execute_values", "execute_batch", "read_sql_query"}
)
_CURSOR_FIRST = frozenset({"execute_values", "execute_batch"})
_KEYWORDS = ("sql", "query", "statement", "operation")
_HANDLE = re.compile(
    r"_*(?:\w*_)?(?:conn|connection|connect|acquire|con|cur|curs|cursor|db|database|pool|tx|txn|transaction|engine|pg|sqlite)\d*"
)
_MARKS = {"pyformat": re.compile(r"%[s(]"), "numeric": re.compile(r"\$\d")}
_SQL_NAME = re.compile(r"(?:^|[._])(?:SQL|QUERY|SELECT|INSERT|UPDATE|DELETE|DDL|STMT)(?:$|_)")
_TYPE = re.compile(r"\b\w*(?:Connection|Cursor|Pool|Database)\b|\b(?:sqlite3|aiosqlite|asyncpg|psycopg2?|pymysql)\b")
_BUILT = frozenset({"select", "insert", "update", "delete", "union", "union_all", "values", "with_only_columns"})


def refine(site: Site) -> Iterator[Query]:
    name = text_of(site.captures["_name"][0])
    nodes = [node for node in site.captures["_arguments"][0].named_children if node.type != "comment"]
    sql, others = _statement(name, nodes, site.node("query.handle"))
    if sql is None:
        return
    text, known = site.scope.text(sql), evidence(site.scope)
    if not _is_query(site, name, text, known) or (known.builds and _is_named_build(site, sql, text)):
        return
    operation = _operation(name)
    arguments = bound_values(site, name, others, text.skeleton, known) if operation == "statement" else None
    query = make_query(site, "dbapi", site.captures["query"][0], text, arguments=arguments, dialect=known.dialect)
    yield msgspec.structs.replace(
        query,
        operation=operation,
        paramstyle=_style(sql, text, known, bool(others)),
        row=_row(site),
        handle=_opened(site) or query.handle,
    )


def _opened(site: Site) -> str:
    """What a local name for a connection or cursor was made by: two databases of a file are both called `cur`."""
    handle = site.node("query.handle")
    origin = site.scope.origin(handle) if handle is not None and handle.type == "identifier" else None
    return origin.callee[:80] if isinstance(origin, CallOrigin) else ""


def _row(site: Site) -> Row | None:
    call, handle = site.captures["query"][0], site.node("query.handle")
    found = rows(site.scope).get(site.scope.structure.span(call))
    if found is not None and found.model is not None:
        return found
    made = factory_row(site.scope, handle) if handle is not None else None
    if made is None or found is None:
        return made or found
    return msgspec.structs.replace(made, reads=found.reads)


def _statement(name: str, nodes: list[Node], handle: Node | None) -> tuple[Node | None, list[Node]]:
    """The argument that is the statement, and those behind it; psycopg2's `extras.execute_values` takes the cursor first."""
    at = 1 if name in _CURSOR_FIRST and (handle is None or text_of(handle).endswith("extras")) else 0
    if len(nodes) > at and nodes[at].type not in ("keyword_argument", "list_splat", "dictionary_splat"):
        return nodes[at], nodes[at + 1 :]
    for node in nodes:
        key, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if node.type == "keyword_argument" and key is not None and text_of(key) in _KEYWORDS:
            return value, [other for other in nodes if other != node]
    return None, []


def _operation(name: str) -> Operation:
    if "many" in name or name in _CURSOR_FIRST:
        return "many"
    if "script" in name:
        return "script"
    return "prepare" if name == "prepare" else "statement"


def _style(sql: Node, text: Text, known: Evidence, has_arguments: bool) -> ParamStyle:
    """The driver's style, where the text does not contradict it: a wrapper's cursor may translate `?` for the driver below it.

    SQLAlchemy's `text` takes names; without arguments the pyformat drivers send the text as it stands.
    """
    function = sql.child_by_field_name("function")
    if function is not None and folded(function).rpartition(".")[2] == "text":
        return "named"
    mark = _MARKS.get(known.style)
    if mark is None or mark.search(text.skeleton):
        return known.style
    if has_arguments:
        return "any"
    return "none" if known.style == "pyformat" and text.is_complete else known.style


def _is_query(site: Site, name: str, text: Text, known: Evidence) -> bool:
    first = text.parts[0] if text.parts else None
    if isinstance(first, NamePart):
        constant = site.scope.constant(first.name) or ()
        if constant and isinstance(constant[0], LiteralPart):
            return looks_like_sql(Text(text.span, (*constant, *text.parts[1:])).skeleton)
    if isinstance(first, LiteralPart):
        return looks_like_sql(text.skeleton)
    handle = site.node("query.handle")
    if isinstance(first, NamePart) and first.name.startswith(FILE):
        return name.startswith("execute")
    if isinstance(first, NamePart) and _SQL_NAME.search(first.name) and handle is not None and _is_handle(site, handle):
        return True
    if first is None or name not in _STRONG or not known.any or _is_built(first):
        return False
    if handle is None:
        return True
    if text_of(handle) in ("self", "cls", "super()"):
        return False
    return _is_handle(site, handle) or (bool(known.drivers) and not known.builds and name.startswith("execute"))


def _is_built(part: object) -> bool:
    """`session.execute(select(User).where(...))`: a builder's statement, not a text."""
    return (
        isinstance(part, HolePart)
        and isinstance(part.origin, CallOrigin)
        and any(word in _BUILT for word in re.split(r"[.()]", part.origin.callee))
    )


def _is_named_build(site: Site, sql: Node, text: Text) -> bool:
    """A builder's statement that has a name, perhaps one of several: what is not known of it is no text."""
    if text.parts and not isinstance(text.parts[0], HolePart):
        return False
    node = site.scope.unwrapped(sql)
    if node.type != "identifier":
        callee = node.child_by_field_name("function") if node.type == "call" else None
        return callee is not None and folded(callee, 200).rpartition(".")[2] in _BUILT
    bindings = site.scope.meaning(text_of(node), node.start_byte).bindings
    origins = [site.scope.origin(one.value) for one in bindings if one.value is not None]
    words = {word for one in origins if isinstance(one, CallOrigin) for word in re.split(r"[.()]", one.callee)}
    return any(word in _BUILT or word.endswith(("_insert", "_select")) for word in words)


def _is_handle(site: Site, handle: Node) -> bool:
    """Named like a connection or cursor, made by a call that is, or a parameter of such a type."""
    node = site.scope.unwrapped(handle)
    callee = node.child_by_field_name("function") if node.type == "call" else None
    if _HANDLE.fullmatch(folded(callee or node).rpartition(".")[2].lower()):
        return True
    origin = site.scope.origin(node)
    if isinstance(origin, CallOrigin):
        return _HANDLE.fullmatch(origin.callee.rpartition(".")[2].lower()) is not None
    if isinstance(origin, ParameterOrigin):
        function = site.scope.structure.functions.innermost(handle.start_byte)
        parameters = function.parameters if function is not None else ()
        return any(entry.name == origin.name and _TYPE.search(entry.type) for entry in parameters)
    return False


FRAMEWORKS = (
    Framework(
        name="dbapi",
        languages=("python",),
        dependencies=frozenset(),
        # Any file may hold a connection that another file made: what reveals a site is its method.
        tokens=(
            *(b"exec", b"fetch", b"query", b"prepare", b"cursor", b"scalar", b"copy", b"stream", b"iterate", b"raw"),
            *(b"read_sql", b"mogrify", b".one", b".all", b".run"),
        ),
        refine=refine,
    ),
)
