"""One SQL text against a catalogue: references, result columns, parameters, problems.

What comes in: an embedded text, its dialect, the schema it is for. What goes out: a Resolution, with offsets in characters of the text
that was given. Nothing is raised: what cannot be read is a status with a reason. Pure: equal input gives equal output, and is
remembered by text, dialect and what was asked of the schema. This module does not know where the text came from.
"""

import re
from collections.abc import Callable

from msgspec import Struct
from sqlglot import exp

from analyzer.catalog.schema import Schema
from analyzer.catalog.types import parse_type
from analyzer.facts.query import ParamStyle
from analyzer.facts.source import Dialect
from analyzer.sql.binder import holes
from analyzer.sql.binder.queries import bind_query, project
from analyzer.sql.binder.rewrite import is_explained, rewrite
from analyzer.sql.binder.scopes import NOTHING, Context, Ledger, Scope, Value
from analyzer.sql.embed import EmbeddedSql, embed_plain
from analyzer.sql.memo import remembered
from analyzer.sql.parse import ParseFailure, parse
from analyzer.sql.placeholders import Canonical, canonicalise
from analyzer.sql.resolution import (
    OutputColumn,
    Problem,
    Resolution,
    SqlParameter,
    SqlReference,
    Statement,
    StatementKind,
)
from analyzer.sql.splitting import split
from analyzer.sql.syntax import broken, is_suspect

_FIRST = re.compile(r"(?:\s|--[^\n]*\n|/\*[^*]*(?:\*(?!/)[^*]*)*\*/|\()*([a-z_]+)", re.IGNORECASE)
_OTHERS = frozenset((
    "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "pragma", "vacuum", "set", "show",
    "attach", "detach", "analyze", "listen", "notify", "unlisten", "lock", "call", "do", "use", "reset", "discard",
    "copy", "fetch", "close", "move", "prepare", "execute", "deallocate", "checkpoint", "cluster", "refresh", "load",
    "describe", "desc", "optimize", "flush", "kill", "unlock", "handler", "import", "security", "reassign",
))  # fmt: skip
_DDL = frozenset(("create", "alter", "drop", "truncate", "comment", "rename", "reindex", "grant", "revoke"))


class _Outcome(Struct, frozen=True):
    """One statement, and what of it stayed dark. `reason` is set where it could not be read."""

    statement: Statement | None
    reason: str = ""
    dynamic_tables: bool = False
    dynamic_columns: bool = False
    doubt: str = ""


class _Question(Struct, frozen=True):
    """What stays the same for every statement of a text."""

    embedded: EmbeddedSql
    canonical: Canonical
    dialect: Dialect
    schema: Schema | None
    others: tuple[Dialect, ...]
    external: Callable[[str], bool]

    @property
    def is_complete(self) -> bool:
        return self.embedded.is_complete and not self.canonical.holes

    def place(self, low: int, high: int) -> tuple[int, int]:
        return self.canonical.origin(low), self.canonical.origin(high, end=True)

    def parameter(self, index: int) -> tuple[int, int, int]:
        mention = self.canonical.placeholders[index]
        return mention.start, mention.end, mention.position


def resolve(
    embedded: EmbeddedSql, dialect: Dialect, schema: Schema | None, *, paramstyle: ParamStyle = "any", script: bool = False,
    alternatives: tuple[Dialect, ...] = (), external: Callable[[str], bool] | None = None,
) -> Resolution:  # fmt: skip
    """What the text means. `alternatives` are other dialects of the project; `external` says which tables others create."""
    if not embedded.sql.strip().strip("{};"):
        return Resolution((), "unresolved", "dynamic-sql" if embedded.holes else "not-understood")
    others = tuple(other for other in alternatives if other != dialect)

    def make(schema: Schema | None, external: Callable[[str], bool]) -> Resolution:
        canonical = canonicalise(embedded, dialect, paramstyle)
        question = _Question(embedded, canonical, dialect, schema, others, external)
        outcomes = [_statement(question, start, end) for start, end in split(canonical.sql, dialect)]
        return _summary(outcomes, script=script)

    key = (embedded.sql, embedded.holes, dialect, paramstyle, script, others)
    return remembered(key, schema, external or _nothing, make)


def output_columns(sql: str, dialect: Dialect, schema: Schema | None) -> tuple[OutputColumn, ...] | None:
    """Columns of a view's query; None where its shape is unknown."""
    statements = resolve(embed_plain(sql), dialect, schema, paramstyle="none").statements
    if len(statements) != 1 or statements[0].kind not in ("select", "insert", "update", "delete"):
        return None
    return statements[0].columns or None


def _nothing(_: str) -> bool:
    return False


def _statement(question: _Question, start: int, end: int) -> _Outcome:
    sql, dialect = question.canonical.sql[start:end], question.dialect
    first = _FIRST.match(sql)
    word = first[1].lower() if first is not None else ""
    if word in _DDL or word in _OTHERS:
        parameters = _parameters(question.canonical, start, end, {})
        return _Outcome(Statement("ddl" if word in _DDL else "other", parameters=parameters))
    if question.is_complete and is_suspect(sql) and broken(sql, dialect) is not None:
        return _refused(question, start, sql, others=())
    tree, reading = _tree(sql, dialect)
    if isinstance(tree, ParseFailure):
        return _refused(question, start, sql, others=question.others)
    if question.embedded.is_complete and _is_hollow(tree, dialect):
        return _refused(question, start, sql, others=question.others)
    if not isinstance(tree, exp.Query | exp.DML | exp.Merge | exp.Values):
        return _Outcome(None, "not-understood")
    try:
        return _bound(tree, reading, question, start, end)
    except RecursionError:
        return _Outcome(None, "not-understood")


def _is_hollow(tree: exp.Expr | None, dialect: Dialect) -> bool:
    """True for what the parser lets pass and is no statement: it takes much English for SQL."""
    match tree:
        case exp.Select():
            return not tree.expressions and tree.args.get("from_") is None
        case exp.Insert():
            return tree.expression is None and not tree.args.get("default")
        case exp.Update():
            return not tree.expressions
        case exp.Delete():
            return dialect != "mysql" and bool(tree.args.get("tables"))
        case _:
            return False


def _tree(sql: str, dialect: Dialect) -> tuple[exp.Expr | ParseFailure | None, holes.Reading]:
    """The first reading that parses: of a text with holes, or as it stands. With it the text parsed."""
    failure: ParseFailure | None = None
    readings = holes.variants(sql, dialect) if holes.has_holes(sql) else iter((holes.Reading(sql),))
    for reading in readings:
        tree = parse(rewrite(reading.text, dialect), dialect)
        if not isinstance(tree, ParseFailure) and not isinstance(tree, exp.Command):
            return tree, reading
        if isinstance(tree, ParseFailure):
            failure = failure or tree
    return failure, holes.Reading(sql)


def _refused(question: _Question, start: int, sql: str, *, others: tuple[Dialect, ...]) -> _Outcome:
    """No parser took it: an accusation only where the text is broken in every dialect the project speaks."""
    if not question.is_complete:
        return _Outcome(None, "dynamic-sql")
    if any(not isinstance(parse(rewrite(sql, other), other), ParseFailure) for other in others):
        return _Outcome(None, "not-understood")
    found = broken(sql, question.dialect)
    if found is None or any(broken(sql, other) is None for other in others):
        return _Outcome(None, "not-understood")
    low, high, message = found
    problem = Problem("syntax", *question.place(start + low, start + high), message)
    return _Outcome(Statement("other", problems=(problem,)), "syntax")


def _bound(tree: exp.Expr, reading: holes.Reading, question: _Question, start: int, end: int) -> _Outcome:
    ledger = Ledger()
    ctx = Context(
        question.schema, question.dialect, ledger, reading.text, question.embedded.sql,
        place=lambda low, high: question.place(start + low, start + high),
        external=question.external,
        query=lambda node, scope: bind_query(node, scope, ctx),
        project=lambda items, scope: project(items, scope, ctx),
        hidden_relations=reading.relations,
        positions=_positions(question),
        holes=tuple((low, high) for low, high, _ in question.embedded.holes),
        spliced=holes.has_holes(question.canonical.sql[start:end]),
        parameter=question.parameter,
    )  # fmt: skip
    columns = bind_query(tree, Scope(question.dialect), ctx)
    if is_explained(reading.text):  # the plan is the result
        plan = OutputColumn("QUERY PLAN", parse_type("text", question.dialect), False)
        columns = (plan,) if question.dialect == "postgres" else None
    if reading.items and columns:
        columns = None
    problems = ledger.problems
    if not question.is_complete:  # what a hole adds nobody has counted
        problems = [problem for problem in problems if problem.kind != "column-count"]
    statement = Statement(
        _kind(tree), _in_order(ledger.references), columns,
        _parameters(question.canonical, start, end, ledger.parameters), tuple(problems),
        tuple(sorted(ledger.writes, key=lambda write: write.start)), tuple(ledger.compared),
    )  # fmt: skip
    return _Outcome(
        statement, "", ledger.dynamic_tables, ledger.dynamic_columns or reading.names, next(iter(ledger.doubts), "")
    )


def _positions(question: _Question) -> tuple[int, ...]:
    """Where each mention is bound: PostgreSQL gives `$1` one type. What a driver writes into the text itself has a type of its own at each place."""
    if question.dialect != "postgres":
        return ()
    mentions = question.canonical.placeholders
    return tuple(each.position if each.name is None else -index - 1 for index, each in enumerate(mentions))


def _in_order(references: list[SqlReference]) -> tuple[SqlReference, ...]:
    """By place, each once: a recursive CTE or a USING column is looked at twice."""
    return tuple(sorted(set(references), key=lambda each: (each.start, each.end, each.column or "", each.table)))


def _kind(tree: exp.Expr) -> StatementKind:
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


def _summary(outcomes: list[_Outcome], *, script: bool) -> Resolution:
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
    doubt = next((outcome.doubt for outcome in outcomes if outcome.doubt), "")
    return Resolution(statements, "partial" if dark or doubt else "resolved", doubt)


def _is_dark(reference: SqlReference, *, missing: bool) -> bool:
    """A column nobody can place because its table is proved missing is decided with the table."""
    return reference.status == "unknown" and not (missing and reference.reason == "unknown-table")


def _reason(tables: list[SqlReference]) -> str:
    return next((table.reason for table in tables if table.reason), "")
