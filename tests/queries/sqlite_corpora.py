"""The queries of all corpora that speak to SQLite, each with a database made by its project's migrations.

What comes in: the corpora. What goes out: linked queries beside connections. A schema that SQLite cannot build from the scripts as they stand
(models in code, another engine's words) is left out. This module does not know what the engine says of the queries.
"""

from collections.abc import Iterator
from functools import cache

import apsw

from analyzer.link.graph import LinkedQuery
from analyzer.schema.history import History
from tests.corpus import CORPORA, analyze_corpus
from tests.schema.replaying import scripts


@cache
def asked_of(dialect: str) -> tuple[tuple[str, LinkedQuery, History], ...]:
    """Every complete query of one statement, with its corpus and the history it was resolved against."""
    return tuple(_asked(dialect))


def _asked(dialect: str) -> Iterator[tuple[str, LinkedQuery, History]]:
    for root in sorted(CORPORA.iterdir()):
        report = analyze_corpus(root)
        own = {history.schema.name: history for history in report.graph.histories if history.dialect == dialect}
        for linked in report.graph.queries:
            history = own.get(linked.schema)
            kinds = [statement.kind for statement in linked.resolution.statements]
            complete = not any(sign in linked.sql for sign in "{}") and len(kinds) <= 1 and "ddl" not in kinds
            if history is not None and linked.dialect == dialect and complete:
                yield root.name, linked, history


def database(history: History) -> apsw.Connection | None:
    """None where the scripts are not all that SQLite needs."""
    connection = apsw.Connection(":memory:")
    try:
        for script in scripts(history):
            connection.execute(script)
    except (apsw.Error, ValueError):
        return None
    ours = {(table.name, column.name) for table in history.schema.tables.values() for column in table.columns}
    theirs = set(connection.execute(_COLUMNS))
    return connection if theirs and ours == theirs else None


_COLUMNS = """
SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND t.tbl_name NOT IN
  (SELECT shadow.name FROM pragma_table_list shadow WHERE shadow.type = 'shadow')"""
