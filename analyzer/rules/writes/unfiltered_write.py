"""unfiltered-write. What comes in: a query. What goes out: a finding where an UPDATE or DELETE reaches every row."""

import re
from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule

# A function that says that it empties the table.
_MEANT = re.compile(
    r"wipe|reset|clear|purge|truncate|flush|empty|erase|(?:delete|remove|drop|destroy)_?all", re.IGNORECASE
)


@rule("warning")
def unfiltered_write(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """Application code updates or deletes every row of a table: the statement has no WHERE.

    **Why** A forgotten filter is found when the data is gone.

    **Example** corpora/unfiltered-write

    **Limits** Migrations, seeds and tests are left out, and temporary tables. A join, USING, FROM and LIMIT choose rows as well as WHERE does;
    so may a part that is spliced in. Information in a function whose name says that it empties (`reset`, `clear`, `delete_all`). `WHERE true` says that every row is meant.

    **Fix** Add the WHERE, or say that every row is meant: `WHERE true`.
    """
    # Only application code: elsewhere emptying a table is what the file is for.
    if graph.role(query.query.span) != "code":
        return
    for write in query.writes:
        made = write.write
        if made.verb == "insert" or made.filtered or not made.complete or write.table.kind != "table":
            continue
        if write.table.namespace == "pg_temp":
            continue
        verb = "update changes" if made.verb == "update" else "delete removes"
        yield Finding(
            span=write.span,
            message=f'{verb} every row of table "{write.table.name}": it has no WHERE',
            severity="info" if _MEANT.search(query.symbol) else None,
            schema=query.schema,
            table=write.table.name,
            symbol=query.symbol or None,
            group=f"unfiltered-write:{query.schema}.{write.table.name}",
            evidence=(Evidence(write.table.defined, f'table "{write.table.name}" is created here'),),
            repair=Repair("add the WHERE, or say that every row is meant: WHERE true"),
        )
