"""A match of a framework's `.scm` -> a Query, by the captures every framework shares.

The captures: `@query` the call, `@query.sql` the text, `@query.handle` what it is called on, `@query.arguments` a list, tuple or object
that holds the bound values (or, with `#set! arguments rest`, each one of them), `@query.row` the type of a row. Settings: `operation`,
`paramstyle`, `gate` ("literal": the text must begin like a statement; "import": it must where it is known). This module does not know any framework.
"""

from collections.abc import Callable, Iterable

import msgspec
from tree_sitter import Node

from analyzer.extract.branches import decided
from analyzer.extract.declared import declared
from analyzer.extract.files import FILE
from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.model import HostType
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.query import Argument, Arguments, Query
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

TypeOf = Callable[[Node, Scope], tuple[HostType, tuple[str, ...]]]
_LISTS = frozenset({"array", "list", "tuple", "array_expression", "tuple_expression", "set", "arguments"})


def queries(site: Site, framework: Framework) -> Iterable[Query]:
    """The queries of a site, one for each text it may run; none where the text is plainly no SQL."""
    call = site.captures["query"][0]
    found = site.scope.choices.every(lambda: _once(site, framework), lambda: decided(call))
    if len(found) == 1:
        return found[0][0]
    by_text = {
        (query.span, query.text.parts): msgspec.structs.replace(query, certain=certain)
        for more, certain in found
        for query in more
    }
    known = {span for span, parts in by_text if not _is_nothing(parts)}
    kept = [query for (span, parts), query in by_text.items() if span not in known or not _is_nothing(parts)]
    return kept if len(kept) == 1 else [_unread(query) for query in kept]


def _unread(query: Query) -> Query:
    """Which of several texts a row is of, nobody knows: what is read of it is asked of none."""
    row = query.row
    unread = msgspec.structs.replace(row, reads=(), arity=None) if row is not None else None
    return msgspec.structs.replace(query, row=unread)


def _once(site: Site, framework: Framework) -> list[Query]:
    site.scope.pieces = False
    found = framework.refine(site) if framework.refine is not None else (plain_query(site, framework),)
    return [_as_script(query, site) for query in found if query is not None and _is_plausible(query, site)]


def _as_script(query: Query, site: Site) -> Query:
    """A file, or a text that is taken in pieces, holds several statements where nothing is bound to it."""
    first = query.text.parts[0] if query.text.parts else None
    bound = query.arguments is not None and (query.arguments.values or not query.arguments.complete)
    several = site.scope.pieces or (isinstance(first, NamePart) and first.name.startswith(FILE))
    return msgspec.structs.replace(query, operation="script") if several and not bound and query.row is None else query


def _is_nothing(parts: tuple[Part, ...]) -> bool:
    """Whether a branch leaves a name as it was declared: empty, null."""
    first = parts[0] if parts else None
    null = isinstance(first, HolePart) and isinstance(first.origin, LiteralOrigin) and first.origin.kind == "null"
    return first is None or (null and len(parts) == 1)


def plain_query(site: Site, framework: Framework) -> Query | None:
    call, sql = site.node("query"), site.node("query.sql")
    if call is None or sql is None:
        return None
    return make_query(
        site, framework.name, call, site.scope.text(sql), arguments=bound(site), dialect=framework.dialect
    )


def make_query(
    site: Site, framework: str, call: Node, text: Text, *, arguments: Arguments | None = None, dialect: str = ""
) -> Query:
    """A Query at its place: function, loops and handle are looked up."""
    structure, handle = site.scope.structure, site.node("query.handle")
    handling, guarded = structure.fates.at(call, query=True)
    return Query(
        span=structure.span(call),
        text=text,
        framework=framework,
        operation=site.settings.get("operation", "statement"),  # type: ignore[arg-type]
        arguments=arguments,
        handle=folded(handle)[:80] if handle is not None else "",
        function=structure.function_at(call.start_byte),
        loops=structure.loops_at(call.start_byte),
        paramstyle=site.settings.get("paramstyle", "any"),  # type: ignore[arg-type]
        dialect_hint=dialect,
        fate=handling.fate,
        guarded=guarded,
        tolerated=handling.words,
    )


def bound(site: Site) -> Arguments | None:
    """What `@query.arguments` binds; None where the pattern does not look for arguments."""
    nodes = site.captures.get("query.arguments", [])
    if site.settings.get("arguments") == "rest":
        return collect(site, nodes)
    if not nodes:
        return Arguments() if site.settings.get("arguments") == "list" else None
    first = behind_comments(nodes[0], site)
    if first is None:
        return None
    node = site.scope.unwrapped(first)
    if node.type not in _LISTS:
        return Arguments((), complete=False)
    return collect(site, node.named_children)


def behind_comments(node: Node | None, site: Site) -> Node | None:
    """The first node from here on that is no comment: a wildcard of a `.scm` takes those too."""
    while node is not None and node.type in site.scope.syntax.comments:
        node = node.next_named_sibling
    return node


def collect(site: Site, nodes: Iterable[Node], type_of: TypeOf | None = None) -> Arguments:
    """One argument a node, with the type that `type_of` sees; a spread makes the list incomplete."""
    comments = site.scope.syntax.comments
    kept = [node for node in nodes if node.type not in comments]
    values = tuple(argument(site, node, None, type_of) for node in kept)
    spread = any("spread" in node.type or "splat" in node.type for node in kept)
    return Arguments(values, complete=not spread)


def argument(site: Site, node: Node, name: str | None = None, type_of: TypeOf | None = None) -> Argument:
    """What one expression binds, with the type that `type_of` sees, else what its parameter declares."""
    type_, path = type_of(node, site.scope) if type_of is not None else (HostType(""), ())
    if not type_.name:
        type_, path = declared(node, site.scope)
    return Argument(site.scope.structure.span(node), site.scope.origin(node), name, type_, path)


def _is_plausible(query: Query, site: Site) -> bool:
    """Whether the text may be SQL: where methods share their name with other libraries, it must begin like SQL."""
    gate = site.settings.get("gate", "")
    if not gate:
        return True
    first = query.text.parts[0] if query.text.parts else None
    if isinstance(first, LiteralPart):
        return looks_like_sql(query.text.skeleton)
    if isinstance(first, NamePart) and first.name.startswith(FILE):
        return True
    return gate == "import" and first is not None
