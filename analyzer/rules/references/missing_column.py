"""missing-column. What comes in: a link. What goes out: a finding where it names a column none of its tables has."""

from collections.abc import Iterator

from analyzer.catalog.names import nearest
from analyzer.catalog.schema import Schema
from analyzer.findings import CACHED, Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import Link
from analyzer.link.standing import Blocked
from analyzer.rules.rule import rule


@rule("error")
def missing_column(link: Link, graph: ReferenceGraph) -> Iterator[Finding]:
    """The code names a column that none of the tables in scope has, or reads one from a row that lacks it.

    **Why** The statement fails with `no such column` / `column does not exist` the first time it runs.

    **Example** corpora/missing-column

    **Limits** Said only where every table in scope is fully known: a table that a statement in the code alters, that an unreadable
    migration mentions, or that comes out of a table function or an unknown subquery silences it. Names spliced in at run time
    are not known. A double-quoted name that SQLite would read as a string is not accused. Fields are asked for only
    where the driver fills the row by their names (`derive(FromRow)`, `row.get("name")`, zod), defaults, `flatten` and `skip` left out; what code takes
    from a row is followed inside its file, and what is written to a row first, or tested for, is left out. JavaScript gives `undefined`: a warning.

    **Fix** Add the column in a migration, or correct the name.
    """
    schema = graph.schema(link.schema)
    column = link.reference.column
    # What a model lacks is missing-model-field.
    if schema is None or link.status != "unresolved" or column is None or link.reason == "model":
        return
    named = (link.reference.table,) if link.reference.table else link.candidates
    tables = tuple(table for table in named if table)
    # The column is there, and the query that fills the row does not select it.
    unread = link.reason == "read" or (
        link.reason == "row"
        and any(found.column(column) for table in tables if (found := schema.table(table)) is not None)
    )
    # A test may run against the schema as it was.
    if graph.is_test(link.reference.span) and any(schema.last_dropped(table, column) for table in tables):
        return
    blocked = (graph.never(schema.name, table, column) for table in tables if not unread)
    never = next((found for found in blocked if found is not None), None)
    evidence = () if unread else _evidence(column, tables, schema, graph)
    yield Finding(
        span=link.reference.span,
        severity="warning" if link.reason == "read" and graph.is_lenient(link.reference.span) else None,
        message=_unread(column, tables, schema)
        if unread or not tables
        else _message(column, tables, schema, never, graph) + graph.contradiction(schema, tables, column),
        schema=schema.name,
        table=tables[0] if len(tables) == 1 else None,
        column=column,
        symbol=link.symbol or None,
        group=f"missing-column:{schema.name}.{','.join(tables)}" if never is None else never.group,
        evidence=(
            *_reader(link),
            *(evidence if never is None else (Evidence(*place) for place in never.places)),
            *(Evidence(entry.span, CACHED) for entry in graph.cached(link)),
        ),
        repair=Repair(f'add column "{column}" in a migration, or correct the name'),
    )


def _unread(column: str, tables: tuple[str, ...], schema: Schema) -> str:
    names = " and ".join(f'"{table}"' for table in tables)
    near = _near(column, tables, schema)
    hint = f' (did you mean "{near}"?)' if near and near != column else ""
    return f'the row reads column "{column}", which its query{f" of {names}" if names else ""} does not select{hint}'


def _near(column: str, tables: tuple[str, ...], schema: Schema) -> str | None:
    return nearest(
        column, (known.name for table in tables if (found := schema.table(table)) for known in found.columns)
    )


def _reader(link: Link) -> Iterator[Evidence]:
    if link.reason in ("row", "read") and link.query is not None:
        yield Evidence(link.query, "the row is filled by this query")


def _message(column: str, tables: tuple[str, ...], schema: Schema, never: Blocked | None, graph: ReferenceGraph) -> str:
    names = " and ".join(f'"{table}"' for table in tables)
    said = (
        f'table {names} has no column "{column}"'
        if len(tables) == 1
        else f'none of the tables {names} has a column "{column}"'
    )
    if never is not None:
        return f"{said}: {never.sentence}"
    for table in tables:
        dropped = schema.last_dropped(table, column)
        if dropped is not None:
            return (
                f'{said}: it was renamed to "{dropped.renamed_to}"'
                if dropped.renamed_to
                else f"{said}: a migration drops it"
            )
    unrun = next((place for table in tables if (place := graph.unrun(table, column)) is not None), None)
    if unrun is not None:
        return f"{said}: {unrun.path} adds it, and nothing runs that file"
    near = _near(column, tables, schema)
    return said + (f' (did you mean "{near}"?)' if near else "")


def _evidence(column: str, tables: tuple[str, ...], schema: Schema, graph: ReferenceGraph) -> Iterator[Evidence]:
    basis = graph.basis(schema)
    if basis is not None:
        yield Evidence(*basis)
        return
    for table in tables:
        dropped = schema.last_dropped(table, column)
        if dropped is not None:
            yield Evidence(dropped.span, f'column "{column}" is {"renamed" if dropped.renamed_to else "dropped"} here')
            continue
        found = schema.table(table)
        if found is not None:
            yield Evidence(found.defined, f'table "{found.name}" is created here')
