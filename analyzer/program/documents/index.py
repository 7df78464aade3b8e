"""Facts of values of all files, by the keys that evaluation asks for.

What comes in: facts of all files, the Resolver of their imports. What goes out: look-ups; what is not there is empty. This module does not evaluate.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from analyzer.facts.call import Function
from analyzer.facts.document import DocumentModel
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import FileFacts, Import
from analyzer.facts.model import Model
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    Class,
    Invocation,
    Kept,
    MemberValue,
    NameValue,
    ParameterValue,
    Preset,
    TypedValue,
    Value,
)
from analyzer.program.imports.resolver import Resolver

CONSTRUCTORS = ("__init__", "constructor", "__new__")
# What a file that is one thing calls it.
WHOLE = ("default", "module.exports", "exports")


class Index:
    """By path and name, or by Span."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self.files = files
        self.resolver = resolver
        self.kept: dict[tuple[str, str], list[Kept]] = {}
        self.classes: dict[tuple[str, str], Class] = {}
        self.functions: dict[tuple[str, str], Function] = {}
        self.by_span: dict[Span, Function] = {}
        self.results: dict[Span, list[Value]] = {}
        self.presets: dict[tuple[Span, int], Preset] = {}
        self.models: dict[tuple[str, str], DocumentModel] = {}
        self.model_at: dict[Span, DocumentModel] = {}
        self.called: dict[str, list[tuple[str, Invocation]]] = {}
        self.supers: dict[Span, CallValue] = {}
        self.types: dict[tuple[str, str], Model] = {}
        self.enumerations: dict[tuple[str, str], Enumeration] = {}
        for path, file in files.items():
            self._add(path, file)

    def _add(self, path: str, file: FileFacts) -> None:
        for function in file.functions:
            self.by_span[function.span] = function
            self.functions.setdefault((path, function.qualified or function.name), function)
        for model in file.models:
            self.types.setdefault((path, model.name), model)
        for enumeration in file.enumerations:
            self.enumerations.setdefault((path, enumeration.name), enumeration)
        for kept in file.objects.kept:
            self.kept.setdefault((path, kept.name), []).append(kept)
        for one in file.objects.classes:
            self.classes.setdefault((path, one.name), one)
        for result in file.objects.results:
            self.results.setdefault(result.function, []).append(result.value)
        for preset in file.objects.presets:
            self.presets.setdefault((preset.function, preset.index), preset)
        for declared in file.document_models:
            self.models.setdefault((path, declared.name), declared)
            self.model_at[declared.span] = declared
        for invocation in file.objects.invocations:
            self._add_call(path, invocation)

    def _add_call(self, path: str, invocation: Invocation) -> None:
        for call in links(invocation.call):
            self.called.setdefault(last_name(call.callee), []).append((path, invocation))
        if invocation.function is not None and is_super(invocation.call.callee):
            self.supers.setdefault(invocation.function, invocation.call)

    @cached_property
    def registered(self) -> Mapping[str, tuple[tuple[str, DocumentModel], ...]]:
        """Models by the name that their library finds them by."""
        found: dict[str, list[tuple[str, DocumentModel]]] = {}
        for (path, name), model in self.models.items():
            for word in {model.registered or name, name}:
                found.setdefault(word, []).append((path, model))
        return {name: tuple(several) for name, several in found.items()}

    @cached_property
    def heirs(self) -> Mapping[str, tuple[tuple[str, Class], ...]]:
        """Classes by the last name of what they take from, with their files."""
        found: dict[str, list[tuple[str, Class]]] = {}
        for (path, _), one in self.classes.items():
            for base in one.bases:
                name = last_name(base.callee if isinstance(base, CallValue) else base)
                found.setdefault(name, []).append((path, one))
        return {name: tuple(several) for name, several in found.items()}

    def constructor(self, path: str, owner: str) -> Function | None:
        return next((f for word in CONSTRUCTORS if (f := self.functions.get((path, f"{owner}.{word}")))), None)

    def imported(self, path: str, name: str) -> Import | None:
        return self._imports.get((path, name))

    @cached_property
    def _imports(self) -> Mapping[tuple[str, str], Import]:
        return {
            (path, one.alias): one for path, file in self.files.items() for one in reversed(file.imports) if one.alias
        }

    def whole_file(self, path: str, name: str) -> str | None:
        """The file that a name stands for as a whole: a namespace, a default export, what `require` gives."""
        entry = self.imported(path, name)
        target = self.resolver.target(self.files[path], entry) if entry is not None else None
        return target.path if target is not None and target.name in ("", "*", "default") else None


def links(call: CallValue) -> Iterator[CallValue]:
    """The calls of a chain, the last one first."""
    node: Value = call
    while True:
        if isinstance(node, CallValue):
            yield node
            node = node.callee
        elif isinstance(node, MemberValue):
            node = node.of
        else:
            return


def last_name(callee: Value) -> str:
    """The last name of what is called, of a call what it calls."""
    match callee:
        case NameValue(name=name) | MemberValue(name=name) | ParameterValue(name=name):
            return name
        case CallValue(callee=inner):
            return last_name(inner)
        case TypedValue(of=inner):
            return last_name(inner)
        case _:
            return ""


def is_super(callee: Value) -> bool:
    """`super(..)`, `super().__init__(..)`, `Base.__init__(self, ..)`."""
    match callee:
        case NameValue(name="super"):
            return True
        case MemberValue(name="__init__"):
            return True
        case _:
            return False
