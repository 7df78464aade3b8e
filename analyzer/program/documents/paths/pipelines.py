"""What a pipeline names of the documents that go into it.

What comes in: a pipeline as a Value. What goes out: PathUses and Gaps: fields that earlier stages put in are none. This module does not know what a collection holds.
"""

from collections.abc import Iterator

from analyzer.facts.value import (
    LiteralValue,
    Value,
)
from analyzer.program.documents.paths.filters import field_texts, filtered
from analyzer.program.documents.paths.orders import sort_paths
from analyzer.program.documents.paths.stages import stages
from analyzer.program.documents.paths.uses import (
    Gap,
    Named,
    PathRole,
    PathUse,
    bare,
    entries,
    plain,
)


def piped(value: Value) -> Iterator[Named]:
    for stage in stages(value):
        if stage.name == "":
            yield Gap(stage.span, "read")
        elif stage.name == "$match" and stage.original:
            yield from _without(filtered(stage.body), stage.added)
        elif stage.name == "$sort" and stage.original:
            yield from _without(sort_paths((stage.body,)), stage.added)
        elif stage.name == "$lookup":
            yield from _looked_up(stage.body, original=stage.original, added=stage.added)
        elif stage.original and stage.name in (
            "$group",
            "$project",
            "$addFields",
            "$set",
            "$unwind",
            "$bucket",
            "$sortByCount",
            "$replaceRoot",
        ):
            role: PathRole = "group" if stage.name == "$group" else "read"
            named = [PathUse(t.span, plain(t.text[1:]), role, stage.name, None, False) for t in field_texts(stage.body)]
            yield from _without(iter(named), stage.added)


def _without(named: Iterator[Named], added: frozenset[str]) -> Iterator[Named]:
    """Fields of the documents themselves: not what an earlier stage put in."""
    for one in named:
        if isinstance(one, Gap) or one.path.partition(".")[0] not in added:
            yield one


def _looked_up(body: Value, *, original: bool, added: frozenset[str]) -> Iterator[Named]:
    told = {entry.key: bare(entry.value) for entry in entries(body)}
    source, local, foreign = (told.get(key) for key in ("from", "localField", "foreignField"))
    if isinstance(local, LiteralValue) and original:
        yield from _without(iter((PathUse(local.span, plain(local.text), "read", "$lookup"),)), added)
    if isinstance(source, LiteralValue) and isinstance(foreign, LiteralValue):
        yield PathUse(foreign.span, plain(foreign.text), "filter", "$lookup", None, True, source.text)
