"""The queries of all corpora, each with the history it was resolved against.

What comes in: the corpora. What goes out: linked queries. This module does not know engines.
"""

from collections.abc import Iterator
from functools import cache

from analyzer.link.linked import LinkedQuery
from analyzer.schema.history import History
from tests.corpus import CORPORA, analyze_corpus


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
            spoken = linked.query.dialect_hint in ("", dialect)
            if history is not None and linked.dialect == dialect and complete and spoken:
                yield root.name, linked, history
