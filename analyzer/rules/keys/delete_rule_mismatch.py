"""delete-rule-mismatch. What comes in: a history. What goes out: a finding for each relation that deletes otherwise than its key does."""

from collections.abc import Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import ForeignKey
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.left_behind import left_behind
from analyzer.program.entities.table import Tie
from analyzer.rules.errands import is_errand, is_passing
from analyzer.rules.rule import rule
from analyzer.schema.history import History

_NOTHING = {"", "no action", "restrict"}


@rule("info")
def delete_rule_mismatch(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """A model's relation says that rows go with their parent, and the database's key says something else; or code deletes a parent and leaves its children.

    **Why** A row that is deleted by SQL, or by another program, leaves children behind or is refused; one that the library deletes takes them along.

    **Example** corpora/delete-rule-mismatch

    **Limits** Only relations whose columns and whose key are known. A library that deletes or detaches the children itself works with a key that does nothing:
    that is information. Of documents: a parent is deleted by its key, and nothing near it deletes or changes the children that hold the key; children of what
    passes (logs, tokens) are left out, and a key that only its name tells is of less confidence. What declares a key's own rule is model-drift, not this. Tables with soft deletes are left alone.

    **Fix** Give the key the rule that the relation has, or the relation the key's.
    """
    if history.dialect == "mongodb":
        yield from _documents(history, graph)
    if not history.accuses:
        return
    for table in graph.program.entities.tables:
        for tie in graph.program.entities.related(table):
            found = _key(tie, history.schema)
            if found is None or graph.is_test(tie.relation.span):
                continue
            key, said = found, tie.relation.deletes
            differs = (said == "cascade" and key.on_delete != "cascade") or (
                said == "set null" and key.on_delete == "cascade"
            )
            if differs:
                yield _finding(tie, key, history.schema)


def _documents(history: History, graph: ReferenceGraph) -> Iterator[Finding]:
    """Deletes of documents that others name."""
    for left in left_behind(graph.queries, graph.program, history.schema):
        span = left.query.query.span
        children = [child for child in left.children if not is_passing(child.name)]
        if not children or graph.role(span) in ("test", "seed", "migration") or is_errand(span.path):
            continue
        parent, names = left.query.tables[0], ", ".join(f'"{child.name}"' for child in children)
        yield Finding(
            span=span,
            message=f'documents of {names} still hold the key of the "{parent}" that is deleted here',
            confidence="high" if any(child.key.basis == "orm" for child in children) else "medium",
            schema=history.schema.name,
            table=parent,
            symbol=left.query.symbol or None,
            group=f"delete-rule-mismatch:{history.schema.name}.{parent}",
            evidence=tuple(Evidence(child.key.defined, f'"{child.name}" holds the key here') for child in children),
            repair=Repair("delete the children first, or take the key out of them", effort_minutes=30, risk="medium"),
        )


def _key(tie: Tie, schema: Schema) -> ForeignKey | None:
    """The key behind a relation: on the side of the children."""
    child = schema.table(tie.target.physical) if tie.relation.many and tie.target.physical else None
    columns = {theirs for _, theirs in tie.pairs}
    if child is None or not columns or any("delete" in column.name.lower() for column in child.columns):
        return None
    return next((key for key in child.foreign_keys if set(key.columns) == columns), None)


def _finding(tie: Tie, key: ForeignKey, schema: Schema) -> Finding:
    child = tie.target.physical
    rule_ = key.on_delete.upper() if key.on_delete not in _NOTHING else "nothing"
    said = "deletes" if tie.relation.deletes == "cascade" else "keeps"
    return Finding(
        span=tie.relation.span,
        message=f'relation "{tie.relation.name}" {said} rows of "{child}" with their parent, the key in the database does {rule_}',
        schema=schema.name,
        table=child,
        column=key.columns[0] if len(key.columns) == 1 else None,
        group=f"delete-rule-mismatch:{schema.name}.{child}",
        evidence=(Evidence(key.defined, "the key is defined here"),),
        repair=Repair("give the key the rule that the relation has, or the relation the key's"),
    )
