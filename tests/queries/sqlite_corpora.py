"""A database for each history of the corpora that speaks to SQLite.

What comes in: a history. What goes out: a connection. A schema that SQLite cannot build from the scripts as they stand
(models in code, another engine's words) is left out. This module does not know what the engine says of the queries.
"""

import apsw

from analyzer.schema.history import History
from tests.schema.replaying import scripts


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
