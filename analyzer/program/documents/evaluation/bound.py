"""Functions that a schema hands to its models and their documents: what `this` is in them, and who has them.

What comes in: an Index. What goes out: models by function, functions by model and name. Source: https://mongoosejs.com/docs/guide.html, "Instance methods" and "Statics";
https://mongoosejs.com/docs/middleware.html for the hooks in which `this` is a document. This module does not evaluate.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, FunctionValue, Invocation, LiteralValue, MemberValue, NameValue, Value
from analyzer.facts.value import ObjectValue as Object
from analyzer.program.documents.evaluation.index import Index, links

_KINDS = {"statics": True, "methods": False}
_CALLS = {"static": True, "method": False}
_HOOKS = frozenset({"save", "validate", "init"})


class Bound(Struct, frozen=True):
    """`name` is "" for a hook. In a static `this` is the model, in others a document."""

    path: str
    schema: str
    name: str
    function: Span
    static: bool


class Bindings:
    """Look-ups of functions that belong to a schema."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def around(self, path: str, span: Span) -> Bound | None:
        """The innermost function of a schema around a place."""
        inside = [
            one
            for one in self._by_path.get(path, ())
            if one.function.start <= span.start and span.end <= one.function.end
        ]
        return max(inside, key=lambda one: one.function.start, default=None)

    def models(self, bound: Bound) -> tuple[tuple[DocumentModel, str], ...]:
        return self._models.get((bound.path, bound.schema), ())

    def function(self, model: DocumentModel, path: str, name: str, *, static: bool) -> tuple[Span, str] | None:
        """A static of a model, or a method of its documents."""
        for home in self._homes(model, path):
            for one in self._by_path.get(home[0], ()):
                if (one.path, one.schema) == home and one.name == name and one.static == static:
                    return one.function, one.path
        return None

    @cached_property
    def _models(self) -> Mapping[tuple[str, str], tuple[tuple[DocumentModel, str], ...]]:
        found: dict[tuple[str, str], list[tuple[DocumentModel, str]]] = {}
        for (path, _), model in self._index.models.items():
            for home in self._homes(model, path):
                found.setdefault(home, []).append((model, path))
        return {home: tuple(several) for home, several in found.items()}

    def _homes(self, model: DocumentModel, path: str) -> tuple[tuple[str, str], ...]:
        """Where a model's schema may stand, by path and name."""
        if not model.shape:
            return ()
        defined = self._index.resolver.definitions(self._index.files[path], model.shape)
        return ((path, model.shape), *((file.path, name) for file, name in defined))

    @cached_property
    def _by_path(self) -> Mapping[str, tuple[Bound, ...]]:
        return {path: tuple(self._of_file(path)) for path, file in self._index.files.items() if file.shapes}

    def _of_file(self, path: str) -> Iterator[Bound]:
        objects = self._index.files[path].objects
        for kept in objects.kept:
            yield from _kept(path, kept.name, kept.value)
        for invocation in objects.invocations:
            yield from _called(path, invocation)


def _kept(path: str, name: str, value: Value) -> Iterator[Bound]:
    """`orderSchema.statics.open = function ..`, `orderSchema.methods = {..}`, `new Schema({..}, { statics: {..} })`."""
    schema, _, rest = name.partition(".")
    kind, _, called = rest.partition(".")
    if kind in _KINDS and isinstance(value, FunctionValue) and called:
        yield Bound(path, schema, called, value.span, _KINDS[kind])
    elif kind in _KINDS and not called:
        yield from _listed(path, schema, value, static=_KINDS[kind])
    elif not rest:
        for call in links(value) if isinstance(value, CallValue) else ():
            options = call.arguments[1] if len(call.arguments) > 1 else None
            for entry in options.entries if isinstance(options, Object) else ():
                if entry.key in _KINDS:
                    yield from _listed(path, schema, entry.value, static=_KINDS[entry.key])


def _listed(path: str, schema: str, value: Value, *, static: bool) -> Iterator[Bound]:
    for entry in value.entries if isinstance(value, Object) else ():
        if entry.key and isinstance(entry.value, FunctionValue):
            yield Bound(path, schema, entry.key, entry.value.span, static)


def _called(path: str, invocation: Invocation) -> Iterator[Bound]:
    """`orderSchema.static("open", function ..)`, `orderSchema.method({..})`, `orderSchema.pre("save", function ..)`."""
    for call in links(invocation.call):
        callee = call.callee
        if not isinstance(callee, MemberValue) or not isinstance(callee.of, NameValue) or not call.arguments:
            continue
        schema, first, last = callee.of.name, call.arguments[0], call.arguments[-1]
        text = first.text if isinstance(first, LiteralValue) and first.kind == "string" else ""
        if callee.name in _CALLS:
            yield from _listed(path, schema, first, static=_CALLS[callee.name])
            if text and isinstance(last, FunctionValue):
                yield Bound(path, schema, text, last.span, _CALLS[callee.name])
        elif callee.name in ("pre", "post") and text in _HOOKS and isinstance(last, FunctionValue):
            yield Bound(path, schema, "", last.span, static=False)
