"""Slots filled: what constructors, classes and calls outside of tests hand in.

What comes in: facts of all files; slots, as extraction writes them. What goes out: the entities that each may stand for. A class stands for itself and for
those that take from it: what one of those is constructed with, a method of the base may meet, not the other way about. This module does not know SQL,
nor what an entity has.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.call import Call, Function
from analyzer.facts.entity import Entity
from analyzer.facts.file import FileFacts
from analyzer.facts.holder import Holder, Kept
from analyzer.facts.origin import LoopOrigin, NameOrigin, Origin, ParameterOrigin
from analyzer.facts.source import Span
from analyzer.program.callees import Callees
from analyzer.program.callers import Callers
from analyzer.program.handed.classes import Classes, Making
from analyzer.program.handed.meant import NOBODY, Meant, united
from analyzer.program.imports.resolver import Resolver

_CLASS = "__class__"
_LISTED = re.compile(r"[(\[{]?\s*((?:[\w.]+\s*,\s*)*[\w.]+)\s*,?\s*[)\]}]?")
_DEPTH = 24
# Constructors that hand on to one another.
_LONGEST = 12
_Env = Mapping[str, Callable[[], Meant]]
_Key = tuple[Span, str]


class Known(Protocol):
    def entity(self, name: str, file: FileFacts) -> Entity | None: ...

    def called(self, table: str, file: FileFacts) -> Entity | None:
        """The entity whose table the database calls so."""

    def whole(self, entity: Entity) -> object | None:
        """The table of an entity; None for a part of no table."""


class _Passed(Struct, frozen=True):
    """What a call passes: its file, the function around it, and what that one's parameters are where that is known."""

    file: FileFacts
    call: Call
    inside: Function | None
    env: _Env


class Handed:
    """Look-ups of slots."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver, known: Known) -> None:
        self._files = files
        self._resolver = resolver
        self._entities = known
        self._known: dict[_Key, Meant] = {}
        self._open: list[_Key] = []
        # How far out is open what was asked again.
        self._outermost = 0

    def of(self, slot: str, file: FileFacts) -> Meant:
        """What a slot of a file stands for."""
        name, _, start = slot.removeprefix("?").partition("@")
        if name.startswith("["):
            return self._either(name.strip("[]").split(","), file)
        if start:
            function = next((one for one in file.functions if one.span.start == int(start)), None)
            return self._parameter(function, name) if function is not None else NOBODY
        owner, _, attribute = name.rpartition(".")
        holder = self._classes.own(file.path, owner)
        return self._attribute(holder, attribute) if holder is not None else NOBODY

    def _either(self, names: Iterable[str], file: FileFacts) -> Meant:
        """One of several names, or of several names of tables."""
        quoted = [name.strip("'") for name in names if name.startswith("'")]
        called = [one for table in quoted if (one := self._entities.called(table, file)) is not None]
        tables = Meant(tuple(called), known=False) if quoted else Meant()
        return united((tables, *(self._named(name, file, None, {}) for name in names if not name.startswith("'"))))

    def _once(self, key: _Key, ask: Callable[[], Meant]) -> Meant:
        """What is asked again while it is asked adds nothing; what was found without it may lack others."""
        if key in self._open:
            self._outermost = min(self._outermost, self._open.index(key))
            return Meant()
        if key in self._known or len(self._open) > _DEPTH:
            return self._known.get(key, NOBODY)
        before, self._outermost = self._outermost, len(self._open)
        self._open.append(key)
        found = ask()
        self._open.pop()
        self._known[key] = found if self._outermost >= len(self._open) else replace(found, known=False)
        self._outermost = min(before, self._outermost)
        return found

    # ------------------------------------------------------------------ attributes
    @cached_property
    def _classes(self) -> Classes:
        return Classes(self._files, self._resolver)

    def _attribute(self, holder: Holder, attribute: str) -> Meant:
        kinds = self._classes.kinds
        return self._once((holder.span, attribute), lambda: united(self._own(one, attribute) for one in kinds(holder)))

    def _own(self, kind: Holder, attribute: str) -> Meant:
        return self._once((kind.span, f"={attribute}"), lambda: self._of(kind, attribute))

    def _of(self, kind: Holder, attribute: str) -> Meant:
        """What the objects of just one class keep."""
        if attribute == _CLASS:
            return Meant(self._tables((kind.name,), self._classes.home(kind)))
        line = self._classes.line(kind)[:_LONGEST]
        kept = [(part, one) for part in line for one in part.kept if one.attribute == attribute]
        said = [self._named(one.value, self._classes.home(part), None, {}) for part, one in kept if one.inside is None]
        is_said = bool(said) and all(one.inside is None for _, one in kept) and not _is_field(attribute, line)
        if is_said and (said[0].entities or not self._classes.is_base(kind)):
            return said[0]
        made = self._made(kind, line, attribute)
        found = united((*said[:1], *self._set_later(kept, line), *made)) if not is_said else Meant()
        if not found.entities and len(typed := self._tables(kind.typed, self._classes.home(kind))) == 1:
            return Meant(typed)
        # What others take from, and nobody makes an object of, is not used by itself.
        return found if found.entities else Meant() if self._classes.is_base(kind) and not made else NOBODY

    def _made(self, kind: Holder, line: list[Holder], attribute: str) -> list[Meant]:
        """What each construction keeps; where none is seen, what the constructor keeps whatever it is given."""
        makings = self._classes.makings(kind)
        if makings:
            return [self._constructed(line, attribute, one) for one in makings]
        found = self._kept(line, 0, attribute, None)
        return [found] if found.entities else []

    def _set_later(self, kept: list[tuple[Holder, Kept]], line: list[Holder]) -> list[Meant]:
        """What methods other than the constructor set."""
        makers = {part.maker for part in line}
        later = [(part, one) for part, one in kept if one.inside is not None and one.inside not in makers]
        return [self._named(one.value, self._classes.home(part), self._function(one.inside), {}) for part, one in later]

    def _tables(self, names: Iterable[str], file: FileFacts) -> tuple[Entity, ...]:
        found = (self._entities.entity(name, file) for name in names if name)
        return tuple(one for one in found if one is not None and self._entities.whole(one) is not None)

    def _constructed(self, line: list[Holder], attribute: str, made: Making) -> Meant:
        """What one construction keeps."""
        found = self._kept(line, 0, attribute, _Passed(made.file, made.call, None, {}))
        if not found.entities and len(typed := self._tables(made.typed, made.file)) == 1:
            return Meant(typed)
        return found if found.entities else NOBODY

    def _kept(self, line: list[Holder], start: int, attribute: str, passed: _Passed | None) -> Meant:
        """What the constructors from one class of a line on keep, with what is passed to the first."""
        at = next((at for at in range(start, len(line)) if line[at].maker is not None), None)
        if at is None:
            fields = dict.fromkeys(field for part in reversed(line) for field in part.fields)
            return self._env([*fields], passed)[attribute]() if attribute in fields else Meant()
        part, maker = line[at], self._function(line[at].maker)
        if maker is None:
            return NOBODY
        home = self._classes.home(part)
        env = self._env([one.name for one in maker.parameters], passed, dict(part.defaults), home)
        own = [kept.value for kept in part.kept if kept.attribute == attribute and kept.inside == maker.span]
        if own:
            return united(self._named(value, home, maker, env) for value in own)
        calls = self._classes.supers(maker.span)
        if len(calls) != 1:
            return NOBODY
        handed_on = passed if _hands_on(calls[0]) else _Passed(home, calls[0], maker, env)
        return self._kept(line, at + 1, attribute, handed_on)

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
        return self._once((function.span, name), lambda: self._given(function, name))

    def _given(self, function: Function, name: str) -> Meant:
        calls = self._callers.of(function)
        names = [one.name for one in function.parameters]
        if not calls or name not in names:
            return NOBODY
        passed = (_Passed(self._files[one.span.path], one, self._function(one.function), {}) for one in calls)
        return united(self._env(names, one)[name]() for one in passed)

    # ------------------------------------------------------------------ values
    def _env(
        self,
        names: list[str],
        passed: _Passed | None,
        defaults: Mapping[str, str] | None = None,
        home: FileFacts | None = None,
    ) -> _Env:
        """Parameters by name, each with what is passed for it, once somebody asks."""
        given = _arguments(names, passed.call) if passed is not None else {}

        def value(name: str) -> Meant:
            if passed is not None and name in given:
                return self._origin(given[name], passed)
            if defaults is not None and home is not None and name in defaults:
                return replace(self._named(defaults[name], home, None, {}), known=passed is not None)
            return NOBODY

        return {name: partial(value, name) for name in names}

    def _origin(self, origin: Origin, passed: _Passed) -> Meant:
        file, function = passed.file, passed.inside or self._function(passed.call.function)
        match origin:
            case NameOrigin(name):
                return self._named(name, file, function, passed.env)
            case ParameterOrigin(_, name):
                return self._named(name, file, self._binding(name, file, passed.call.span, function), passed.env)
            case LoopOrigin(span, name):
                loop = next((one for one in file.loops if one.span == span), None)
                listed = _LISTED.fullmatch(loop.over_text) if loop is not None and loop.variables == (name,) else None
                if listed is not None and "," in listed[1]:
                    names = [one.strip() for one in listed[1].split(",")]
                    return united(self._named(one, file, function, passed.env) for one in names)
        return NOBODY

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
            owner = self._classes.own(file.path, function.owner) if function is not None else None
            inner = _CLASS if name == "cls" else attribute
            return self._attribute(owner, inner) if owner is not None and inner and "." not in inner else NOBODY
        found = self._tables((name,), file)
        return Meant(found) if found else NOBODY


def _arguments(names: list[str], call: Call) -> dict[str, Origin]:
    """What a call passes, by the name of the parameter; nothing that stands behind what is spread."""
    found: dict[str, Origin] = {}
    by = call.names or ("",) * len(call.arguments)
    for at, (name, origin) in enumerate(zip(by, call.arguments, strict=False)):
        if name not in ("", "*"):
            found[name] = origin
        elif not name and at < len(names) and "*" not in by[:at]:
            found[names[at]] = origin
    return found


def _is_field(attribute: str, line: Iterable[Holder]) -> bool:
    return any(attribute in part.fields for part in line)


def _hands_on(call: Call) -> bool:
    """`super().__init__(*args, **kwargs)`"""
    return bool(call.names) and all(name == "*" for name in call.names)
