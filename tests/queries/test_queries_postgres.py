"""Random queries over random tables, prepared by PostgreSQL and resolved by us.

What the engine takes gives no problem and no missing name from us, and the names and types of its result; what it refuses for a name, a type, a number of
columns or the syntax is a problem, a missing name, or not called resolved.
"""

from typing import Any

import pytest
from hypothesis import given, settings

from analyzer.catalog.schema import Schema
from analyzer.catalog.types import ColumnType, format_type
from analyzer.facts.migration import Migration
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import replay
from analyzer.sql.embed import embed_plain
from analyzer.sql.resolution import Resolution
from analyzer.sql.resolve import resolve
from tests.queries.catalogue import FILE, extract
from tests.queries.postgres import Case, cases

psycopg = pytest.importorskip("psycopg")
# Refused for a name, a type, a number of columns, or the syntax: undefined_column, undefined_table, ambiguous_column, syntax_error,
# undefined_function, datatype_mismatch, undefined_object, cannot_coerce, wrong_object_type, duplicate_alias.
OURS = {"42703", "42P01", "42702", "42601", "42883", "42804", "42704", "42846", "42809", "42712"}


def test_the_catalogue_is_what_the_engine_says(fresh_postgres: Any) -> None:
    if fresh_postgres.info.server_version // 10000 != 18:
        pytest.skip("another version")
    assert extract(fresh_postgres) == FILE.read_text(encoding="utf-8")


def schema_of(ddl: str) -> Schema:
    span = Span("schema.sql", 0, len(ddl))
    text = Text(span, (LiteralPart(ddl, span, ((0, 0),)),))
    return replay([Migration(span, "0001", "sqlx", (1,), (text,))], "postgres", "shop").schema


def prepared(connection: Any, case: Case) -> tuple[str, str, list[tuple[str, str]], list[str]]:
    """As `describe`, over the case's own tables; everything is rolled back."""
    connection.execute("BEGIN")
    try:
        connection.execute(case.ddl)
        return describe(connection, case.query)
    finally:
        connection.execute("ROLLBACK")


def describe(connection: Any, sql: str) -> tuple[str, str, list[tuple[str, str]], list[str]]:
    """(SQLSTATE, message, result columns, parameter types) of PREPARE."""
    result = connection.pgconn.prepare(b"", sql.encode())
    code = result.error_field(psycopg.pq.DiagnosticField.SQLSTATE)
    if code is not None:
        return code.decode(), result.error_field(psycopg.pq.DiagnosticField.MESSAGE_PRIMARY).decode(), [], []
    shown = connection.pgconn.describe_prepared(b"")
    names = [(shown.fname(at).decode(), shown.ftype(at), shown.fmod(at)) for at in range(shown.nfields)]
    columns = [(name, _type(connection, oid, modifier)) for name, oid, modifier in names]
    return "", "", columns, [_type(connection, shown.param_type(at), -1) for at in range(shown.nparams)]


def _type(connection: Any, oid: int, modifier: int) -> str:
    row = connection.execute("SELECT format_type(%s, %s)", (oid, modifier if modifier >= 0 else None)).fetchone()
    return "bpchar" if row[0] == "character" and modifier < 0 else str(row[0])


def ours(case: Case) -> Resolution:
    return resolve(embed_plain(case.query), "postgres", schema_of(case.ddl), paramstyle="numeric")


def differences(case: Case, engine: tuple[str, str, list[tuple[str, str]], list[str]]) -> list[str]:
    code, message, columns, parameters = engine
    found = ours(case)
    accused = [each.column or each.table for each in found.references if each.status == "unresolved"]
    problems = [f"{each.kind}: {each.message or each.name}" for each in found.problems]
    if code:
        silent = code in OURS and not accused and not problems and found.status == "resolved"
        return [f"refused and not seen: {code} {message}"] if silent else []
    out = [f"taken and accused: {each}" for each in (*accused, *problems)]
    statement = found.statements[0] if found.statements else None
    if statement is None:
        return [*out, f"not read: {found.reason}"]
    if statement.columns is not None:
        said = [(column.name, printed(column.type, schema_of(case.ddl))) for column in statement.columns]
        same = [name for name, _ in said] == [name for name, _ in columns]
        out += [] if same else [f"names {said} for {columns}"]
        out += [
            f"type {mine} for {theirs}"
            for mine, theirs in zip(said, columns, strict=False)
            if mine[1] and same and mine[1] != theirs[1]
        ]
    elif columns:
        out.append("no columns")
    types = {each.position: each.type.name for each in statement.parameters}
    out += [
        f"${at} {types.get(at)} for {theirs}"
        for at, theirs in enumerate(parameters, 1)
        if types.get(at) and types[at] != theirs
    ]
    return out


def printed(type_: ColumnType, schema: Schema | None) -> str:
    """As PREPARE describes a result: a domain is what it is made of."""
    domain = schema.type(type_.name) if schema is not None else None
    return format_type(domain.base if domain is not None and domain.base is not None else type_) if type_.name else ""


@settings(max_examples=settings().max_examples * 2)
@given(case=cases())
def test_prepare_says_the_same(fresh_postgres: Any, case: Case) -> None:
    engine = prepared(fresh_postgres, case)
    found = differences(case, engine)
    assert not found, f"{case.query}\n{case.ddl}\n" + "\n".join(found)
