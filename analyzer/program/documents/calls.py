"""The drivers' own calls: methods of collections, of models and of documents.

What comes in: an Index and its Handles. What goes out: Owns, each call once. This module does not know what its arguments are.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Invocation,
    MemberValue,
)
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import Index, chains, last_name, links
from analyzer.program.documents.evaluation.naming import named_by_shape
from analyzer.program.documents.evaluation.things import (
    ClassOf,
    Collection,
    Document,
    Instance,
    Method,
    ModelOf,
    Module,
    Place,
    Shape,
    Thing,
)
from analyzer.program.documents.libraries.methods import Meaning, table
from analyzer.program.documents.query import Step

# What a query has as well as the document that it gives.
_OWN = frozenset({"deleteOne"})


class Own(Struct, frozen=True):
    """A driver's call in its own function: `call` is the one of the chain that reaches the collection."""

    invocation: Invocation
    path: str
    call: CallValue
    meaning: Meaning
    steps: tuple[Step, ...]


class Calls:
    """Look-ups of calls that reach a collection by themselves."""

    def __init__(self, index: Index, handles: Handles) -> None:
        self.index = index
        self.handles = handles

    def may_call(self, name: str) -> bool:
        """Whether there is a call of this name that is neither a driver's nor of a function that is known."""
        placed = {
            call.span
            for path, invocation in self.index.called.get(name, ())
            for call in links(invocation.call)
            if last_name(call.callee) == name and self._is_placed(call, path)
        }
        return any(
            call.span not in placed and call.callee.rpartition(".")[2] == name
            for file in self.index.files.values()
            if file.role != "test"
            for call in file.calls
        )

    def _is_placed(self, call: CallValue, path: str) -> bool:
        if isinstance(call.callee, MemberValue):
            things = self.handles.of(Place(call.callee.of, path, None))
            if any(isinstance(one, Collection | ModelOf | Document) for one in things):
                return True
        return any(isinstance(one, Method) for one in self.handles.of(Place(call.callee, path, None)))

    def own_sites(self, path: str) -> Iterator[Own]:
        """Each call of a driver once, with the longest chain on it: a cursor kept under a name goes on elsewhere."""
        found: dict[Span, Own] = {}
        for invocation in self.index.files[path].objects.invocations:
            for chain in chains(invocation.call):
                for own in self._on_chain(invocation, path, chain):
                    known = found.get(own.call.span)
                    if known is None or len(known.steps) < len(own.steps):
                        found[own.call.span] = own
        yield from found.values()

    def _on_chain(self, invocation: Invocation, path: str, chain: tuple[CallValue, ...]) -> Iterator[Own]:
        """The first call of a chain that is a driver's, and those of the document it gives: a name may stand between them."""
        start: int | None = None
        for position, call in enumerate(chain):
            if start is not None and _is_step(call):
                continue
            meaning = self._meaning(call, path)
            if meaning is not None:
                behind = chain[position + 1 :]
                end = next((at for at, one in enumerate(behind) if not _is_step(one)), len(behind))
                steps = tuple(Step(one.span, last_name(one.callee), one) for one in behind[:end])
                yield Own(invocation, path, call, meaning, steps)
                start = position

    def _meaning(self, call: CallValue, path: str) -> Meaning | None:
        """What a call does, if it is one of a driver's."""
        name = last_name(call.callee)
        if not isinstance(call.callee, MemberValue) or not table().is_known(name):
            return None
        language = self.index.files[path].language
        things = self.handles.of(Place(call.callee.of, path, None))
        for thing in things:
            meaning = self._of_thing(thing, name, language)
            if meaning is not None:
                return meaning
        # A method of the code's own only has the name.
        if any(isinstance(one, Instance | ClassOf | Module | Shape) for one in things):
            return None
        if table().is_own(language, name):
            return table().collection_method(language, name) or table().model_method("mongoose", name)
        return None

    def _of_thing(self, thing: Thing, name: str, language: str) -> Meaning | None:
        match thing:
            case Collection():
                return table().collection_method(language, name)
            case ModelOf(model=model):
                return table().model_method(model.framework, name) or self._driver(model, name, language)
            case Document(model=model):
                return table().document_method(model.framework, name)
            case _:
                return None

    def _driver(self, model: DocumentModel, name: str, language: str) -> Meaning | None:
        """`User.collection.find(..)`: the driver's own."""
        return None if self._has_method(model, name) else table().collection_method(language, name)

    def _has_method(self, model: DocumentModel, name: str) -> bool:
        return any(
            (path, f"{model.name}.{name}") in self.index.functions
            for path, _ in self.index.registered.get(model.name, ())
        )

    def names(self, model: DocumentModel, path: str) -> tuple[str, ...]:
        """The collections of a model: its own, or that of the model whose collection it shares."""
        if model.parent:
            for one in self.handles.named(path, model.parent):
                if isinstance(one, ModelOf) and one.model.parent != model.parent:
                    return self.names(one.model, one.path)
            for there, parent in self.index.registered.get(model.parent, ()):
                if parent.span != model.span:
                    return self.names(parent, there)
        named = named_by_shape(model, path, self.index)
        if named:
            return (named,)
        return self.handles.texts(Place(model.collection, path, None)) if model.collection is not None else ()


def _is_step(call: CallValue) -> bool:
    """Whether a call goes on with a query. What deletes goes on with it where it is written behind it; of a name it is the document's own."""
    name = last_name(call.callee)
    if name not in table().step:
        return False
    behind = call.callee.of if isinstance(call.callee, MemberValue) else call.callee
    return name not in _OWN or behind.span.start == call.span.start
