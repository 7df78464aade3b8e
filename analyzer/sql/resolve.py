"""One SQL text against a catalogue: references, result columns, parameters, problems.

What comes in: an embedded text, its dialect, the schema it is for. What goes out: a Resolution, with offsets in characters of the text
that was given. Nothing is raised: what cannot be read is a status with a reason. Pure: equal input gives equal output, and parsing
is memoised. This module does not know where the text came from.
"""

import re
from collections.abc import Callable

from msgspec import Struct
from sqlglot import exp

from analyzer.catalog.schema import Schema
from analyzer.facts.query import ParamStyle
from analyzer.facts.source import Dialect
from analyzer.sql import holes
from analyzer.sql.embed import EmbeddedSql, embed_plain
from analyzer.sql.parse import ParseFailure, parse
from analyzer.sql.placeholders import Canonical, canonicalise
from analyzer.sql.queries import bind_query, project
from analyzer.sql.resolution import (
    OutputColumn,
    Problem,
    Resolution,
    SqlParameter,
    SqlReference,
    Statement,
    StatementKind,
)
from analyzer.sql.rewrite import rewrite
from analyzer.sql.scopes import NOTHING, Context, Ledger, Scope, Value
from analyzer.sql.splitting import split
from analyzer.sql.syntax import broken, is_suspect

_FIRST = re.compile(r"(?:\s|--[^\n]*\n|/\*[^*]*(?:\*(?!/)[^*]*)*\*/|\()*([a-z_]+)", re.IGNORECASE)
_QUERIES = frozenset(
    ("select", "insert", "update", "delete", "replace", "with", "values", "merge", "explain", "table", "declare")
)
_DDL = frozenset(("create", "alter", "drop", "truncate", "comment", "rename", "reindex", "grant", "revoke"))


class _Outcome(Struct, frozen=True):
    """One statement, and what of it stayed dark. `reason` is set where it could not be read."""

    statement: Statement | None
    reason: str = ""
    dynamic_tables: bool = False
    dynamic_columns: bool = False


def resolve(
    embedded: EmbeddedSql, dialect: Dialect, schema: Schema | None, *, paramstyle: ParamStyle = "any", script: bool = False,
    alternatives: tuple[Dialect, ...] = (), external: Callable[[str], bool] | None = None,
) -> Resolution:  # fmt: skip
    """What the text means. `alternatives` are other dialects of the project; `external` says which tables others create."""
    if not embedded.sql.strip().strip("{};"):
        return Resolution((), "unresolved", "dynamic-sql" if embedded.holes else "not-understood")
    canonical = canonicalise(embedded, dialect, paramstyle)
    is_external = external or _nothing
    others = tuple(other for other in alternatives if other != dialect)
    outcomes = [
        _statement(embedded, canonical, start, end, dialect, schema, others, is_external)
        for start, end in split(canonical.sql, dialect)
    ]
    return _summary(outcomes, embedded, script=script)


def output_columns(sql: str, dialect: Dialect, schema: Schema | None) -> tuple[OutputColumn, ...] | None:
    """Columns of a view's query; None where its shape is unknown."""
    statements = resolve(embed_plain(sql), dialect, schema, paramstyle="none").statements
    if len(statements) != 1 or statements[0].kind not in ("select", "insert", "update", "delete"):
        return None
    return statements[0].columns or None


def _nothing(_: str) -> bool:
    return False


def _statement(
    embedded: EmbeddedSql, canonical: Canonical, start: int, end: int, dialect: Dialect, schema: Schema | None,
    others: tuple[Dialect, ...], external: Callable[[str], bool],
) -> _Outcome:  # fmt: skip
    sql = canonical.sql[start:end]
    first = _FIRST.match(sql)
    word = first[1].lower() if first is not None else ""
    if word not in _QUERIES and not holes.is_hole(word) and _is_surely_other(sql, word, dialect):
        parameters = _parameters(canonical, start, end, {})
        return _Outcome(Statement("ddl" if word in _DDL else "other", parameters=parameters))
    if embedded.is_complete and is_suspect(sql) and broken(sql, dialect) is not None:
        return _refused(embedded, canonical, start, end, sql, dialect, ())
    tree, parsed, hidden = _tree(sql, dialect)
    if isinstance(tree, ParseFailure):
        return _refused(embedded, canonical, start, end, sql, dialect, others)
    if tree is None or not isinstance(tree, exp.Query | exp.DML | exp.Merge | exp.Values):
        return _Outcome(None, "not-understood")
    try:
        return _bound(tree, parsed, embedded, canonical, start, end, dialect, schema, external, hidden=hidden)
    except RecursionError:
        return _Outcome(None, "not-understood")


def _is_surely_other(sql: str, word: str, dialect: Dialect) -> bool:
    """True for statements that are no queries; a first word nobody knows is left to the parser."""
    return bool(word) and broken(sql, dialect) is None


def _tree(sql: str, dialect: Dialect) -> tuple[exp.Expr | ParseFailure | None, str, bool]:
    """The first reading that parses: of a text with holes, or as it stands. With it the text parsed."""
    failure: ParseFailure | None = None
    readings = holes.variants(sql, dialect) if holes.has_holes(sql) else iter([(sql, False)])
    for text, hidden in readings:
        text = rewrite(text, dialect)  # noqa: PLW2901
        tree = parse(text, dialect)
        if not isinstance(tree, ParseFailure) and not isinstance(tree, exp.Command):
            return tree, text, hidden
        if isinstance(tree, ParseFailure):
            failure = failure or tree
    return failure, sql, False


def _refused(
    embedded: EmbeddedSql, canonical: Canonical, start: int, end: int, sql: str, dialect: Dialect, others: tuple[Dialect, ...]
) -> _Outcome:  # fmt: skip
    if holes.has_holes(sql) or not embedded.is_complete:
        return _Outcome(None, "dynamic-sql")
    if any(not isinstance(parse(rewrite(sql, other), other), ParseFailure) for other in others):
        return _Outcome(None, "not-understood")
    places = [broken(sql, each) for each in (dialect, *others)]
    if places[0] is None or not all(places):
        return _Outcome(None, "not-understood")
    low, high, message = places[0]
    place = canonical.origin(start + low), canonical.origin(start + high, end=True)
    return _Outcome(Statement("other", problems=(Problem("syntax", *place, message),)), "syntax")


def _bound(
    tree: exp.Expr, parsed: str, embedded: EmbeddedSql, canonical: Canonical, start: int, end: int, dialect: Dialect,
    schema: Schema | None, external: Callable[[str], bool], *, hidden: bool,
) -> _Outcome:  # fmt: skip
    ledger = Ledger()

    def place(low: int, high: int) -> tuple[int, int]:
        return canonical.origin(start + low), canonical.origin(start + high, end=True)

    ctx = Context(
        schema, dialect, ledger, parsed, embedded.sql, place, external,
        query=lambda node, scope: bind_query(node, scope, ctx),
        project=lambda items, scope: project(items, scope, ctx),
        hidden_relations=hidden,
    )  # fmt: skip
    columns = bind_query(tree, Scope(dialect), ctx)
    if hidden and not isinstance(tree, exp.Query):
        ledger.dynamic_columns = True
    references = tuple(
        sorted(set(ledger.references), key=lambda each: (each.start, each.end, each.column or "", each.table))
    )
    statement = Statement(
        _kind(tree, parsed),
        references,
        columns,
        _parameters(canonical, start, end, ledger.parameters),
        tuple(ledger.problems),
    )
    return _Outcome(statement, "", ledger.dynamic_tables, ledger.dynamic_columns or hidden)


def _kind(tree: exp.Expr, parsed: str) -> StatementKind:
    match tree:
        case exp.Insert():
            upsert = (
                tree.args.get("conflict") is not None or str(tree.args.get("alternative") or "").lower() == "replace"
            )
            return "upsert" if upsert else "insert"
        case exp.Update():
            return "update"
        case exp.Delete():
            return "delete"
        case exp.Merge():
            return "upsert"
        case _:
            return "select"


def _parameters(canonical: Canonical, start: int, end: int, learnt: dict[int, Value]) -> tuple[SqlParameter, ...]:
    """Each parameter once, at its first mention, with what any mention taught."""
    found: dict[int, SqlParameter] = {}
    for index, mention in enumerate(canonical.placeholders):
        at = canonical.places[index]
        if not start <= at < end:
            continue
        value = learnt.get(index, NOTHING)
        known = found.get(mention.position)
        if known is None:
            found[mention.position] = SqlParameter(
                mention.start,
                mention.end,
                mention.position,
                mention.name,
                value.type,
                value.nullable,
                value.source,
                mention.style,
            )
        elif known.type.family == "unknown" and not known.column:
            found[mention.position] = SqlParameter(
                known.start,
                known.end,
                known.position,
                known.name,
                value.type,
                value.nullable,
                value.source,
                known.style,
            )
    return tuple(found[position] for position in sorted(found))


def _summary(outcomes: list[_Outcome], embedded: EmbeddedSql, *, script: bool) -> Resolution:
    statements = tuple(outcome.statement for outcome in outcomes if outcome.statement is not None)
    reason = next((outcome.reason for outcome in outcomes if outcome.reason), "")
    if not outcomes or (reason and (not script or len(statements) < len(outcomes))):
        return Resolution(statements, "unresolved", reason or "not-understood")
    if any(outcome.dynamic_tables for outcome in outcomes):
        return Resolution(statements, "unresolved", "dynamic-table")
    references = [reference for statement in statements for reference in statement.references]
    tables = [reference for reference in references if reference.column is None]
    if tables and all(reference.status == "unknown" for reference in tables):
        return Resolution(statements, "unresolved", _reason(tables) or "no-schema")
    missing = any(table.status == "unresolved" for table in tables)
    dark = any(_is_dark(reference, missing=missing) for reference in references) or any(
        outcome.dynamic_columns for outcome in outcomes
    )
    return Resolution(statements, "partial" if dark else "resolved")


def _is_dark(reference: SqlReference, *, missing: bool) -> bool:
    """A column nobody can place because its table is proved missing is decided with the table."""
    return reference.status == "unknown" and not (missing and reference.reason == "unknown-table")


def _reason(tables: list[SqlReference]) -> str:
    return next((table.reason for table in tables if table.reason), "")
