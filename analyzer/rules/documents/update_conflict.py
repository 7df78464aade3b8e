"""update-conflict. What comes in: a query. What goes out: a finding where its update sets a path twice."""

from collections.abc import Iterator

from analyzer.facts.source import Span
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.paths.updates import Setting, conflicts
from analyzer.rules.rule import rule

# mongoose keeps these itself: of what else sets them it leaves one.
_STAMPS = frozenset({"createdAt", "updatedAt", "created_at", "updated_at"})


@rule("error")
def update_conflict(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """One update sets a path by two operators, or sets a path and another one inside of it.

    **Why** The server refuses the whole update: "Updating the path 'x' would create a conflict at 'x'" (code 40), each time it runs, `$setOnInsert` also where
    nothing is inserted. In an unordered bulk the other operations pass, and the loss is easily missed.

    **Example** corpora/update-conflict

    **Limits** Said of paths that are written out and always there; two places of a list (`items.0`, `items.$`) are not the same. Pipelines have no
    operators. Dates that mongoose keeps by itself are left out.

    **Fix** Leave the path to one operator.
    """
    document = query.document
    if document is None or graph.role(query.query.span) == "test":
        return
    for first, second in conflicts(document):
        if document.framework == "mongoose" and {first.path, second.path} & _STAMPS:
            continue
        yield Finding(
            span=_key(second),
            message=_message(first, second),
            schema=query.schema or None,
            table=document.collection or None,
            column=second.path,
            symbol=query.symbol or None,
            group=f"update-conflict:{second.span.path}:{query.symbol}",
            evidence=(
                Evidence(_key(first), f'{first.operator} sets "{first.path}" here'),
                *(() if document.span.path == second.span.path else (Evidence(document.span, "the update runs here"),)),
            ),
            repair=Repair(f'leave "{second.path}" to one operator'),
        )


def _message(first: Setting, second: Setting) -> str:
    if first.path != second.path:
        return f'the update sets "{second.path}" by {second.operator} and "{first.path}" by {first.operator}, and one lies inside the other: the server refuses it'
    return f'the update sets "{second.path}" by {first.operator} and by {second.operator}: the server refuses it'


def _key(setting: Setting) -> Span:
    """The key alone: a value may be long."""
    span = setting.span
    return Span(span.path, span.start, min(span.end, span.start + len(setting.path.encode()) + 2))
