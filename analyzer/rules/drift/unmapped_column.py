"""unmapped-column. What comes in: a history. What goes out: a finding for each column that its model does not know and every row needs."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.history import History
from analyzer.schema.modelled import unmapped_columns


@rule("info")
def unmapped_column(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """The database has a NOT NULL column that the table's model does not know.

    **Why** A column with a value of its own is read and written by nobody; one without a default makes every INSERT of the model fail.

    **Example** corpora/unmapped-column

    **Limits** Of several models of one table it is enough that one knows the column. A model of which not all attributes are known is left alone. A column that
    may be NULL, or that the database computes, is nobody's duty. Info where the database fills the column in, a warning where it does not.

    **Fix** Add the column to the model, or drop it in a migration.
    """
    for found in unmapped_columns(history, graph.histories, graph.rivals, graph.program.entities):
        if graph.is_test(found.model):
            continue
        column = found.column
        yield Finding(
            span=found.model,
            message=f'model of table "{found.table}" does not know column "{column.name}", which is NOT NULL'
            + ("" if found.filled else " and has no default"),
            severity=None if found.filled else "warning",
            confidence="medium",
            schema=history.schema.name,
            table=found.table,
            column=column.name,
            group=f"unmapped-column:{history.schema.name}.{found.table}",
            evidence=(Evidence(column.defined, f'column "{column.name}" is defined here'),),
            repair=Repair(f'add column "{column.name}" to the model, or drop it in a migration'),
        )
