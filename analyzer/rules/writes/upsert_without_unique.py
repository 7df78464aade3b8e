"""upsert-without-unique. What comes in: a query. What goes out: a finding where ON CONFLICT names what no unique key covers."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.upserts import has_arbiter
from analyzer.rules.rule import rule


@rule("error")
def upsert_without_unique(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """ON CONFLICT names columns that no primary key, unique constraint or unique index covers exactly.

    **Why** The database refuses the statement whenever it runs: `no unique or exclusion constraint matching the ON CONFLICT specification`.

    **Example** corpora/upsert-without-unique

    **Limits** Columns may stand in any order. A partial unique index serves where the target repeats its predicate; where the predicates only differ,
    and where expressions do, nothing is said, nor of tables whose indexes are not all known: partitions, indexes that code makes.

    **Fix** Create the unique index in a migration, or name the columns of the one that is there.
    """
    schema = graph.schema(query.schema)
    for write in query.writes:
        conflict, table = write.write.conflict, write.table
        if schema is None or conflict is None or has_arbiter(write, schema) is not False:
            continue
        listed = ", ".join(conflict.target or ())
        lacks = f'constraint "{conflict.constraint}"' if conflict.constraint else f"unique key on ({listed})"
        made = f"CREATE UNIQUE INDEX ON {table.name} ({listed})" if listed else ""
        yield Finding(
            span=write.target,
            message=f'ON CONFLICT: table "{table.name}" has no {lacks}',
            schema=query.schema,
            table=table.name,
            column=conflict.target[0] if conflict.target and len(conflict.target) == 1 else None,
            symbol=query.symbol or None,
            group=f"upsert-without-unique:{query.schema}.{table.name}.{listed or conflict.constraint}",
            evidence=(Evidence(table.defined, f'table "{table.name}" is created here'),),
            repair=Repair(f"add it in a migration{f': {made}' if made else ''}, or name a key that is there"),
        )
