"""foreign-key-type-mismatch. What comes in: a history. What goes out: a finding for each foreign key whose columns are of other types than its target's."""

from collections.abc import Iterator

from analyzer.findings import Finding
from analyzer.link.graph import ReferenceGraph
from analyzer.rules.failures import failure_finding, final_failures, step_failures
from analyzer.rules.rule import rule
from analyzer.schema.history import History

_REPAIR = "declare both columns with one type"


@rule("error")
def foreign_key_type_mismatch(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A foreign key's column and the column it references are of types that do not go together.

    **Why** PostgreSQL and MySQL refuse such a key, and the migrations stop there. SQLite takes it and compares values as the parent keeps them: the
    number 42 is not the text '00042', and a row that should have a parent has none.

    **Example** corpora/foreign-key-type-mismatch

    **Limits** PostgreSQL: its own types, enums and domains, by which of them compare (integer and bigint, text and varchar do). MySQL: whole
    numbers of other size or sign, and numbers beside texts. SQLite: numbers beside texts, in what the whole history builds; a text's column before a number's is a warning, because the engine converts there. Types of
    extensions are not looked at.

    **Fix** Declare both columns with one type; where rows exist, convert the key's column with the constraint dropped.
    """
    for step, failure in step_failures(history, graph, "key-type"):
        yield failure_finding(history, failure, history.failing(step), _REPAIR)
    for failure, severity in final_failures(history, graph, "key-type"):
        yield failure_finding(history, failure, "", _REPAIR, severity)
