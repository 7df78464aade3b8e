"""value-too-long. What comes in: a query. What goes out: a finding for each constant that is longer than its column."""

from collections.abc import Iterator

from analyzer.catalog.allowed import Constant, excess
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule


@rule("warning")
def value_too_long(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A constant that the code writes is longer than its column's varchar(n) or char(n).

    **Why** PostgreSQL and strict MySQL refuse the row, other modes of MySQL cut the value.

    **Example** corpora/value-too-long

    **Limits** Characters are counted, blanks at the end are not. SQLite keeps what it is given and is left out. Constants are literals in the
    statement and literals that are bound to it.

    **Fix** Write a shorter value, or make the column longer in a migration.
    """
    schema = graph.schema(query.schema)
    for write in query.writes if schema is not None else ():
        insert = write.write.verb == "insert"
        for value in write.values:
            column = value.column
            if schema is None or value.kind != "constant" or write.table.is_filled(column, insert=insert):
                continue
            type_ = schema.column_type(column.type)
            longest = excess(Constant(value.text, value.quoted), type_, schema.dialect)
            if longest is None or not column.certain:
                continue
            source = f"{write.table.name}.{column.name}"
            yield Finding(
                span=value.span,
                message=f'a constant is longer than column "{source}" of type {column.type.raw}',
                schema=query.schema,
                table=write.table.name,
                column=column.name,
                symbol=query.symbol or None,
                group=f"value-too-long:{query.schema}.{source}",
                evidence=(Evidence(column.defined, f'column "{column.name}" is defined here'),),
                repair=Repair(f'write a shorter value, or make column "{column.name}" longer in a migration'),
            )
