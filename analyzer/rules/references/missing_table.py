"""missing-table. What comes in: a link. What goes out: a finding where it names a table nothing creates."""

from collections.abc import Iterator

from analyzer.catalog.schema import Schema
from analyzer.findings import CACHED, Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import Link
from analyzer.link.standing import Blocked
from analyzer.rules.rule import rule


@rule("error")
def missing_table(link: Link, graph: ReferenceGraph) -> Iterator[Finding]:
    """The code names a table or view that no live schema source creates.

    **Why** The statement fails with `no such table` / `relation does not exist` the first time it runs.

    **Example** corpora/missing-table

    **Limits** Tables made by statements in the code itself, by extensions, by migration tools, or matched by `external-tables` are
    unknown, not missing; so is every name that a migration which could not be read mentions. Names spliced into the text at run
    time are not known. In tests, tables come and go: nothing is said there.

    **Fix** Add a migration that creates the table, or correct the name; list tables that another program owns under `external-tables`.
    """
    schema = graph.schema(link.schema)
    if schema is None or link.status != "unresolved" or link.reference.column is not None:
        return
    # Tests make and drop tables of their own.
    if graph.is_test(link.reference.span):
        return
    name = link.reference.table
    never = graph.never(schema.name, name)
    yield Finding(
        span=link.reference.span,
        message=_message(name, schema, never, graph) + graph.contradiction(schema, (name,), None),
        schema=schema.name,
        table=name,
        symbol=link.symbol or None,
        group=f"missing-table:{schema.name}.{name}" if never is None else never.group,
        evidence=(
            *(_evidence(name, schema, graph) if never is None else (Evidence(*place) for place in never.places)),
            *(Evidence(entry.span, CACHED) for entry in graph.cached(link)),
        ),
        repair=Repair(f'create table "{name}" in a migration, or correct the name'),
    )


def _message(name: str, schema: Schema, never: Blocked | None, graph: ReferenceGraph) -> str:
    if never is not None:
        return f'table "{name}" does not exist: {never.sentence}'
    dropped = schema.last_dropped(name, None)
    if dropped is not None and dropped.renamed_to:
        return f'table "{name}" does not exist: it was renamed to "{dropped.renamed_to}"'
    if dropped is not None:
        return f'table "{name}" does not exist: a migration drops it'
    unrun = graph.unrun(name)
    if unrun is not None:
        return f'table "{name}" does not exist: {unrun.path} creates it, and nothing runs that file'
    near = schema.nearest_table(name)
    return f'table "{name}" does not exist' + (f' (did you mean "{near}"?)' if near else "")


def _evidence(name: str, schema: Schema, graph: ReferenceGraph) -> Iterator[Evidence]:
    basis = graph.basis(schema)
    if basis is not None:
        yield Evidence(*basis)
        return
    dropped = schema.last_dropped(name, None)
    if dropped is not None:
        yield Evidence(dropped.span, f'table "{name}" is {"renamed" if dropped.renamed_to else "dropped"} here')
        return
    unrun = graph.unrun(name)
    if unrun is not None:
        yield Evidence(unrun, f'table "{name}" would be created here')
        return
    near = schema.nearest_table(name)
    table = schema.table(near) if near else None
    if table is not None:
        yield Evidence(table.defined, f'table "{table.name}" is created here')
