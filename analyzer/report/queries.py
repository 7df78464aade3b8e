"""`queries`: every query site with what it names, returns and binds.

What comes in: a Report and the queries to tell of. What goes out: JSON by the contract, version 1, or a list for people.
"""

from collections.abc import Iterator, Sequence

from analyzer.link.linked import LinkedQuery
from analyzer.report.color import Line, paint
from analyzer.report.document import document
from analyzer.report.frames import printable
from analyzer.report.places import Json, Places
from analyzer.sql.resolution import OutputColumn, SqlParameter

_WIDTH = 100


def queries_json(queries: Sequence[LinkedQuery], places: Places) -> str:
    """All sites as a document."""
    return document({"version": 1, "queries": [_query(query, places) for query in queries]})


def queries_text(queries: Sequence[LinkedQuery], places: Places, *, color: bool = False) -> str:
    """One site a paragraph: place, status, text, tables."""
    return paint((line for query in queries for line in _paragraph(query, places)), color=color)


def _query(query: LinkedQuery, places: Places) -> Json:
    columns = query.columns
    return {
        **places.place(query.query.span),
        "function": query.symbol or None,
        "framework": query.query.framework,
        "dialect": query.dialect or None,
        "schema": query.schema or None,
        "operation": _operation(query),
        "sql": (query.sql or None) if not query.query.built else None,
        "status": query.status,
        "reason": query.reason or None,
        "tables": query.tables,
        "references": list(_references(query)),
        "columns": None if columns is None else [_column(column) for column in columns],
        "parameters": [_parameter(parameter) for parameter in query.parameters],
    }


def _operation(query: LinkedQuery) -> str:
    """That of the first statement, as scripts often begin with what they are for."""
    return query.resolution.statements[0].kind if query.resolution.statements else "other"


def _references(query: LinkedQuery) -> Iterator[Json]:
    """Columns of tables, each with each of its roles once; names that only a CTE or subquery has are not of the schema."""
    named = dict.fromkeys(
        (link.reference.table, link.reference.column, link.reference.role)
        for link in query.links
        if link.reference.column is not None and not link.derived
    )
    for table, column, role in named:
        yield {"table": table or None, "column": column, "role": role}


def _column(column: OutputColumn) -> Json:
    return {
        "name": column.name,
        "type": column.type.name or None,
        "nullable": column.shown_nullable,
        "never_null": column.nullable is False,
        "source": column.source or None,
    }


def _parameter(parameter: SqlParameter) -> Json:
    return {
        "position": parameter.position,
        "name": parameter.name,
        "type": parameter.type.name or None,
        "nullable": parameter.nullable,
    }


def _paragraph(query: LinkedQuery, places: Places) -> Iterator[Line]:
    reason = f" ({query.reason})" if query.reason else ""
    style = "help" if query.status == "resolved" else "warning"
    where = f" in {printable(query.symbol)}" if query.symbol else ""
    yield (
        ("bold", printable(places.label(query.query.span))),
        ("", ": "),
        ("help" if style == "help" else "warning", f"{query.status}{reason}"),
        ("", f" {_operation(query)}{where} [{query.query.framework}]"),
    )
    text = " ".join(query.sql.split())
    if text:
        yield (("", f"  {printable(text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…')}"),)
    if query.tables:
        yield (("dim", f"  {query.schema or 'no schema'}: {printable(', '.join(query.tables))}"),)
