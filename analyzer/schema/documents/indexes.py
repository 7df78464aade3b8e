"""Indexes of collections: those that calls make, and those that shapes declare.

What comes in: queries and shapes. What goes out: Indexes, `options` the direction of each column: "1", "-1", "text" .. This module does not know which indexes
are needed.
"""

from collections.abc import Iterable, Iterator

from analyzer.catalog.table import Index
from analyzer.facts.document import DocumentField
from analyzer.facts.file import Import
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, EitherValue, ListValue, LiteralValue, ObjectValue, Value
from analyzer.program.documents.documents import PlacedShape
from analyzer.program.documents.paths.orders import sort_paths
from analyzer.program.documents.paths.uses import PathUse, bare, is_true
from analyzer.program.documents.query import DocumentQuery

_DEPTH = 6
# Indexes that libraries make of a collection of their own, by the package that is imported. Source: https://github.com/jdesboeufs/connect-mongo, "autoRemove", "collectionName".
_LIBRARIES = {"connect-mongo": ("sessions", "expires")}


def made_by_libraries(imports: Iterable[Import]) -> Iterator[tuple[str, Index]]:
    """Collections with the indexes that imported libraries make of them."""
    for one in imports:
        if one.module in _LIBRARIES:
            collection, path = _LIBRARIES[one.module]
            yield collection, Index(f"{path}_1", (path,), one.span, options=("1",))


def created(query: DocumentQuery) -> Iterator[Index]:
    """Indexes that a call makes."""
    if query.effect != "ddl":
        return
    given = query.role("keys")
    for keys in given.options if isinstance(given, EitherValue) else (given,) if given is not None else ():
        found = _index(keys, query.span, query.is_set("unique"), query.option("partialFilterExpression") is not None)
        if found is not None:
            yield found
    several = bare(query.role("indexes") or LiteralValue(query.span, "null"))
    for item in several.items if isinstance(several, ListValue) else ():
        inner = bare(item)
        if isinstance(inner, CallValue) and inner.arguments:
            # pymongo's IndexModel.
            found = _index(
                inner.arguments[0], query.span, any(w.name == "unique" and is_true(w.value) for w in inner.keywords)
            )
        elif isinstance(inner, ObjectValue):
            entries = {entry.key: entry.value for entry in inner.entries}
            found = _index(entries["key"], query.span, is_true(entries.get("unique"))) if "key" in entries else None
        else:
            found = None
        if found is not None:
            yield found


def is_untold(query: DocumentQuery) -> bool:
    """Whether a call makes indexes of which not all are known."""
    if query.effect != "ddl" or "index" not in query.method.lower() or "drop" in query.method.lower():
        return False
    keys, several = query.role("keys"), bare(query.role("indexes") or LiteralValue(query.span, "null"))
    if isinstance(several, ListValue):
        return several.open or len(list(created(query))) < len(several.items)
    return not (isinstance(several, LiteralValue) and keys is None) and not any(created(query))


def _index(keys: Value, span: Span, unique: bool, partial: bool = False) -> Index | None:
    wildcard = _wildcard(keys)
    if wildcard is not None:
        return Index(f"{wildcard}.$**", (wildcard,), span, options=("wildcard",))
    named = [one for one in sort_paths((keys,), "define") if isinstance(one, PathUse) and one.path]
    if not named:
        return None
    return Index(
        "_".join(f"{one.path}_{one.direction or '1'}" for one in named),
        tuple(one.path for one in named),
        span,
        unique,
        "partial" if partial else None,
        options=tuple(one.direction or "1" for one in named),
    )


def _wildcard(keys: Value) -> str | None:
    """What is above `$**`: an index of every path below it."""
    keys = bare(keys)
    first = bare(keys.items[0]) if isinstance(keys, ListValue) and keys.items else keys
    name = first.entries[0].key if isinstance(first, ObjectValue) and first.entries else getattr(first, "text", "")
    if isinstance(first, ListValue) and first.items:
        name = getattr(bare(first.items[0]), "text", "")
    return name.removesuffix("$**").removesuffix(".") if name and name.endswith("$**") else None


def declared(shape: PlacedShape) -> Iterator[Index]:
    """Indexes that a shape declares."""
    for one in shape.indexes:
        columns = tuple(path for path, _ in one.keys)
        if columns:
            name = one.name or "_".join(f"{path}_{way or '1'}" for path, way in one.keys)
            yield Index(
                name,
                columns,
                one.span,
                one.unique,
                "partial" if one.partial else None,
                options=tuple(way or "1" for _, way in one.keys),
            )
    yield from _fields(shape.fields, "", 0)


def _fields(fields: tuple[DocumentField, ...], prefix: str, depth: int) -> Iterator[Index]:
    for field in fields:
        path = f"{prefix}{field.name}"
        if field.unique or field.indexed:
            yield Index(f"{path}_1", (path,), field.span, field.unique, options=("1",))
        if depth < _DEPTH:
            yield from _fields(field.fields, f"{path}.", depth + 1)
