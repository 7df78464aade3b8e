"""type-mismatch. What comes in: a query with its rows. What goes out: a finding for each field that cannot hold its column."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair, Severity
from analyzer.link.compatibility import verdict
from analyzer.link.graph import LinkedQuery, ReferenceGraph, RowPair
from analyzer.rules.rule import rule


@rule("error")
def type_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """The host type of a row's field cannot hold the column read into it.

    **Why** sqlx refuses the row at run time; other drivers hand over a value of another type than the code declares.

    **Example** corpora/type-mismatch

    **Limits** Plain columns only. Types with a codec of their own (newtypes, JSON, `try_from`), `as "x: T"` overrides and statements the
    build checks against a database are left out. TypeScript and Python declarations are promises nobody enforces, and parsers can be
    replaced: a warning there.

    **Fix** Change the field's type, or cast the column in the query.
    """
    if query.query.checked or graph.role(query.query.span.path) == "test":
        return
    language = query.file.language
    for pair in query.rows:
        if not pair.column.source or pair.column.override_type or pair.field.opaque:
            continue
        found = verdict(pair.field.type, pair.column.type, language, query.query.framework, query.dialect)
        if found not in ("incompatible", "lossy"):
            continue
        severity: Severity | None = None if language == "rust" and found == "incompatible" else "warning"
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
