"""foreign-key-missing-target. What comes in: a history. What goes out: a finding for each foreign key that points at nothing."""

from collections.abc import Iterator

from analyzer.findings import Finding
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.failures import failure_finding, final_failures, step_failures
from analyzer.rules.rule import rule
from analyzer.schema.history import History

_REPAIR = "correct the name, or create the target before the key"


@rule("error")
def foreign_key_missing_target(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A foreign key references a table or column that does not exist, or columns that are no key.

    **Why** PostgreSQL and MySQL refuse the statement, and the migrations stop there. SQLite takes it: with foreign keys on, the first INSERT
    into the table fails.

    **Example** corpora/foreign-key-missing-target

    **Limits** PostgreSQL and MySQL are judged where the statement stands, SQLite by what the whole history builds, and so is MySQL
    where a script turns FOREIGN_KEY_CHECKS off. Nothing is said of tables in namespaces that the history does not fill (a platform's `auth`), of names that
    a statement which could not be read mentions, and of schemas of which the migrations are not the whole story.

    **Fix** Correct the name, create the target in an earlier migration, or give it a primary key or a unique constraint.
    """
    for step, failure in step_failures(history, graph, "target"):
        yield failure_finding(history, failure, history.failing(step), _REPAIR)
    for failure, severity in final_failures(history, graph, "target"):
        yield failure_finding(
            history, failure, f"foreign-key:{history.schema.name}.{failure.message}", _REPAIR, severity
        )
