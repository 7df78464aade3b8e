"""model-drift. What comes in: a history. What goes out: a finding for each column or table that a model declares otherwise than it is."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.rule import rule
from analyzer.schema.differences import Difference
from analyzer.schema.history import History
from analyzer.schema.modelled import model_differences


@rule("warning")
def model_drift(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A model and the migrations define a column, key, check or index differently.

    **Why** The code validates, converts and reads by the model; the database keeps what the migrations made. A value that one takes the other
    refuses, and the next migration that a tool generates contains changes nobody asked for.

    **Example** corpora/model-drift

    **Limits** Compared is what the engine keeps, never text: synonyms of a type, the order of a key, a default that a library fills in by itself are
    no differences. What a library's declaration cannot say (diesel: defaults, indexes) is not compared. Missing tables and columns are
    missing-table and missing-column. Where several databases may be meant, the nearest one counts.

    **Fix** Write the migration that makes what the model says, or correct the model.
    """
    for found in model_differences(history, graph.histories, graph.rivals, graph.program.entities):
        one = found.difference
        span = one.right_at or found.model
        if graph.is_test(span):
            continue
        yield Finding(
            span=span,
            message=f"{_subject(one)} is {_side(one.right)} in the model and {_side(one.left)} in {found.made_by}",
            severity="info" if one.fine else None,
            confidence="medium" if one.fine else "high",
            schema=history.schema.name,
            table=one.table,
            column=one.column,
            group=f"model-drift:{history.schema.name}.{one.table}",
            evidence=(Evidence(one.left_at, "it is made here"),) if one.left_at is not None else (),
            repair=Repair("write the migration that makes what the model says, or correct the model"),
        )


def _subject(one: Difference) -> str:
    if one.column is None:
        return f'{one.kind} of table "{one.table}"'
    return f'{one.kind} of "{one.table}.{one.column}"'


def _side(value: str | None) -> str:
    return value if value is not None else "absent"
