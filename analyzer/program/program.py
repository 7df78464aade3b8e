"""The program: all files' facts, with the look-ups that cross them.

What comes in: FileFacts of every file. What goes out: a Program whose queries have their names resolved where a constant of
this file or of another answers. This module does not know SQL.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from analyzer.facts.call import Call, Function, Loop
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Model
from analyzer.facts.query import Query
from analyzer.facts.source import Span
from analyzer.program.callees import Callees
from analyzer.program.callers import Callers
from analyzer.program.constants import Constants
from analyzer.program.entities.texts import Entities
from analyzer.program.imports.resolver import Resolver
from analyzer.program.loose import loose_functions
from analyzer.program.returns import Returns
from analyzer.program.timelines import Timeline, Timelines
from analyzer.program.wrappers import with_wrapped

if TYPE_CHECKING:
    from analyzer.program.documents.documents import Documents

_Named = TypeVar("_Named", Model, Enumeration)


class Program(Struct, frozen=True, dict=True):
    """Facts by path, and indexes over them."""

    files: Mapping[str, FileFacts]
    functions: Mapping[Span, Function]
    loops: Mapping[Span, Loop]
    calls: Mapping[Span, Call]
    models_by_name: Mapping[str, tuple[Model, ...]]
    resolver: Resolver
    entities: Entities

    @cached_property
    def documents(self) -> "Documents":
        """What it keeps as documents."""
        from analyzer.program.documents.documents import Documents  # noqa: PLC0415 - few programs have any

        return Documents(self.files, self.resolver)

    @cached_property
    def called(self) -> frozenset[str]:
        """The last names of all that is called: `types.setTypeParser(..)` is setTypeParser."""
        return frozenset(call.callee.rpartition(".")[2] for call in self.calls.values())

    def called_in(self, span: Span) -> Iterator[str]:
        """The last names of what is called in a function, and in those around it that hold it."""
        file = self.files.get(span.path)
        outer = (
            [one.span for one in file.functions if one.span.start <= span.start <= span.end <= one.span.end]
            if file
            else []
        )
        first, last = (
            min((one.start for one in outer), default=span.start),
            max((one.end for one in outer), default=span.end),
        )
        for call in file.calls if file is not None else ():
            if first <= call.span.start and call.span.end <= last:
                yield call.callee.rpartition(".")[2]

    @cached_property
    def callees(self) -> Callees:
        """What calls run."""
        return Callees(self.files, self.resolver)

    @cached_property
    def callers(self) -> Callers:
        """What runs functions."""
        return Callers(self.files, self.callees)

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """Migrations that live in code."""
        return self._walk.found

    @cached_property
    def loose(self) -> tuple[tuple[Timeline, Function], ...]:
        """Functions that look like steps of a timeline, and that nothing runs."""
        return tuple(loose_functions(self.files, self.callees, self._walk))

    @cached_property
    def _walk(self) -> Timelines:
        return Timelines(self.files, self.callees)

    def queries(self) -> Iterator[tuple[FileFacts, Query]]:
        """Every query site with its file, in path order."""
        for path in sorted(self.files):
            for query in self.files[path].queries:
                yield self.files[path], query

    def symbol(self, query: Query) -> str:
        """The qualified name of the enclosing function, "" at module level."""
        function = self.functions.get(query.function) if query.function else None
        return function.qualified if function else ""

    def model(self, name: str, file: FileFacts) -> Model | None:
        """The model a name means in a file: its own, one it imports, or the only one of that name and language in its project."""
        return self._meant(name, file, self.models_by_name)

    def enumeration(self, name: str, file: FileFacts) -> Enumeration | None:
        """The closed set of values that a name means in a file, found as a model is; None for a name of a library or of another type here."""
        shadowed = any(model.name == name for model in file.models)
        if shadowed or self.resolver.is_foreign(file, name.replace("::", ".")):
            return None
        return self._meant(name, file, self.enumerations_by_name)

    @cached_property
    def enumerations_by_name(self) -> Mapping[str, tuple[Enumeration, ...]]:
        found: dict[str, list[Enumeration]] = {}
        for file in self.files.values():
            for one in file.enumerations:
                found.setdefault(one.name, []).append(one)
        return {name: tuple(several) for name, several in found.items()}

    def _meant(self, name: str, file: FileFacts, known: Mapping[str, tuple[_Named, ...]]) -> _Named | None:
        plain = name.rpartition("::")[2].rpartition(".")[2]
        found = known.get(plain, ())
        here = [one for one in found if one.span.path == file.path]
        imported = [
            one
            for other, defined in self.resolver.definitions(file, name.replace("::", "."))
            for one in found
            if one.span.path == other.path and one.name == defined.rpartition(".")[2]
        ]
        near = [
            one
            for one in found
            if one.language == file.language and self.files[one.span.path].project.path == file.project.path
        ]
        for candidates in (here, imported, near):
            if len(candidates) == 1:
                return candidates[0]
        return None


def build_program(files: Iterable[FileFacts]) -> Program:
    """Facts of all files -> Program, with constants put into the texts that name them."""
    read = {file.path: file for file in files}
    resolver = Resolver(read)
    constants = Constants(read, resolver)
    returns = Returns(read, Callees(read, resolver), constants)
    read = {path: returns.into(file) for path, file in read.items()}
    facts = {path: constants.into(file) for path, file in with_wrapped(read).items()}
    entities = Entities(facts, resolver, constants)
    facts = {path: entities.into(file) for path, file in facts.items()}
    models: dict[str, list[Model]] = {}
    for file in facts.values():
        for model in file.models:
            models.setdefault(model.name, []).append(model)
    return Program(
        files=facts,
        functions={function.span: function for file in facts.values() for function in file.functions},
        loops={loop.span: loop for file in facts.values() for loop in file.loops},
        calls={call.span: call for file in facts.values() for call in file.calls},
        models_by_name={name: tuple(found) for name, found in models.items()},
        resolver=resolver,
        entities=entities,
    )
