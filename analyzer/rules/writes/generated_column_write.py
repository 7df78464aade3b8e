"""generated-column-write. What comes in: a query. What goes out: a finding where it writes what only the database writes."""

from collections.abc import Iterator

from analyzer.catalog.table import LOOSE, Column
from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.writes import LinkedWrite
from analyzer.rules.rule import rule


@rule("error")
def generated_column_write(query: LinkedQuery, _: ReferenceGraph) -> Iterator[Finding]:
    """A statement writes a generated column, an identity column that is GENERATED ALWAYS, or a view that takes no writes.

    **Why** The database refuses the statement: such a column takes nothing but DEFAULT.

    **Example** corpora/generated-column-write

    **Limits** OVERRIDING SYSTEM VALUE and DEFAULT are fine. Of views, materialized ones and SQLite's without a trigger are known to take no
    writes; which of PostgreSQL's and MySQL's do is not decided.

    **Fix** Leave the column out, or write the columns it is computed from.
    """
    for write in query.writes:
        table = write.table
        if _takes_nothing(write):
            said = f'"{table.name}" is a {"materialized view" if "materialized" in table.options else "view"}'
            yield _finding(f"{said}, which takes no writes", write.span, write, None, query)
        for name, span in write.names:
            column = table.column(name)
            if column is not None and column.certain and (why := _reason(write, column)):
                said = f'column "{table.name}.{column.name}" is written, and {why}'
                yield _finding(said, _place(write, column) or span, write, column, query)


def _takes_nothing(write: LinkedWrite) -> bool:
    # Another text of the repository may make a table of the name.
    if write.table.kind != "view" or not write.table.certain or LOOSE in write.table.options:
        return False
    return "materialized" in write.table.options or (write.table.dialect == "sqlite" and not write.table.triggers)


def _reason(write: LinkedWrite, column: Column) -> str:
    """Why the database refuses a value for the column; "" where it does not, or every value is its default."""
    identity = column.generated == "always" and not (write.write.verb == "insert" and write.write.overrides)
    if not identity and column.generated not in ("stored", "virtual"):
        return ""
    values = [value for value in write.values if value.column == column]
    if write.write.source != "query" and all(value.kind == "default" for value in values):
        return ""
    return "the database alone numbers it (GENERATED ALWAYS)" if identity else "the database computes it"


def _place(write: LinkedWrite, column: Column) -> Span | None:
    values = (value for value in write.values if value.column == column and value.kind != "default")
    return next((value.span for value in values), None) if not write.is_listed else None


def _finding(said: str, span: Span, write: LinkedWrite, column: Column | None, query: LinkedQuery) -> Finding:
    defined = column.defined if column is not None else write.table.defined
    name = column.name if column is not None else write.table.name
    return Finding(
        span=span,
        message=said,
        schema=query.schema,
        table=write.table.name,
        column=column.name if column is not None else None,
        symbol=query.symbol or None,
        group=f"generated-column-write:{query.schema}.{write.table.name}",
        evidence=(Evidence(defined, f'"{name}" is defined here'),),
        repair=Repair(f'leave out column "{name}"' if column is not None else "write the tables it is made of"),
    )
