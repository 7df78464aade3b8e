"""type-change-without-cast. What comes in: a history. What goes out: a finding for each column that cannot take its new type."""

from collections.abc import Iterator

from analyzer.findings import Finding
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.failures import failure_finding, step_failures
from analyzer.rules.rule import rule
from analyzer.schema.history import History


@rule("error")
def type_change_without_cast(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A column's type is changed to one that PostgreSQL does not convert to by itself, without USING.

    **Why** The statement fails on every database, one without rows included ("cannot be cast automatically"), and the migrations stop there. A
    default is converted by itself: USING does not help it.

    **Example** corpora/type-change-without-cast

    **Limits** PostgreSQL's own types, enums and domains. A default is looked at where it is a plain literal. MySQL and SQLite convert whatever
    they are given.

    **Fix** Say how: `USING column::type`. Drop the default first and set it again behind.
    """
    for step, failure in step_failures(history, graph, "cast"):
        repair = (
            "drop the default first, and set it again behind"
            if failure.message.startswith("the default")
            else "say how with USING"
        )
        yield failure_finding(history, failure, history.failing(step), repair)
