"""Which entities a name stands for that is handed in: `self.model` of a repository class, the parameter of a function.

What comes in: facts of all files; slots, as extraction writes them. What goes out: the entities, as far as constructors and calls outside of tests show
them. `?Repo.model` is an attribute of the objects of a class, `?Repo.__class__` the class itself, `?model@120` the parameter of the function that begins
at that byte. A class stands for itself and for those that take from it: what one of those is constructed with, a method of the base may meet, not the
other way about. This module does not know SQL, nor what an entity has.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Protocol

from msgspec import Struct

from analyzer.facts.call import Call, Function
from analyzer.facts.entity import Entity
from analyzer.facts.file import FileFacts
from analyzer.facts.holder import Holder
from analyzer.facts.origin import LoopOrigin, NameOrigin, Origin, ParameterOrigin
from analyzer.facts.source import Span
from analyzer.program.callees import Callees
from analyzer.program.callers import Callers
from analyzer.program.imports.resolver import Resolver

SLOT = re.compile(r"\?[A-Za-z_]\w*(?:\.\w+|@\d+)")
_CLASS = "__class__"
_SUPER = "super().__init__"
_LISTED = re.compile(r"[(\[{]?\s*((?:[\w.]+\s*,\s*)*[\w.]+)\s*,?\s*[)\]}]?")
_DEPTH = 12


class Meant(Struct, frozen=True):
    """The entities that a name may stand for. `known` is False where there may be others."""

    entities: tuple[Entity, ...] = ()
    known: bool = True


_NOBODY = Meant((), known=False)
_Env = Mapping[str, Callable[[], Meant]]


class Known(Protocol):
    def entity(self, name: str, file: FileFacts) -> Entity | None: ...

    def whole(self, entity: Entity) -> object | None:
        """The table of an entity; None for a part of no table."""


class _Made(Struct, frozen=True):
    """A call that makes an object, in its file. `typed` are the names in brackets behind the class."""

    file: FileFacts
    call: Call
    typed: tuple[str, ...]


class Handed:
    """Look-ups of slots."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver, known: Known) -> None:
        self._files = files
        self._resolver = resolver
        self._entities = known
        self._known: dict[tuple[Span, str], Meant] = {}
        self._depth = 0

    def of(self, slot: str, file: FileFacts) -> Meant:
        """What a slot of a file stands for."""
        name, _, start = slot.removeprefix("?").partition("@")
        if start:
            function = next((one for one in file.functions if one.span.start == int(start)), None)
            return self._parameter(function, name) if function is not None else _NOBODY
        owner, _, attribute = name.rpartition(".")
        holder = self._own.get(file.path, {}).get(owner)
        return self._attribute(holder, attribute) if holder is not None else _NOBODY

    # ------------------------------------------------------------------ classes
    @cached_property
    def _own(self) -> Mapping[str, Mapping[str, Holder]]:
        return {path: {one.name: one for one in file.holders} for path, file in self._files.items() if file.holders}

    def _holder(self, name: str, file: FileFacts) -> Holder | None:
        places = ((file, name), *self._resolver.definitions(file, name))
        found = (self._own.get(other.path, {}).get(defined) for other, defined in places)
        return next((one for one in found if one is not None), None)

    @cached_property
    def _children(self) -> Mapping[Span, Sequence[Holder]]:
        found: dict[Span, list[Holder]] = {}
        for path, own in self._own.items():
            for one in own.values():
                for base in one.bases:
                    parent = self._holder(base, self._files[path])
                    if parent is not None and parent.span != one.span:
                        found.setdefault(parent.span, []).append(one)
        return found

    def _kinds(self, holder: Holder) -> list[Holder]:
        """A class and all that take from it."""
        found, pending = {holder.span: holder}, [holder]
        while pending:
            for one in self._children.get(pending.pop().span, ()):
                if one.span not in found:
                    found[one.span] = one
                    pending.append(one)
        return [found[span] for span in sorted(found)]

    def _line(self, holder: Holder) -> list[Holder]:
        """A class and what it takes from, the strongest first."""
        found: dict[Span, Holder] = {}
        pending = [holder]
        while pending:
            one = pending.pop(0)
            if one.span not in found:
                found[one.span] = one
                bases = (self._holder(base, self._home(one)) for base in one.bases)
                pending[:0] = [base for base in bases if base is not None]
        return list(found.values())

    def _home(self, holder: Holder) -> FileFacts:
        return self._files[holder.span.path]

    @cached_property
    def _made(self) -> Mapping[Span, Sequence[_Made]]:
        """Calls by the class that they make an object of."""
        found: dict[Span, list[_Made]] = {}
        for file in self._files.values():
            for call in file.calls if file.role != "test" and file.language == "python" else ():
                callee, _, inner = call.callee.partition("[")
                if (
                    callee.rpartition(".")[2].lstrip("_")[:1].isupper()
                    and (made := self._holder(callee, file)) is not None
                ):
                    typed = tuple(inner.rstrip("]").split(",")) if inner else ()
                    found.setdefault(made.span, []).append(_Made(file, call, typed))
        return found

    # ------------------------------------------------------------------ attributes
    def _attribute(self, holder: Holder, attribute: str) -> Meant:
        return self._once(
            (holder.span, attribute), lambda: _united(self._of(one, attribute) for one in self._kinds(holder))
        )

    def _once(self, key: tuple[Span, str], ask: Callable[[], Meant]) -> Meant:
        """What is asked again while it is asked adds nothing."""
        if key not in self._known:
            self._known[key] = Meant()
            self._depth += 1
            self._known[key] = ask() if self._depth <= _DEPTH else _NOBODY
            self._depth -= 1
        return self._known[key]

    def _of(self, kind: Holder, attribute: str) -> Meant:
        """What the objects of just one class keep."""
        if attribute == _CLASS:
            return Meant(self._tables((kind.name,), self._home(kind)))
        line = self._line(kind)
        for part in line:
            for kept in part.kept:
                if kept.attribute == attribute and kept.inside is None:
                    found = self._named(kept.value, self._home(part), None, {})
                    if found.entities:
                        return found
        later = [self._set_later(part, attribute) for part in line]
        made = [self._constructed(line, attribute, one) for one in self._made.get(kind.span, ())]
        found = _united((*later, *made))
        typed = self._tables(kind.typed, self._home(kind)) if not found.entities else ()
        if len(typed) == 1:
            return Meant(typed)
        return found

    def _set_later(self, part: Holder, attribute: str) -> Meant:
        """What methods other than the constructor set."""
        home = self._home(part)
        values = (kept for kept in part.kept if kept.attribute == attribute and kept.inside not in (None, part.maker))
        return _united(self._named(one.value, home, self._function(one.inside), {}) for one in values)

    def _tables(self, names: Iterable[str], file: FileFacts) -> tuple[Entity, ...]:
        found = (self._entities.entity(name, file) for name in names if name)
        return tuple(one for one in found if one is not None and self._entities.whole(one) is not None)

    def _constructed(self, line: list[Holder], attribute: str, made: _Made) -> Meant:
        """What one construction keeps."""
        found = self._kept(line, 0, attribute, _Passed(made.file, made.call, None, {}))
        if not found.entities and len(typed := self._tables(made.typed, made.file)) == 1:
            return Meant(typed)
        return found if found.entities else _NOBODY

    def _kept(self, line: list[Holder], start: int, attribute: str, passed: "_Passed") -> Meant:
        """What the constructors from one class of a line on keep, with what is passed to the first."""
        at = next((at for at in range(start, len(line)) if line[at].maker is not None), None)
        if at is None:
            fields = dict.fromkeys(field for part in reversed(line) for field in part.fields)
            return self._env([*fields], passed)[attribute]() if attribute in fields else Meant()
        part, maker = line[at], self._function(line[at].maker)
        if maker is None:
            return _NOBODY
        home = self._home(part)
        env = self._env([one.name for one in maker.parameters], passed, dict(part.defaults), home)
        own = [kept.value for kept in part.kept if kept.attribute == attribute and kept.inside == maker.span]
        if own:
            return _united(self._named(value, home, maker, env) for value in own)
        return _united(
            self._kept(line, at + 1, attribute, passed if _hands_on(call) else _Passed(home, call, maker, env))
            for call in self._supers.get(maker.span, ())
            if at + 1 < len(line)
        )

    @cached_property
    def _supers(self) -> Mapping[Span, Sequence[Call]]:
        """Calls of the constructor of what a class takes from, by the constructor that makes them."""
        found: dict[Span, list[Call]] = {}
        for path in self._own:
            for call in self._files[path].calls:
                if call.callee == _SUPER and call.function is not None:
                    found.setdefault(call.function, []).append(call)
        return found

    # ------------------------------------------------------------------ parameters
    @cached_property
    def _callers(self) -> Callers:
        return Callers(self._files, Callees(self._files, self._resolver))

    @cached_property
    def _functions(self) -> Mapping[Span, Function]:
        return {one.span: one for file in self._files.values() if file.language == "python" for one in file.functions}

    def _function(self, span: Span | None) -> Function | None:
        return self._functions.get(span) if span is not None else None

    def _parameter(self, function: Function, name: str) -> Meant:
        return self._once((function.span, name), lambda: self._passed(function, name))

    def _passed(self, function: Function, name: str) -> Meant:
        calls = self._callers.of(function)
        names = [one.name for one in function.parameters]
        if not calls or name not in names:
            return _NOBODY
        return _united(
            self._env(names, _Passed(self._files[call.span.path], call, self._function(call.function), {}))[name]()
            for call in calls
        )

    # ------------------------------------------------------------------ values
    def _env(
        self,
        names: list[str],
        passed: "_Passed",
        defaults: Mapping[str, str] | None = None,
        home: FileFacts | None = None,
    ) -> _Env:
        """Parameters by name, each with what is passed for it, once somebody asks."""
        call, given = passed.call, dict[str, Origin]()
        by = call.names or ("",) * len(call.arguments)
        for at, (name, origin) in enumerate(zip(by, call.arguments, strict=False)):
            if name not in ("", "*"):
                given[name] = origin
            elif not name and at < len(names) and "*" not in by[:at]:
                given[names[at]] = origin

        def value(name: str) -> Meant:
            if name in given:
                return self._origin(given[name], passed)
            if defaults is not None and home is not None and name in defaults:
                return self._named(defaults[name], home, None, {})
            return _NOBODY if "*" in by else Meant()

        return {name: partial(value, name) for name in names}

    def _origin(self, origin: Origin, passed: "_Passed") -> Meant:
        file, function = passed.file, passed.inside or self._function(passed.call.function)
        match origin:
            case NameOrigin(name):
                return self._named(name, file, function, passed.env)
            case ParameterOrigin(_, name):
                return self._named(name, file, self._binding(name, file, passed.call.span, function), passed.env)
            case LoopOrigin(span, name):
                loop = next((one for one in file.loops if one.span == span), None)
                listed = _LISTED.fullmatch(loop.over_text) if loop is not None and loop.variables == (name,) else None
                names = [one.strip() for one in listed[1].split(",")] if listed is not None else []
                return (
                    _united(self._named(one, file, function, passed.env) for one in names)
                    if len(names) > 1
                    else _NOBODY
                )
        return _NOBODY

    def _binding(self, name: str, file: FileFacts, place: Span, function: Function | None) -> Function | None:
        """The innermost function around a place that has a parameter of that name."""
        if function is not None and any(one.name == name for one in function.parameters):
            return function
        around = (one for one in file.functions if one.span.start <= place.start and place.end <= one.span.end)
        fitting = [one for one in around if any(each.name == name for each in one.parameters)]
        return max(fitting, key=lambda one: one.span.start, default=function)

    def _named(self, name: str, file: FileFacts, function: Function | None, env: _Env) -> Meant:
        """What a name stands for in a function whose parameters are `env`, else whatever its callers pass."""
        head, _, attribute = name.partition(".")
        if name in env:
            return env[name]()
        if function is not None and any(one.name == name for one in function.parameters):
            return self._parameter(function, name)
        if head in ("self", "cls"):
            owner = self._own.get(file.path, {}).get(function.owner) if function is not None else None
            inner = attribute if head == "self" and attribute else _CLASS if name == "cls" else attribute
            return self._attribute(owner, inner) if owner is not None and "." not in inner else _NOBODY
        found = self._tables((name,), file)
        return Meant(found) if found else _NOBODY


class _Passed(Struct, frozen=True):
    """What a call passes: its file, the function around it, and what that one's parameters are where that is known."""

    file: FileFacts
    call: Call
    inside: Function | None
    env: _Env


def _hands_on(call: Call) -> bool:
    """`super().__init__(*args, **kwargs)`"""
    return bool(call.names) and all(name == "*" for name in call.names)


def _united(several: Iterable[Meant]) -> Meant:
    found: dict[Span, Entity] = {}
    known = True
    for one in several:
        found.update((entity.span, entity) for entity in one.entities)
        known = known and one.known
    return Meant(tuple(found[span] for span in sorted(found)), known)


def slots(names: Iterable[str]) -> Iterator[str]:
    """The slots that stand in names."""
    for name in names:
        yield from SLOT.findall(name)
