"""nullability-mismatch. What comes in: a query with its rows. What goes out: a finding for each field a NULL can reach."""

from collections.abc import Iterator

from analyzer.catalog.table import Column
from analyzer.findings import Confidence, Finding, Severity
from analyzer.link.compatibility import accepts_null
from analyzer.link.drivers.judge import Bound, optional_values
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery, RowPair
from analyzer.rules.rows import field_finding, value_finding
from analyzer.rules.rule import rule


@rule("error")
def nullability_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A NULL can arrive in a field that is not optional.

    **Why** The first row with a NULL fails to decode, or `null` travels on where the code says it cannot be.

    **Example** corpora/nullability-mismatch

    **Limits** `COALESCE`, aggregates that cannot be NULL, `IS NOT NULL` filters, primary keys and `"x!"` overrides are left out. `MAX` of
    no rows is a warning, any other expression that can be NULL is information. A column with a default gets NULL only from a statement that says so: information, as is
    an optional value that is written to a NOT NULL column. TypeScript and Python do not enforce what they declare: a warning.

    **Fix** Make the field optional, or the column NOT NULL, or filter the NULLs.
    """
    if graph.role(query.query.span) == "test":
        return
    for pair in query.rows:
        # `#[sqlx(default)]` fills in for a column that is missing, not for its NULL.
        if not _can_arrive(pair) or (pair.field.default and query.file.language != "rust"):
            continue
        column = graph.column(query.schema, pair.column.source)
        # SQLite lets NULL into a primary key that is not an integer; nobody means it.
        if graph.is_key(query.schema, pair.column.source) or (column is not None and not column.certain):
            continue
        # What a macro infers of SQLite's joins and expressions is its own guess: the build has its say there.
        guessed = query.query.checked and query.dialect == "sqlite"
        if guessed and not (column is not None and column.nullable):
            continue
        yield _finding(pair, query, graph, _severity(pair, column, rust=query.file.language == "rust", guessed=guessed))
    yield from (_written(value, query) for value in optional_values(query, graph))


def _severity(pair: RowPair, column: Column | None, *, rust: bool, guessed: bool) -> Severity | None:
    if column is not None and column.nullable and column.default is not None:
        return "info"
    if not pair.column.source and not (rust and pair.column.empty):
        return "info"
    return None if rust and pair.column.source and not guessed else "warning"


def _can_arrive(pair: RowPair) -> bool:
    if pair.column.nullable is not True or pair.column.force == "!" or pair.field.opaque:
        return False
    return bool(pair.field.type.name) and not accepts_null(pair.field.type)


def _finding(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph, severity: Severity | None) -> Finding:
    name = pair.column.source.rpartition(".")[2]
    column = graph.column(query.schema, pair.column.source)
    if not name:
        cause = "is NULL where there are no rows" if pair.column.empty else "can be NULL"
    else:
        outer = column is not None and not column.nullable
        cause = "comes from the optional side of an outer join" if outer else "is nullable"
    message = f'field "{pair.field.name}" is not optional, column "{pair.column.source or pair.column.name}" {cause}'
    otherwise = f'column "{name}" NOT NULL' if name else "give the expression a value with COALESCE"
    fix = f'make field "{pair.field.name}" optional, or {otherwise}'
    confidence: Confidence = "high" if severity is None else "medium"
    return field_finding("nullability-mismatch", pair, query, graph, message, fix, severity, confidence)


def _written(value: Bound, query: LinkedQuery) -> Finding:
    message = f'an optional value is written to column "{value.source}", which takes no NULL'
    fix = f'bind a value that is always there, or make column "{value.column.name}" nullable'
    return value_finding("nullability-mismatch", value, query, message, fix, "info")
