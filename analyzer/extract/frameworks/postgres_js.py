"""postgres.js and the tags with its interface: what its `.scm` cannot say.

What comes in: a Site. What goes out: Queries. Source: https://github.com/porsager/postgres: an interpolated value is bound, `sql(..)` helpers and
fragments become text. Drizzle, Prisma, Kysely and slonik have a tag of the same name that does something else, so a tag counts only
where the file shows that `postgres` made it, or where nothing else in the project could have. This module does not know SQL.
"""

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Framework, Site
from analyzer.extract.javascript import calls
from analyzer.extract.javascript.reads import with_reads
from analyzer.extract.javascript.rows import cast_row, row_of
from analyzer.extract.javascript.tags import Tags
from analyzer.extract.sites import make_query
from analyzer.extract.texts import folded, text_of
from analyzer.facts.part import Part
from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart
from analyzer.facts.query import Query, Row
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

_DRIVER = "postgres_js"
# What a tag's own methods make of a value that is bound: https://github.com/porsager/postgres#sqljsonobject, `sql.array`, `sql.typed`.
_BINDING = frozenset({"json", "array", "typed", "date", "file"})
_SIMPLE = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?")
_LIST = re.compile(r"(?:\b(?:select|returning)|,)\s*$", re.IGNORECASE)
# After these words stands a table, a column or a condition, which no bound value can be.
_FRAGMENT_AFTER = re.compile(
    r"(?:\b(?:from|join|into|update|table|by|set|where|and|or|on|as|having)|\))\s*$", re.IGNORECASE
)
_COMPARISONS = re.compile(r"\b(?:where|and|or|on|having)\s*$", re.IGNORECASE)
_INSERT = re.compile(r"\binsert\s+into\s+[\w.\"]+\s*$", re.IGNORECASE)
_UPDATE = re.compile(r"\bset\s*$", re.IGNORECASE)
_LONGEST = 64


def refine(site: Site) -> Iterator[Query]:
    call, handle = site.captures["query"][0], site.captures["query.handle"][0]
    tags = Tags(site.scope)
    if "_method" in site.captures:
        yield from _unsafe(site, call, handle, tags)
        return
    sql = site.captures["query.sql"][0]
    if not tags.is_tag(handle) or tags.is_fragment(call):
        return
    parts = tuple(part for part in _parts(site, sql, tags, 0) if not isinstance(part, LiteralPart) or part.value)
    text = Text(site.scope.structure.span(sql), parts)
    if not _is_statement(text):
        return
    query = make_query(site, _DRIVER, call, text, arguments=calls.bound_parts(text), dialect="postgres")
    yield msgspec.structs.replace(query, row=_row(site, call), paramstyle="numeric")


def _unsafe(site: Site, call: Node, handle: Node, tags: Tags) -> Iterator[Query]:
    given = calls.values(call)
    if not given or not tags.is_tag(handle) or tags.is_fragment(call):
        return
    text = site.scope.text(given[0])
    if not _is_statement(text):
        return
    arguments = calls.bound_list(site, given[1] if len(given) > 1 else None)
    query = make_query(site, _DRIVER, call, text, arguments=arguments, dialect="postgres")
    yield msgspec.structs.replace(query, row=_row(site, call), paramstyle="numeric")


def _is_statement(text: Text) -> bool:
    """Fragments are no queries; a text nobody knows may be one."""
    first = text.parts[0] if text.parts else None
    return looks_like_sql(text.skeleton) if isinstance(first, LiteralPart) else first is not None


def _row(site: Site, call: Node) -> Row | None:
    """@vercel/postgres gives rows inside a result, the others rows alone."""
    inside = "@vercel/postgres" in site.scope.structure.modules
    return with_reads(site, call, "result" if inside else "rows", _typed(site, call))


def _typed(site: Site, call: Node) -> Row | None:
    written = site.node("query.row")
    if written is None:
        return cast_row(call, site)
    if written.type == "identifier":
        return Row(site.scope.structure.span(written), "name", model=text_of(written), strict=False)
    return row_of(written, site)


def _parts(site: Site, node: Node, tags: Tags, depth: int) -> Iterator[Part]:
    """The template's text; what it interpolates becomes a bound value, a fragment's parts, or a hole."""
    before = ""
    for part, value in tags.pieces(node, site):
        if part is not None:
            before = part.value
            yield part
        elif value is not None:
            yield from _interpolated(site, value, tags, before, depth)
            before = ""


def _interpolated(site: Site, node: Node, tags: Tags, before: str, depth: int) -> Iterator[Part]:
    span = site.scope.structure.span(node)
    hole = HolePart(span, site.scope.origin(node))
    found = site.scope.bound(node)
    target = found[0] if found is not None else node
    fragment = tags.fragment(target)
    if fragment is not None and depth < 8:
        yield from _parts(site, fragment, tags, depth + 1)
    elif tags.mentions(target):
        yield from _helper(site, target, tags, before, hole)
    elif _FRAGMENT_AFTER.search(before[-_LONGEST:]) and (
        not _COMPARISONS.search(before[-_LONGEST:]) or target.type in ("identifier", "call_expression")
    ):
        yield hole
    else:
        yield BoundPart(span, hole.origin)


def _helper(site: Site, node: Node, tags: Tags, before: str, hole: HolePart) -> Iterator[Part]:
    """`sql("users")`, `sql.json(value)`, `sql.unsafe("..")`; any other use of the tag is a fragment nobody here can know."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    given = calls.values(node) if function is not None else []
    if function is None or not given:
        yield hole
    elif tags.is_tag(function):
        yield from _row_parts(site, given, before, hole) or _identifier(site, given, before, hole)
    elif function.type == "member_expression" and tags.is_tag(function.child_by_field_name("object") or function):
        method = folded(function).rpartition(".")[2]
        if method in _BINDING:
            yield BoundPart(hole.span, site.scope.origin(given[0]))
        elif method == "unsafe" and given[0].type in ("string", "template_string"):
            yield from site.scope.parts(given[0])
        else:
            yield hole
    else:
        yield hole


def _row_parts(site: Site, given: list[Node], before: str, hole: HolePart) -> list[Part]:
    """`insert into users ${sql(user, "name")}` -> `(name) values ($1)`, `update users set ${sql(user, "name")}` -> `name = $1`."""
    insert, update = _INSERT.search(before[-_LONGEST:]), _UPDATE.search(before[-_LONGEST:])
    columns = _columns(site, given) if insert or update else []
    if not columns:
        return []
    end = hole.span.end
    if insert:
        parts: list[Part] = [calls.made(site, "(", end)]
        for index, (name, _) in enumerate(columns):
            parts.extend([*([calls.made(site, ", ", end)] if index else []), *name])
        parts.append(calls.made(site, ") values (", end))
        for index, (_, value) in enumerate(columns):
            parts.extend([*([calls.made(site, ", ", end)] if index else []), value])
        return [*parts, calls.made(site, ")", end)]
    parts = []
    for index, (name, value) in enumerate(columns):
        parts.extend([*([calls.made(site, ", ", end)] if index else []), *name, calls.made(site, " = ", end), value])
    return parts


def _columns(site: Site, given: list[Node]) -> list[tuple[tuple[Part, ...], BoundPart]]:
    """Names and values of `sql(row, "a", "b")` or `sql({ a, b })`; none where a name is not plain."""
    structure, origin = site.scope.structure, site.scope.origin
    if len(given) == 1:
        entries = calls.entries(site, given[0]) or {}
        found: list[tuple[tuple[Part, ...], BoundPart]] = [
            ((calls.key_part(site, key, value),), BoundPart(structure.span(value), origin(value)))
            for key, value in entries.items()
        ]
    else:
        row = BoundPart(structure.span(given[0]), origin(given[0]))
        found = [(site.scope.parts(node), row) for node in given[1:]]
    names = [name[0].value if len(name) == 1 and isinstance(name[0], LiteralPart) else "" for name, _ in found]
    return found if all(_SIMPLE.fullmatch(name) for name in names) else []


def _identifier(site: Site, given: list[Node], before: str, hole: HolePart) -> list[Part]:
    """Names that need no quotes are themselves; a list of several is one of columns only where columns are listed."""
    listed = given[0].named_children if len(given) == 1 and given[0].type == "array" else given
    read = [site.scope.parts(node) for node in listed]
    names = [found[0] for found in read if len(found) == 1]
    plain = [name for name in names if isinstance(name, LiteralPart) and _SIMPLE.fullmatch(name.value)]
    several = len(given) > 1 or given[0].type == "array"
    if not plain or len(plain) != len(listed) or (several and not _LIST.search(before[-_LONGEST:])):
        return [hole]
    parts: list[Part] = [plain[0]]
    for name in plain[1:]:
        parts.extend([calls.made(site, ", ", name.span.start), name])
    return parts


FRAMEWORKS = (
    Framework(
        name=_DRIVER,
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"postgres", "@vercel/postgres", "@neondatabase/serverless"}),
        tokens=(
            b"'postgres'",
            b'"postgres"',
            b"@vercel/postgres",
            b"@neondatabase/serverless",
            b'from "bun"',
            b"from 'bun'",
        ),
        dialect="postgres",
        refine=refine,
    ),
)
