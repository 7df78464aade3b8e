"""sqlx: what its `.scm` cannot say: the `.bind()` chain, the arguments of macros, rows by type.

What comes in: a Site. What goes out: Queries. Source: docs.rs/sqlx, `query`, `query_as`, `query!`, `query_file!`. This module does not know
SQL.
"""

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.frameworks.sqlx_builders import built
from analyzer.extract.frameworks.sqlx_rows import inferred
from analyzer.extract.rust.reads import file_reads, row_read
from analyzer.extract.rust.strings import arguments, group_parts, literal
from analyzer.extract.rust.types import host_type
from analyzer.extract.rust.values import member_origin, token_type, value_type
from analyzer.extract.sites import make_query
from analyzer.extract.texts import text_of
from analyzer.facts.model import Field, HostType
from analyzer.facts.origin import Origin, UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, HolePart, NamePart
from analyzer.facts.query import Argument, Arguments, Query, Row
from analyzer.facts.source import Span
from analyzer.facts.text import Text

# Methods after which nothing can be bound any more, and what the chain gives is used.
_ENDS = frozenset(
    {"execute", "execute_many", "fetch", "fetch_all", "fetch_one", "fetch_optional", "fetch_many", "map", "try_map"}
)
_PASSES = frozenset({"persistent", "bind"})
# Types of one engine (docs.rs/sqlx): a file that names those of one engine alone talks to that engine.
_TYPES = {
    "postgres": (b"PgPool", b"PgConnection", b"PgExecutor", b"PgRow", b"PgTransaction", b"sqlx::Postgres", b"sqlx::postgres", b"<Postgres"),
    "sqlite": (b"SqlitePool", b"SqliteConnection", b"SqliteExecutor", b"SqliteRow", b"sqlx::Sqlite", b"sqlx::sqlite", b"<Sqlite"),
    "mysql": (b"MySqlPool", b"MySqlConnection", b"MySqlExecutor", b"MySqlRow", b"sqlx::MySql", b"sqlx::mysql", b"<MySql"),
}  # fmt: skip
_STRINGS = ("string_literal", "raw_string_literal")


def refine(site: Site) -> Iterator[Query]:
    dialect = engine(site.source.content)
    for query in _queries(site):
        yield msgspec.structs.replace(query, dialect_hint=dialect)


@lru_cache(maxsize=1)
def engine(content: bytes) -> str:
    """The one engine whose types a file names, "" where it names those of several or of none."""
    found = [dialect for dialect, names in _TYPES.items() if any(name in content for name in names)]
    return found[0] if len(found) == 1 else ""


def _queries(site: Site) -> Iterator[Query]:
    tokens = site.node("query.tokens")
    if "_builder" in site.captures:
        yield _built(site)
        return
    yield from _macro(site, tokens) if tokens is not None else _function(site)


def _built(site: Site) -> Query:
    """A text that a QueryBuilder puts together; what it binds stands in the text itself."""
    call, sql = site.captures["query"][0], site.captures["query.sql"][0]
    parts, end = built(call, sql, site)
    values = tuple(_pushed(part, site) for part in parts if isinstance(part, BoundPart))
    later = _binds(end, site) if end is not None else Arguments((), complete=False)
    complete = later.complete and not any(isinstance(part, HolePart) for part in parts)
    text = Text(site.scope.structure.span(sql), parts)
    query = make_query(site, "sqlx", call, text, arguments=Arguments((*values, *later.values), complete))
    row = _built_row(end, site) or _read(site)
    return msgspec.structs.replace(query, paramstyle="numeric" if values else "any", row=row)


def _pushed(part: BoundPart, site: Site) -> Argument:
    node = site.scope.structure.root.descendant_for_byte_range(part.span.start, part.span.end)
    type_, path = value_type(node, site.scope) if node is not None else (HostType(""), ())
    return Argument(part.span, part.origin, type=type_, path=path)


def _built_row(end: Node | None, site: Site) -> Row | None:
    """The row of `build_query_as::<User>()`."""
    function = end.child_by_field_name("function") if end is not None else None
    types = function.child_by_field_name("type_arguments") if function is not None else None
    named = types.named_children if types is not None else []
    if function is None or not named or text_of(named[-1]) == "_":
        return None
    scalar = "build_query_scalar" in text_of(function.child_by_field_name("function") or function)
    return row_of(named[-1], site.scope.structure.span(named[-1]), scalar=scalar)


def _function(site: Site) -> Iterator[Query]:
    call, sql = site.captures["query"][0], site.captures["query.sql"][0]
    name = text_of(site.captures["_name"][0])
    if "gate" in site.settings:
        yield msgspec.structs.replace(make_query(site, "sqlx", call, site.scope.text(sql)), row=_read(site))
        return
    with_values = name.endswith("_with")
    bound = Arguments((), complete=False) if with_values else _binds(call, site)
    query = make_query(site, "sqlx", call, site.scope.text(sql), arguments=None if name == "raw_sql" else bound)
    operation = "script" if name == "raw_sql" else "statement"
    yield msgspec.structs.replace(query, operation=operation, row=_row(site, name))


def _binds(call: Node, site: Site) -> Arguments:
    """Values of the `.bind()` calls that follow, up to the call that runs the query."""
    values: list[Argument] = []
    node = call
    while True:
        field = node.parent
        outer = field.parent if field is not None and field.type == "field_expression" else None
        if (
            field is None
            or outer is None
            or outer.type != "call_expression"
            or field.child_by_field_name("value") != node
        ):
            return Arguments(tuple(values), complete=False)
        method = text_of(field.child_by_field_name("field") or field)
        if method in _ENDS:
            return Arguments(tuple(values))
        inner = outer.child_by_field_name("arguments")
        if method not in _PASSES or inner is None:
            return Arguments(tuple(values), complete=False)
        if method == "bind" and inner.named_children:
            value = inner.named_children[0]
            span, origin = site.scope.structure.span(value), site.scope.origin(value)
            type_, path = value_type(value, site.scope)
            values.append(Argument(span, origin, type=type_, path=path))
        node = outer


def _row(site: Site, name: str) -> Row | None:
    if not name.startswith(("query_as", "query_scalar")):
        return _read(site)
    types = site.node("query.row")
    named = [node for node in types.named_children if node.type != "lifetime"] if types is not None else []
    written = named[-1] if named and text_of(named[-1]) != "_" else inferred(site.captures["query"][0])
    if written is None:
        return _scalar(site) if name.startswith("query_scalar") else None
    return row_of(written, site.scope.structure.span(written), scalar=name.startswith("query_scalar"))


def _read(site: Site, framework: str = "sqlx") -> Row | None:
    """The row as code reads it by hand."""
    return row_read(site.scope.structure.root, site.source, site.captures["query"][0], framework)


def _scalar(site: Site) -> Row | None:
    """The one value of a row, by what takes it."""
    call, source = site.captures["query"][0], site.source
    around = file_reads(site.scope.structure.root, source.path, source.content).around
    host, path = around.wanted(call, ("Query",))
    span = site.scope.structure.span(call)
    return Row(span, "position", fields=(Field(span, "0", "0", host, path=path),), scalar=True) if host.name else None


def row_of(node: Node, span: Span, *, scalar: bool) -> Row | None:
    """The row a type stands for: a struct by name, a tuple by position, or one value."""
    if scalar:
        return Row(span, "position", fields=(Field(span, "0", "0", host_type(node)),), scalar=True)
    if node.type == "tuple_type":
        fields = tuple(
            Field(Span(span.path, child.start_byte, child.end_byte), str(index), str(index), host_type(child))
            for index, child in enumerate(node.named_children)
        )
        return Row(span, "position", fields=fields)
    if node.type == "generic_type":
        node = node.child_by_field_name("type") or node
    if node.type in ("type_identifier", "scoped_type_identifier"):
        return Row(span, "name", model=text_of(node), framework="sqlx")
    return None


def _macro(site: Site, tokens: Node) -> Iterator[Query]:
    call, name = site.captures["query"][0], text_of(site.captures["_name"][0])
    groups = list(arguments(tokens))
    typed = "_as" in name
    at = 1 if typed else 0
    if len(groups) <= at or not _is_text(groups[at]):
        return
    span = Span(site.source.path, groups[at][0].start_byte, groups[at][-1].end_byte)
    parts = _file(groups[at], site) if "_file" in name else group_parts(groups[at], site.source, site.scope)
    values = tuple(_argument(group, site) for group in groups[at + 1 :] if group)
    query = make_query(site, "sqlx", call, Text(span, parts), arguments=Arguments(values))
    row = _macro_row(groups[0], site) if typed else _scalar(site) if "_scalar" in name else _read(site, "")
    yield msgspec.structs.replace(query, row=row, checked=True, paramstyle="any")


def _is_text(group: list[Node]) -> bool:
    return bool(group) and (group[0].type in _STRINGS or (len(group) == 1 and group[0].type == "identifier"))


def _file(group: list[Node], site: Site) -> tuple[Part, ...]:
    """`query_file!` paths are relative to the crate's manifest."""
    path = literal(group[0], site.source).value
    crate = site.source.project.path
    return (NamePart(f"file:{crate}/{path}" if crate else f"file:{path}", site.scope.structure.span(group[0])),)


_LIBRARY = frozenset(
    {
        "String",
        "Uuid",
        "DateTime",
        "NaiveDateTime",
        "NaiveDate",
        "OffsetDateTime",
        "Decimal",
        "BigDecimal",
        "Value",
        "Json",
        "Vec",
        "Option",
        "IpAddr",
        "IpNetwork",
    }
)


def _argument(group: list[Node], site: Site) -> Argument:
    span = Span(site.source.path, group[0].start_byte, group[-1].end_byte)
    type_, path = token_type(group, site.scope)
    # `x as T` switches the macro's own check off; what such a cast says counts where T is the project's.
    if any(text_of(node) == "as" for node in group) and (type_.name[:1].islower() or type_.name in _LIBRARY):
        type_, path = HostType(""), ()
    return Argument(span, member_origin(group) or _origin(group, site), type=type_, path=path)


def _origin(group: list[Node], site: Site) -> Origin:
    """Tokens are no expression: the first name decides, as it does for `user.id` and `&user.id`."""
    for node in group:
        if node.type in site.scope.syntax.identifiers:
            return site.scope.origin(node)
        if node.type in site.scope.syntax.literals and len(group) == 1:
            return site.scope.origin(node)
    return UnknownOrigin()


def _macro_row(group: list[Node], site: Site) -> Row | None:
    names = [text_of(node) for node in group]
    span = Span(site.source.path, group[0].start_byte, group[-1].end_byte)
    return Row(span, "name", model="".join(names)) if names and names[-1].isidentifier() else None


FRAMEWORKS = (
    Framework(
        name="sqlx",
        languages=("rust",),
        dependencies=frozenset({"sqlx", "sqlx-core", "sqlx-postgres", "sqlx-sqlite"}),
        tokens=(b"sqlx",),
        refine=refine,
    ),
)
