"""Queries of documents -> linked queries: what each names, looked up in the schema of collections.

What comes in: a Program and the History of its collections. What goes out: LinkedQueries whose `document` is set. A field that nobody sets is unresolved; one that may
be anything is unknown. This module does not judge.
"""

from collections.abc import Iterator
from typing import Literal

from analyzer.catalog.schema import Schema
from analyzer.facts.origin import LiteralOrigin, LoopOrigin, Origin, ParameterOrigin, UnknownOrigin
from analyzer.facts.query import Argument, Arguments, Query
from analyzer.facts.reference import Reference, Role
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.facts.value import (
    CallValue,
    ElementValue,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.link.linked import FieldUse, Link, LinkedQuery
from analyzer.program.documents.paths.named import paths
from analyzer.program.documents.paths.uses import Gap, PathUse
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.program import Program
from analyzer.schema.history import History
from analyzer.sql.resolution import Resolution, Statement, Status

# Filters that ask for a list of keys at once.
_LISTS = frozenset({"$in", "$nin", "$all"})
# Of a value's parts that are looked into for the loop it comes from.
_DEPTH, _WIDTH = 6, 12
_ROLES: dict[str, Role] = {
    "filter": "filter",
    "write": "write",
    "read": "read",
    "order": "order",
    "group": "group",
    "define": "define",
}

_EFFECTS: dict[str, Role] = {
    "insert": "write",
    "update": "write",
    "upsert": "write",
    "delete": "write",
    "ddl": "define",
}


def document_queries(program: Program, history: History) -> Iterator[LinkedQuery]:
    """Every call that reaches a collection, in order of place."""
    for query in program.documents.queries:
        yield _linked(query, program, history)


def _linked(query: DocumentQuery, program: Program, history: History) -> LinkedQuery:
    named = tuple(paths(query)) if query.targets else ()
    fields = tuple(_field(one, query, history.schema) for one in named if isinstance(one, PathUse))
    site = _site(query, named)
    symbol = program.symbol(site)
    links = tuple(_links(query, fields, history.schema, symbol))
    status, reason = _status(query, named, fields, program.documents.passed)
    statement = Statement(query.effect, columns=None)
    return LinkedQuery(
        query=site,
        file=program.files[query.path],
        sql="",
        schema=history.schema.name,
        dialect="mongodb",
        resolution=Resolution((statement,), status, reason),
        status=status,
        reason=reason,
        symbol=symbol,
        links=links,
        document=query,
        fields=fields,
    )


def _site(query: DocumentQuery, named: tuple[PathUse | Gap, ...]) -> Query:
    """The site as any other query's: what chooses documents is what is bound."""
    arguments = None if query.generic else Arguments(tuple(_arguments(named, query)), complete=False)
    return Query(
        span=query.span,
        text=Text(query.span, ()),
        framework=query.framework,
        arguments=arguments,
        handle=query.receiver,
        function=query.function,
        loops=query.loops,
        dialect_hint="mongodb",
        built=True,
    )


def _arguments(named: tuple[PathUse | Gap, ...], query: DocumentQuery) -> Iterator[Argument]:
    for one in named:
        if isinstance(one, PathUse) and one.role == "filter" and one.value is not None and one.operator not in _LISTS:
            origin = _origin(one.value, query.function)
            yield Argument(one.span, origin, one.path)
    filled = query.role("receiver")
    if filled is not None:
        yield Argument(filled.span, _origin(filled, query.function), "_id")


def _origin(value: Value, function: Span | None, depth: int = 0) -> Origin:
    """Where a value comes from: what is taken of an element is the element's. Parameters are those of `function`."""
    if depth > _DEPTH:
        return UnknownOrigin()
    match value:
        case LiteralValue(text=text):
            return LiteralOrigin(text)
        case ElementValue(loop=loop):
            return LoopOrigin(loop, "")
        case ParameterValue(index=index, name=name, function=of) if of == function:
            return ParameterOrigin(index, name)
        case MemberValue(of=inner) | ItemValue(of=inner) | TypedValue(of=inner):
            return _origin(inner, function, depth + 1)
        case CallValue(callee=callee, arguments=arguments):
            for given in (*arguments, *((callee.of,) if isinstance(callee, MemberValue) else ())):
                found = _origin(given, function, depth + 1)
                if isinstance(found, LoopOrigin | ParameterOrigin):
                    return found
            return UnknownOrigin()
        case ObjectValue(entries=entries):
            return next(
                (o for e in entries[:_WIDTH] if isinstance(o := _origin(e.value, function, depth + 1), LoopOrigin)),
                UnknownOrigin(),
            )
        case ListValue():
            return UnknownOrigin()
        case _:
            return UnknownOrigin()


def _field(use: PathUse, query: DocumentQuery, schema: Schema) -> FieldUse:
    """A path in the collections it may be of: known where any has it."""
    names = (use.collection,) if use.collection else query.collections
    tables = [(name, schema.table(name)) for name in names]
    found = {name: table.path(use.path) if table is not None else "open" for name, table in tables}
    for status in ("known", "open", "missing"):
        for name, one in found.items():
            if one == status:
                # Through a model that keeps nothing else, what others may write does not count.
                is_modelled = any(target.name == name and target.model is not None for target in query.targets)
                is_tainted = status == "missing" and not is_modelled and schema.is_tainted(name)
                return FieldUse(use, "open" if is_tainted else one, name)
    return FieldUse(use, "open", "")


Settled = Literal["resolved", "partial", "unresolved"]
_STATUSES: dict[str, Status] = {"known": "resolved", "open": "unknown", "missing": "unresolved"}


def _links(query: DocumentQuery, fields: tuple[FieldUse, ...], schema: Schema, symbol: str) -> Iterator[Link]:
    role = _EFFECTS.get(query.effect, "read")
    for name in query.collections:
        yield Link(
            Reference(query.span, name, None, role), "resolved", schema=schema.name, symbol=symbol, query=query.span
        )
    for field in fields:
        reference = Reference(field.use.span, field.collection, field.use.path, _ROLES[field.use.role])
        status = _STATUSES[field.status]
        reason = {"known": "", "open": "open-collection", "missing": "field"}[field.status]
        yield Link(reference, status, reason, schema=schema.name, symbol=symbol, query=query.span)


def _status(
    query: DocumentQuery, named: tuple[PathUse | Gap, ...], fields: tuple[FieldUse, ...], passed: frozenset[Span]
) -> tuple[Settled, str]:
    if query.generic and query.span in passed:
        # What it reaches its callers say.
        return "resolved", ""
    if not query.targets:
        return "unresolved", query.why or "unknown-collection"
    if query.generic:
        return "resolved", ""
    if any(isinstance(one, Gap) and one.role in ("filter", "order") for one in named):
        return "partial", "computed-filter"
    if any(field.status == "open" for field in fields):
        return "partial", "open-collection"
    return "resolved", ""
