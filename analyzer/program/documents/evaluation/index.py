"""Facts of values of all files, by the keys that evaluation asks for.

What comes in: facts of all files, the Resolver of their imports. What goes out: look-ups; what is not there is empty. This module does not evaluate.
"""

from collections.abc import Iterable, Iterator, Mapping
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
    EitherValue,
    Invocation,
    Kept,
    LiteralValue,
    MemberValue,
    NameValue,
    ParameterValue,
    Preset,
    TypedValue,
    Value,
)
from analyzer.program.documents.evaluation.inherited import settled
from analyzer.program.documents.libraries.drivers import drivers
from analyzer.program.documents.libraries.methods import family, table
from analyzer.program.imports.resolver import Resolver

CONSTRUCTORS = ("__init__", "constructor", "__new__")
# What a file that is one thing calls it.
WHOLE = ("default", "module.exports", "exports")
_CHAINS = 12
# What an import of a module as a whole is called.
_WHOLES = ("", "*", "default", "motor_asyncio")


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
        self.models = settled(self.models, files, resolver)
        kept = {span: model for span, model in self.model_at.items() if not model.inherits and not model.asked}
        self.model_at = kept | {model.span: model for model in self.models.values()}

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

    def register(self, models: Iterable[tuple[str, DocumentModel]]) -> None:
        """Models that no file declares by itself, with their files."""
        for path, model in models:
            self.models.setdefault((path, model.name), model)
            self.model_at[model.span] = model

    @cached_property
    def registered(self) -> Mapping[str, tuple[tuple[str, DocumentModel], ...]]:
        """Models by the name that their library finds them by."""
        found: dict[str, list[tuple[str, DocumentModel]]] = {}
        for (path, name), model in self.models.items():
            for word in {model.registered or name, name}:
                found.setdefault(word, []).append((path, model))
        return {name: tuple(several) for name, several in found.items()}

    @cached_property
    def attributes(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Names of what the objects of a class keep, by its file and name."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for path, name in self.kept:
            owner, _, attribute = name.rpartition(".")
            if (path, owner) in self.classes:
                found.setdefault((path, owner), {})[attribute] = None
        for key, one in self.classes.items():
            for attribute, _ in (*one.injected, *one.attributes):
                found.setdefault(key, {})[attribute] = None
        return {key: tuple(names) for key, names in found.items()}

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

    def driver(self, path: str, name: str) -> str:
        """The library of documents that a dotted name of a file comes from, "" for none or where nobody knows."""
        root, _, rest = name.partition(".")
        entry = self.imported(path, root)
        if entry is None:
            return ""
        found = drivers().origin(entry.module, rest.rpartition(".")[2] or entry.name.rpartition(".")[2])
        return found.driver if found is not None else ""

    def drivers_of(self, path: str) -> frozenset[str]:
        """The libraries of which a file names a client, a database or a collection."""
        return frozenset(driver for entry in self.files[path].imports if (driver := _driver(entry)))

    def likely_driver(self, path: str) -> str:
        """The only library of which a file names a handle, else the only one of its project beside tests, "" where there are several."""
        file = self.files[path]
        own = self.drivers_of(path) or self._used[file.project.path, family(file.language)]
        return next(iter(own)) if len(own) == 1 else ""

    @cached_property
    def _used(self) -> Mapping[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], frozenset[str]] = {}
        for path, file in self.files.items():
            key = (file.project.path, family(file.language))
            found[key] = found.get(key, frozenset()) | (self.drivers_of(path) if file.role != "test" else frozenset())
        return found

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
        elif isinstance(node, EitherValue) and node.options:
            # A cursor that is sorted sometimes.
            node = max(node.options, key=_length)
        else:
            return


def _length(value: Value) -> int:
    """How many calls a chain has, what is one of several left out."""
    length = 0
    while isinstance(value, CallValue | MemberValue):
        length += isinstance(value, CallValue)
        value = value.callee if isinstance(value, CallValue) else value.of
    return length


def chains(call: CallValue) -> Iterator[tuple[CallValue, ...]]:
    """The calls of a chain, the first one first; several where a name on it is one of several chains (`if limit: cursor = cursor.limit(limit)`)."""
    done = 0
    waiting: list[tuple[Value, tuple[CallValue, ...]]] = [(call, ())]
    while waiting and done < _CHAINS:
        node, behind = waiting.pop()
        if isinstance(node, CallValue):
            waiting.append((node.callee, (node, *behind)))
        elif isinstance(node, MemberValue):
            waiting.append((node.of, behind))
        elif isinstance(node, EitherValue) and any(isinstance(option, CallValue) for option in node.options):
            waiting.extend((option, behind) for option in node.options)
        else:
            done += 1
            yield behind


def dotted_name(value: Value) -> str:
    """A name with its members as it is written, "" for anything else."""
    match value:
        case NameValue(name=name):
            return name
        case MemberValue(of=inner, name=name):
            outer = dotted_name(inner)
            return f"{outer}.{name}" if outer else ""
        case _:
            return ""


def _driver(entry: Import) -> str:
    """The driver of which an import names a handle, or the whole."""
    word = entry.name.rpartition(".")[2]
    found = drivers().origin(entry.module, word)
    is_handle = (
        word in table().types or word in table().makes or (found is not None and found.whole and word in _WHOLES)
    )
    return found.driver if found is not None and is_handle else ""


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


def is_nothing(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "null"
