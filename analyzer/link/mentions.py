"""Where collections are named, and what is done with them there.

What comes in: linked queries. What goes out: Mentions, those inside of pipelines too (`$lookup`, `$unionWith`, `$out` ..; mongodb.com/docs/manual/reference/
operator/aggregation-pipeline). This module does not judge.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import LiteralValue, ObjectValue, Value
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.paths.stages import stages

# Stages that read another collection or write one, and the key under which its name stands; "" where the body itself may be the name.
_READS = {"$lookup": "from", "$graphLookup": "from", "$unionWith": "coll"}
_WRITES = {"$out": "coll", "$merge": "into"}


class Mention(Struct, frozen=True):
    """`known` is True where the program declares the collection or writes to it there."""

    span: Span
    name: str
    known: bool
    query: LinkedQuery


def mentions(queries: tuple[LinkedQuery, ...]) -> Iterator[Mention]:
    for query in queries:
        document = query.document
        if document is None:
            continue
        writes = document.makes or document.effect == "update" or document.method in ("bulk_write", "bulkWrite")
        for target in document.targets:
            yield Mention(document.span, target.name, writes or target.model is not None, query)
        pipeline = document.role("pipeline")
        for stage in stages(pipeline) if pipeline is not None else ():
            key = _READS.get(stage.name) or _WRITES.get(stage.name)
            found = _name(stage.body, key) if key is not None else None
            if found is not None:
                yield Mention(found.span, found.text, stage.name in _WRITES, query)


def _name(body: Value, key: str) -> LiteralValue | None:
    if isinstance(body, ObjectValue):
        body = next((entry.value for entry in body.entries if entry.key == key), body)
    return body if isinstance(body, LiteralValue) and body.kind == "string" else None
