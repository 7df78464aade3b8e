"""A schema's options, and the fields that every document has because of them.

What comes in: what stands as the options, the file's Names. What goes out: Options, DocumentFields. Source: https://mongoosejs.com/docs/guide.html#options and `Schema.prototype.defaultOptions`,
`setupTimestamp`, `handleTimestampOption` of mongoose 9. This module does not know definitions.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.extract.frameworks.kept_values import Names, entry, is_literal
from analyzer.extract.objects.declared import dotted
from analyzer.facts.document import DocumentField
from analyzer.facts.source import Span
from analyzer.facts.value import LiteralValue, ObjectValue, Value

OPTIONS = frozenset({
    "timestamps", "strict", "strictQuery", "collection", "versionKey", "discriminatorKey", "_id", "id", "toJSON", "toObject", "minimize", "autoIndex", "autoCreate",
    "bufferCommands", "capped", "collation", "read", "writeConcern", "shardKey", "typeKey", "validateBeforeSave", "optimisticConcurrency", "selectPopulatedPaths",
    "skipVersioning", "timeseries", "query", "methods", "statics", "virtuals", "pluralization", "usePushEach", "excludeIndexes", "lean",
})  # fmt: skip
TELLING = frozenset({"timestamps", "strict", "versionKey", "discriminatorKey", "collection", "toJSON", "toObject"})
_STAMPS = ("createdAt", "updatedAt")


_STAMPS = ("createdAt", "updatedAt")


class Options(Struct, frozen=True):
    """What a schema's options say. `closed` is None where they say nothing of it."""

    fields: tuple[DocumentField, ...] = ()
    others: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    closed: bool | None = None
    collection: str = ""
    key: str = "type"
    ids: bool = True


def read_options(value: Value | None, names: Names) -> Options:
    found = names.resolved(value) if value is not None else None
    if not isinstance(found, ObjectValue):
        name = dotted(value) if value is not None else ""
        return Options(bases=(name,) if name else (), closed=None if value is None or name else False)
    spread = [dotted(one.value) for one in found.entries if one.is_spread]
    strict = entry(found, "strict")
    others = [one for word in ("virtuals", "methods", "statics", "query") for one in keys(entry(found, word))]
    return Options(
        tuple(_stamps(found, found.span, names)),
        tuple(others),
        tuple(one for one in spread if one),
        False if is_literal(strict, "false") else (None if strict is None else True),
        names.text(entry(found, "collection")) or "",
        names.text(entry(found, "typeKey")) or "type",
        not is_literal(entry(found, "_id"), "false"),
    )


def merged(*several: tuple[DocumentField, ...]) -> tuple[DocumentField, ...]:
    """Fields in order, the last of a name."""
    found: dict[str, DocumentField] = {}
    for field in (one for fields in several for one in fields):
        found[field.name] = field
    return tuple(found.values())


def implied(span: Span, options: Value | None, *, inner: bool = False) -> tuple[DocumentField, ...]:
    """The fields that every document has: its key, its version."""
    found = (
        [] if is_literal(entry(options, "_id"), "false") else [DocumentField(span, "_id", ("objectId",), filled=True)]
    )
    version, key = entry(options, "versionKey"), entry(options, "discriminatorKey")
    if not inner and not is_literal(version, "false"):
        named = version.text if isinstance(version, LiteralValue) and version.kind == "string" else "__v"
        found.append(DocumentField(span, named, ("number",), filled=True))
    if isinstance(key, LiteralValue) and key.kind == "string":
        found.append(DocumentField(span, key.text, ("string",), filled=True))
    return tuple(found)


def _stamps(options: ObjectValue, span: Span, names: Names) -> Iterator[DocumentField]:
    value = entry(options, "timestamps")
    if value is not None:
        yield from stamped(names.resolved(value), span, names)


def stamped(value: Value, span: Span, names: Names) -> Iterator[DocumentField]:
    """`true`, `{ createdAt: "created_at", updatedAt: false }`; where one is named the other keeps its name."""
    if is_literal(value, "false") or is_literal(value, ""):
        return
    for word in _STAMPS:
        given = entry(value, word)
        if not is_literal(given, "false"):
            yield DocumentField(span, names.text(given) or word, ("date",), filled=True)


def keys(value: Value | None) -> Iterator[str]:
    for one in value.entries if isinstance(value, ObjectValue) else ():
        if one.key is not None:
            yield one.key
