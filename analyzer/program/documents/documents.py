"""Everything a program says of documents: its queries, its models with their collections, the shapes of both.

What comes in: facts of all files, the Resolver of their imports. What goes out: Documents. This module does not know what a collection holds.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.document import DocumentField, DocumentIndex, DocumentModel, DocumentShape
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Span
from analyzer.facts.value import Class
from analyzer.program.documents.evaluation.index import Index
from analyzer.program.documents.evaluation.made import made
from analyzer.program.documents.evaluation.things import Collection, ModelOf
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.documents.runs import Runs
from analyzer.program.documents.sites import Sites
from analyzer.program.documents.tested import Tested, tested
from analyzer.program.imports.resolver import Resolver

_DEPTH = 6


class PlacedModel(Struct, frozen=True):
    """A model with its file and the collections it keeps documents in."""

    model: DocumentModel
    path: str
    collections: tuple[str, ...]


class PlacedShape(Struct, frozen=True):
    """A shape with all that it takes from others put in. `known` is False where it takes from what nobody knows."""

    shape: DocumentShape
    fields: tuple[DocumentField, ...]
    known: bool = True
    indexes: tuple[DocumentIndex, ...] = ()


class Documents:
    """Look-ups of documents; what it once found it keeps."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self._index = Index(files, resolver)
        self._index.register(tuple(made(self._index)))
        self._sites = Sites(self._index)
        self._shapes = {(path, shape.name): shape for path, file in files.items() for shape in file.shapes}

    @cached_property
    def queries(self) -> tuple[DocumentQuery, ...]:
        """Every call that reaches a collection, in order of place."""
        return self._sites.found()

    @cached_property
    def passed(self) -> frozenset[Span]:
        """Driver's calls of which a call of the functions around says what they reach."""
        return frozenset(span for query in self.queries if query.targets for span in query.via)

    def is_reached(self, function: Span) -> bool:
        """Whether something may run a function: a framework what is no plain method, or a call that nobody can place."""
        known = self._index.by_span.get(function)
        if known is None or not known.name or not known.owner:
            return True
        preset = any((function, index) in self._index.presets for index in range(len(known.parameters)))
        return preset or self._sites.calls.may_call(known.name)

    @cached_property
    def tested(self) -> tuple[Tested, ...]:
        """Handles and cursors that code asks for their truth."""
        return tuple(tested(self._index, self._sites.handles))

    @cached_property
    def runs(self) -> Runs:
        """Which functions run which, as far as values tell."""
        return Runs(self._index, self._sites.handles)

    @cached_property
    def classes(self) -> tuple[tuple[str, Class], ...]:
        """The classes of files that are near documents, with their paths."""
        return tuple((path, one) for (path, _), one in sorted(self._index.classes.items(), key=lambda entry: entry[0]))

    def kept_by(self, path: str, owner: Class) -> tuple[str, ...]:
        """The collections that objects of a class keep as their attributes."""
        handles = self._sites.handles
        found: dict[str, None] = {}
        for one, there in handles.line(owner, path):
            for attribute in self._index.attributes.get((there, one.name), ()):
                for thing in handles.attribute(handles.any_of(owner, path), attribute):
                    if isinstance(thing, Collection) and thing.name:
                        found[thing.name] = None
                    elif isinstance(thing, ModelOf):
                        found.update(dict.fromkeys(self._sites.calls.names(thing.model, thing.path)))
        return tuple(found)

    @cached_property
    def models(self) -> tuple[PlacedModel, ...]:
        return tuple(
            PlacedModel(model, path, self._sites.calls.names(model, path))
            for (path, _), model in sorted(self._index.models.items(), key=lambda entry: entry[0])
            if not model.is_base
        )

    @cached_property
    def declared(self) -> frozenset[str]:
        """The collections that models and shapes name."""
        models = (name for model in self.models for name in model.collections)
        return frozenset((*models, *(shape.collection for shape in self._shapes.values() if shape.collection)))

    @cached_property
    def validators(self) -> tuple[PlacedShape, ...]:
        """What databases check themselves, by the name of the collection."""
        return tuple(
            self._placed(shape, path, 0)
            for (path, _), shape in sorted(self._shapes.items())
            if shape.kind == "validator"
        )

    def registered(self, name: str) -> tuple[PlacedModel, ...]:
        """Models that their library finds by a name."""
        return tuple(one for one in self.models if name in (one.model.registered, one.model.name))

    def shape(self, placed: PlacedModel) -> PlacedShape | None:
        """The shape of a model's documents."""
        return self._found(placed.model.shape or placed.model.name, placed.path, 0)

    def _found(self, name: str, path: str, depth: int) -> PlacedShape | None:
        for there, inner in ((path, name), *self._defined(path, name)):
            shape = self._shapes.get((there, inner))
            if shape is not None:
                return self._placed(shape, there, depth)
        return None

    def _defined(self, path: str, name: str) -> Iterator[tuple[str, str]]:
        for thing in self._sites.handles.named(path, name):
            if isinstance(thing, ModelOf):
                yield thing.path, thing.model.shape or thing.model.name
        for file, defined in self._index.resolver.definitions(self._index.files[path], name):
            yield file.path, defined
        whole = self._index.whole_file(path, name)
        if whole is not None:
            shapes = [shape for (there, _), shape in self._shapes.items() if there == whole]
            if len(shapes) == 1:
                yield whole, shapes[0].name

    def _placed(self, shape: DocumentShape, path: str, depth: int) -> PlacedShape:
        fields: dict[str, DocumentField] = {field.name: self._whole(field, path, depth) for field in shape.fields}
        known, indexes = True, dict.fromkeys(shape.indexes)
        for base in shape.bases:
            inner = self._found(base, path, depth + 1) if depth < _DEPTH else None
            known = known and inner is not None and inner.known and inner.shape.closed
            for field in inner.fields if inner is not None else ():
                fields.setdefault(field.name, field)
            indexes |= dict.fromkeys(inner.indexes if inner is not None else ())
        return PlacedShape(shape, tuple(fields.values()), known, tuple(indexes))

    def _whole(self, field: DocumentField, path: str, depth: int) -> DocumentField:
        """A field with the shape that it names spelled out."""
        if depth > _DEPTH:
            return field
        if field.shape and not field.fields:
            inner = self._found(field.shape, path, depth + 1)
            if inner is not None:
                kinds = field.kinds or ("object",)
                return replace(field, fields=inner.fields, kinds=kinds if inner.known else ("mixed",))
            return replace(field, kinds=field.kinds or ("mixed",))
        return (
            replace(field, fields=tuple(self._whole(one, path, depth + 1) for one in field.fields))
            if field.fields
            else field
        )
