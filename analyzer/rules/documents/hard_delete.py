"""hard-delete. What comes in: the graph. What goes out: a finding where documents are deleted that are marked as deleted elsewhere; one where a project marks none."""

import re
from collections.abc import Iterator

from analyzer.catalog.schema import Schema
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.program.naming import named
from analyzer.rules.errands import is_errand, is_passing
from analyzer.rules.rule import rule

_MEANT = re.compile(
    r"(?:^|_)(?:purge|clean|prune|expire|hard|perman|destroy|wipe|erase|gdpr|force|reset|rollback|revert|undo)"
)


@rule("info")
def hard_delete(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """Documents are deleted for good.

    **Why** Where other code marks a document as deleted and keeps it, one call that deletes it breaks what counts on the mark: undo, history, references. Where
    nothing is ever marked, no mistake of a user can be taken back.

    **Example** corpora/hard-delete

    **Limits** A mark is a field as `deleted_at` or `isDeleted` of the collection. A delete that asks for the mark, functions that say what they do (purge,
    cleanup, hardDelete), collections of what passes (tokens, sessions, jobs, logs), tests, seeds, migrations and scripts are left out. A project without
    any mark is told so once, at its first delete. Databases with SQL are not looked at.

    **Fix** Set the mark instead, and leave marked documents out of what is read; delete old ones in a job of their own.
    """
    unmarked: dict[str, list[LinkedQuery]] = {}
    marking: set[str] = set()
    for query in graph.queries:
        schema = graph.schema(query.schema)
        if query.document is None or schema is None:
            continue
        home = query.file.project.path
        marks = {name: mark for name in query.tables if (mark := _mark(schema, name)) is not None}
        marking.update([home] if marks else [])
        if not _is_deleting(query, graph):
            continue
        if not marks and not query.document.via:
            unmarked.setdefault(home, []).append(query)
        elif (
            marks
            and len(marks) == len(query.tables)
            and not query.document.generic
            and not _asks(query, set(marks.values()))
        ):
            name = query.tables[0]
            yield _finding(query, f'documents of "{name}" are deleted, and elsewhere marked by "{marks[name]}"')
    for home, queries in unmarked.items():
        if home not in marking:
            others = tuple(Evidence(one.query.span, "and here") for one in queries[1:])
            yield _finding(
                queries[0],
                "documents are deleted for good, nothing in the project marks one as deleted instead",
                others,
            )


def _mark(schema: Schema, name: str) -> str | None:
    table = schema.table(name)
    mark = table.deletion_mark if table is not None else None
    return mark.name if mark is not None and mark.evidence != ("index",) else None


def _is_deleting(query: LinkedQuery, graph: ReferenceGraph) -> bool:
    document = query.document
    if document is None or document.effect != "delete" or not document.targets:
        return False
    meant = graph.role(document.span) in ("test", "seed", "migration") or is_errand(document.path)
    return (
        not meant
        and not _MEANT.search(named(query.symbol, "snake_case"))
        and not all(is_passing(name) for name in query.tables)
    )


def _asks(query: LinkedQuery, marks: set[str]) -> bool:
    return any(field.use.path in marks for field in query.fields)


def _finding(query: LinkedQuery, message: str, others: tuple[Evidence, ...] = ()) -> Finding:
    return Finding(
        span=query.query.span,
        message=message,
        schema=query.schema or None,
        table=query.tables[0] if len(query.tables) == 1 else None,
        symbol=query.symbol or None,
        group=f"hard-delete:{query.file.project.path}",
        evidence=others,
        repair=Repair("mark the document as deleted", effort_minutes=60, risk="medium"),
    )
