"""missing-required-column. What comes in: a query. What goes out: a finding for each required column that it leaves without a value."""

from collections.abc import Iterator

from analyzer.catalog.allowed import requires
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.writes import LinkedWrite
from analyzer.rules.rule import rule


@rule("error")
def missing_required_column(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """An INSERT leaves out a NOT NULL column that nothing fills, or a statement writes NULL to one.

    **Why** The database refuses the row every time: `null value in column`, `NOT NULL constraint failed`, `doesn't have a default value`.
    ON CONFLICT does not help: the row is checked first.

    **Example** corpora/missing-required-column

    **Limits** Defaults, identity, serial, generated and rowid columns are filled, and so is what a BEFORE trigger assigns; a trigger whose function is
    not known fills everything. Column lists with spliced parts, INSERT ... SELECT without a list, OR IGNORE and INSERT IGNORE are left out,
    and tables that are not fully known. NULL counts where it is written as such or bound as a literal.

    **Fix** Give the column a value, or a default in a migration.
    """
    schema = graph.schema(query.schema)
    for write in query.writes:
        if schema is None or not write.is_known or write.write.ignores:
            continue
        if write.write.source != "query" or write.is_listed:
            for column in write.omitted:
                if requires(schema, write.table, column):
                    said = f'insert into "{write.table.name}" leaves out column "{column.name}"'
                    yield _finding(said, write.span, write, column, query)
        yield from _nulls(write, schema, query)


def _nulls(write: LinkedWrite, schema: Schema, query: LinkedQuery) -> Iterator[Finding]:
    insert = write.write.verb == "insert"
    for value in write.values:
        column, table = value.column, write.table
        if column.nullable or not column.certain or table.is_filled(column, insert=insert):
            continue
        # SQLite's REPLACE puts the default in the place of NULL; NULL asks for a number there, and of MySQL's timestamps for the time.
        fills = schema.dialect != "postgres" and (
            column.generated == "auto"
            or column.type.family == "timestamptz"
            or (write.write.replaces and column.default)
        )
        computed = column.generated in ("stored", "virtual")
        unfilled = value.kind == "default" and requires(schema, table, column)
        if (value.kind == "null" and not fills and not computed) or unfilled:
            what = "DEFAULT" if unfilled else "NULL"
            yield _finding(
                f'{what} is written to column "{table.name}.{column.name}"', value.span, write, column, query
            )


def _finding(said: str, span: Span, write: LinkedWrite, column: Column, query: LinkedQuery) -> Finding:
    without = " and has no default" if said.startswith(("insert", "DEFAULT")) else ""
    return Finding(
        span=span,
        message=f"{said}, which is NOT NULL{without}",
        schema=query.schema,
        table=write.table.name,
        column=column.name,
        symbol=query.symbol or None,
        group=f"missing-required-column:{query.schema}.{write.table.name}",
        evidence=(Evidence(column.defined, f'column "{column.name}" is defined here'),),
        repair=Repair(f'give column "{column.name}" a value, or a default in a migration'),
    )
