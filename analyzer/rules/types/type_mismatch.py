"""type-mismatch. What comes in: a query with its rows. What goes out: a finding for each field that cannot hold its column."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.compatibility import bound_verdict, converts, verdict
from analyzer.link.graph import LinkedQuery, ReferenceGraph, RowPair
from analyzer.rules.rule import rule


@rule("error")
def type_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """The host type of a row's field or of a bound value does not go with its column.

    **Why** sqlx refuses the row at run time; other drivers hand over a value of another type than the code declares.

    **Example** corpora/type-mismatch

    **Limits** Plain columns, and bound values whose type is written beside them: of sqlx, node-postgres, asyncpg and better-sqlite3, which
    refuse or cannot send them. Types with a codec of their own (newtypes, JSON,
    `try_from`) and `as "x: T"` overrides are left out. TypeScript and Python declarations are promises nobody enforces, and parsers can be
    replaced: a warning there, and information where SQLite's 0 and 1 are declared as boolean.

    **Fix** Change the field's type, or cast the column in the query.
    """
    if graph.role(query.query.span) == "test":
        return
    yield from _bound(query, graph)
    language = query.file.language
    for pair in query.rows:
        if not pair.column.source or pair.column.override_type or pair.field.opaque:
            continue
        found = verdict(pair.field.type, pair.column.type, language, query.query.framework, query.dialect)
        if found not in ("incompatible", "lossy") or (
            query.query.checked and converts(pair.field.type, pair.column.type)
        ):
            continue
        severity: Severity | None = None if language == "rust" and found == "incompatible" else "warning"
        if _is_flag(pair, query):
            severity = "info"
        table, _, column = pair.column.source.rpartition(".")
        yield Finding(
            span=pair.site,
            message=_message(pair),
            severity=severity,
            confidence="high" if language == "rust" else "medium",
            schema=query.schema,
            table=table,
            column=column,
            symbol=query.symbol or None,
            group=f"type-mismatch:{query.schema}.{pair.column.source}",
            evidence=tuple(_evidence(pair, query, graph)),
            repair=Repair(f'change the type of field "{pair.field.name}", or cast column "{column}" in the query'),
        )


def _is_flag(pair: RowPair, query: LinkedQuery) -> bool:
    """SQLite has no booleans: 0 and 1 pass for them wherever they are only asked whether they are true."""
    is_number = pair.column.type.family in ("bool", "int")
    return (
        query.dialect == "sqlite" and query.file.language != "rust" and pair.field.type.name == "boolean" and is_number
    )


def _bound(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """Values whose type is written in the source, against the column they are compared with or written to."""
    by_position = {parameter.position: parameter for parameter in query.parameters}
    by_name = {parameter.name: parameter for parameter in query.parameters if parameter.name is not None}
    given = query.query.arguments
    # Behind a spread nobody knows which value is whose.
    values = given.values if given is not None and (given.complete or query.file.language == "rust") else ()
    for position, (value, host) in enumerate(zip(values, query.bound, strict=False), 1):
        parameter = by_position.get(position) if value.name is None else by_name.get(value.name)
        column = graph.column(query.schema, parameter.column) if parameter is not None else None
        schema = graph.schema(query.schema)
        if parameter is None or column is None or schema is None:
            continue
        type_ = schema.column_type(column.type)
        if bound_verdict(host, type_, query.driver, query.dialect) != "incompatible":
            continue
        table, _, name = parameter.column.rpartition(".")
        yield Finding(
            span=value.span,
            message=f'value of type {host.name} is bound where column "{parameter.column}" is {type_.raw or type_.name}',
            schema=query.schema,
            table=table,
            column=name,
            symbol=query.symbol or None,
            group=f"type-mismatch:{query.schema}.{parameter.column}",
            evidence=(Evidence(column.defined, f'column "{name}" is defined here'),),
            repair=Repair(f'bind a value of the type of column "{name}", or cast it in the query'),
        )


def _message(pair: RowPair) -> str:
    type_ = pair.field.type
    written = f"{type_.name}<{', '.join(type_.arguments)}>" if type_.arguments else type_.name
    return f'field "{pair.field.name}" is {written}, column "{pair.column.source}" is {pair.column.type.raw or pair.column.type.name}'


def _evidence(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Evidence]:
    column = graph.column(query.schema, pair.column.source)
    if column is not None:
        yield Evidence(column.defined, f'column "{column.name}" is defined here')
    if pair.site != query.query.text.span:
        yield Evidence(query.query.text.span, "read by this query")
