"""What a query of documents asks of an index: by which paths it finds them, and in which order it wants them.

What comes in: a DocumentQuery. What goes out: Lookups, one for each way its filter may be met: every branch of an `$or` needs an index of its own. Of a pipeline
only what stands in front of all that changes documents can use one (mongodb.com/docs/manual/core/aggregation-pipeline-optimization). Which operators an
index serves: mongodb.com/docs/manual/core/query-optimization. This module does not know which indexes there are.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, EitherValue, Entry, ListValue, LiteralValue, ObjectValue, Value
from analyzer.program.documents.evaluation.index import last_name
from analyzer.program.documents.paths.filters import filtered
from analyzer.program.documents.paths.named import paths
from analyzer.program.documents.paths.orders import sort_paths
from analyzer.program.documents.paths.stages import stages
from analyzer.program.documents.paths.uses import Gap, Named, PathUse, bare
from analyzer.program.documents.query import DocumentQuery

_EQUAL = frozenset({"$eq", "$in", "$all"})
_RANGED = frozenset({"$gt", "$gte", "$lt", "$lte"})
# What needs an index of its own kind, and fails or has it.
_SPECIAL = frozenset({"$text", "$near", "$nearSphere", "$geoWithin", "$geoIntersects", "$within"})
_FILTERS = ("filter", "criteria", "id")
_REQUESTS = frozenset({"UpdateOne", "UpdateMany", "DeleteOne", "DeleteMany", "ReplaceOne"})
_BRANCHES = 32


class Lookup(Struct, frozen=True):
    """One way to find documents. `equal` and `ranged` are paths an index can find by (`listed` those of a list of values), `loose` those of conditions that none narrows, `maybe` of conditions that
    are there only sometimes. `order` are (path, "1" or "-1"), None where nobody knows. `whole` is False where there may be other conditions,
    `special` is True where an index of another kind must serve it, `keyed` where something is held against a value that the code does not write itself.
    `limited` is True where not all that is found is wanted. `collection` is another one than the query's, of a `$lookup`.
    """

    span: Span
    equal: tuple[str, ...] = ()
    ranged: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    order: tuple[tuple[str, str], ...] | None = ()
    whole: bool = True
    special: bool = False
    keyed: bool = False
    limited: bool = False
    collection: str = ""

    @property
    def found_by(self) -> tuple[str, ...]:
        return (*self.equal, *self.ranged)


def lookups(query: DocumentQuery) -> Iterator[Lookup]:
    """What a query asks; nothing of one that its callers choose."""
    if query.generic or query.effect in ("insert", "ddl"):
        return
    pipeline = query.role("pipeline")
    if pipeline is not None:
        yield from _piped(pipeline, query)
        return
    requests = query.role("requests")
    if requests is not None:
        for given in _requested(requests):
            yield from (_lookup(branch, query.span, ()) for branch in _branches(given))
        return
    order, limited = _order(paths(query)), query.taken in ("one", "some")
    filters = [value for role, value in query.given if role in _FILTERS]
    for branch in _joined([_given(role, query) for role in filters] + [_stepped(query)]):
        yield _lookup(branch, query.span, order, limited=limited)


def _given(value: Value, query: DocumentQuery) -> list[tuple[Named, ...]]:
    if query.role("id") is value:
        return [(PathUse(value.span, "_id", "filter", "$eq", value),)]
    return _branches(value)


def _stepped(query: DocumentQuery) -> list[tuple[Named, ...]]:
    """Conditions that follow on the chain: of no known shape."""
    later = query.step("where", "find", "findOne", "filter", "or", "and", "equals", "in", "nor")
    return [(Gap(later.span, "filter"),)] if later is not None else [()]


def _order(named: Iterable[Named]) -> tuple[tuple[str, str], ...] | None:
    found: list[tuple[str, str]] = []
    for one in named:
        if one.role != "order":
            continue
        if isinstance(one, Gap) or one.direction not in ("1", "-1"):
            return None
        found.append((one.path, one.direction))
    return tuple(found)


def _requested(value: Value) -> Iterator[Value]:
    """The filters of bulk writes."""
    value = bare(value)
    for item in map(bare, value.items if isinstance(value, ListValue) else ()):
        if isinstance(item, CallValue) and last_name(item.callee) in _REQUESTS and item.arguments:
            yield item.arguments[0]
        for entry in item.entries if isinstance(item, ObjectValue) else ():
            inner = bare(entry.value)
            yield from (e.value for e in getattr(inner, "entries", ()) if e.key == "filter")


# ---------------------------------------------------------------------- pipelines
def _piped(pipeline: Value, query: DocumentQuery) -> Iterator[Lookup]:
    found: list[tuple[Named, ...]] = [()]
    order: tuple[tuple[str, str], ...] | None = ()
    limited = in_front = True
    is_first = True
    for stage in stages(bare(pipeline)):
        if stage.name == "$lookup":
            yield from _looked_up(stage.body, stage.span)
        if in_front and stage.name == "$match" and not order:
            found = _joined([found, _branches(stage.body)])
        elif in_front and stage.name == "$sort" and not order:
            order = _order(sort_paths((stage.body,)))
            limited = False
        elif in_front and (is_first or order == ()) and stage.name in ("", "$search", "$geoNear", "$vectorSearch"):
            return
        else:
            limited = limited or stage.name == "$limit"
            in_front = False
        is_first = False
    for branch in found:
        yield _lookup(branch, query.span, order, limited=limited)


def _looked_up(body: Value, span: Span) -> Iterator[Lookup]:
    body = bare(body)
    entries = {entry.key: bare(entry.value) for entry in body.entries} if isinstance(body, ObjectValue) else {}
    source, foreign = entries.get("from"), entries.get("foreignField")
    if isinstance(source, LiteralValue) and isinstance(foreign, LiteralValue):
        yield Lookup(span, equal=(foreign.text,), keyed=True, collection=source.text)


# ---------------------------------------------------------------------- filters
def _branches(value: Value) -> list[tuple[Named, ...]]:
    """The ways to meet a filter, each with its conditions."""
    value = bare(value)
    if isinstance(value, EitherValue):
        return [branch for option in value.options for branch in _branches(option)][:_BRANCHES]
    if not isinstance(value, ObjectValue):
        return [tuple(filtered(value))]
    start: list[tuple[Named, ...]] = [(Gap(value.span, "filter"),)] if value.open else [()]
    return _joined([start, *(_of_entry(entry) for entry in value.entries)])


def _of_entry(entry: Entry) -> list[tuple[Named, ...]]:
    inner = bare(entry.value)
    if entry.key in ("$or", "$and") and isinstance(inner, ListValue) and entry.certain:
        rest: list[tuple[Named, ...]] = [(Gap(inner.span, "filter"),)] if inner.open else []
        parts = [_branches(item) for item in inner.items]
        return _joined([*parts, rest or [()]]) if entry.key == "$and" else [*(b for part in parts for b in part), *rest]
    if entry.is_spread and isinstance(inner, ObjectValue | EitherValue):
        return _branches(inner)
    if entry.key == "$text":
        return [(PathUse(entry.span, "$text", "filter", "$text", inner, entry.certain),)]
    return [tuple(filtered(ObjectValue(entry.span, (entry,))))]


def _joined(parts: list[list[tuple[Named, ...]]]) -> list[tuple[Named, ...]]:
    """Every choice of one of each."""
    size = 1
    for part in parts:
        size *= max(1, len(part))
    if size > _BRANCHES:
        return []
    return [tuple(one for chosen in choice for one in chosen) for choice in product(*parts)]


def _lookup(
    branch: tuple[Named, ...], span: Span, order: tuple[tuple[str, str], ...] | None, *, limited: bool = False
) -> Lookup:
    uses = [one for one in branch if isinstance(one, PathUse) and one.role == "filter" and one.operator != "$options"]
    kinds = {"equal": [], "ranged": [], "loose": [], "maybe": []}  # type: dict[str, list[str]]
    for use in uses:
        kinds[_kind(use, uses, branch)].append(use.path)
    found = {kind: tuple(dict.fromkeys(named)) for kind, named in kinds.items()}
    return Lookup(
        span,
        found["equal"],
        tuple(path for path in found["ranged"] if path not in found["equal"]),
        found["loose"],
        tuple(use.path for use in uses if use.operator == "$in" and use.certain),
        found["maybe"],
        order,
        whole=not any(isinstance(one, Gap) for one in branch),
        special=any(use.operator in _SPECIAL for use in uses),
        keyed=any(
            not isinstance(use.value, LiteralValue) for use in uses if use.path in found["equal"] + found["ranged"]
        ),
        limited=limited,
    )


def _kind(use: PathUse, uses: list[PathUse], branch: tuple[Named, ...]) -> str:
    if not use.certain:
        return "maybe"
    if use.positional or use.operator in _SPECIAL:
        return "loose"
    value = use.value
    if use.operator == "$regex" or (isinstance(value, LiteralValue) and value.kind == "regex"):
        return "ranged" if _is_anchored(use, branch) else "loose"
    if use.operator == "$elemMatch":
        inside = [one for one in uses if one.path.startswith(f"{use.path}.")]
        return "loose" if inside else "ranged"
    return "equal" if use.operator in _EQUAL else "ranged" if use.operator in _RANGED else "loose"


def _is_anchored(use: PathUse, branch: tuple[Named, ...]) -> bool:
    """A prefix is a range, unless case does not count."""
    caseless = any(isinstance(one, PathUse) and one.path == use.path and one.operator == "$options" for one in branch)
    return not caseless and isinstance(use.value, LiteralValue) and use.value.text.startswith("^")
