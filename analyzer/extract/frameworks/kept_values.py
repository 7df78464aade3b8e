"""What names of a file stand for, as far as the file itself says it.

What comes in: Declarations. What goes out: values in place of names, names of modules. This module does not know any library.
"""

from collections.abc import Iterator, Mapping

from analyzer.extract.frameworks.framework import Declarations
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    FunctionValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    TypedValue,
    Value,
)

_DEPTH = 8
# Entries of one object: what spreads more is no schema.
_MOST, _AGAIN, _STEPS = 2000, 4, 100_000


class Names:
    """Look-ups over one file's values."""

    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.kept: dict[str, Value] = {}
        for one in declarations.objects.kept:
            if one.function is None or one.name not in self.kept:
                self.kept[one.name] = one.value
        self.modules: Mapping[str, str] = {one.alias: one.module for one in declarations.imports if one.alias}
        self.results: dict[Span, list[Value]] = {}
        self._steps = 0
        for result in declarations.objects.results:
            self.results.setdefault(result.function, []).append(result.value)

    @property
    def is_spent(self) -> bool:
        """Whether more was read of this file than any file of schemas has."""
        return self._steps > _STEPS

    def resolved(self, value: Value, depth: int = 0) -> Value:
        """The value that a name stands for; the name where the file does not keep it. Types are left out."""
        value = bare(value)
        if depth > _DEPTH:
            return value
        match value:
            case NameValue(name=name) if name in self.kept:
                return self.resolved(self.kept[name], depth + 1)
            case MemberValue(of=of, name=name):
                whole = self.resolved(of, depth + 1)
                found = (
                    [entry.value for entry in whole.entries if entry.key == name]
                    if isinstance(whole, ObjectValue)
                    else []
                )
                return self.resolved(found[-1], depth + 1) if found else value
            case CallValue(callee=MemberValue(of=NameValue(name="Object"), name="freeze"), arguments=(inner, *_)):
                return self.resolved(inner, depth + 1)
            case _:
                return value

    def spread(self, value: ObjectValue) -> ObjectValue:
        """The object with the entries of those that are spread in it, where the file keeps them; one that is spread into itself stays as it is."""
        if self.is_spent:
            return ObjectValue(value.span, (), open=True)
        entries: list[Entry] = []
        whole = self._spread(value, entries, {}, 0)
        return ObjectValue(value.span, tuple(entries), value.open or not whole)

    def _spread(self, value: ObjectValue, into: list[Entry], seen: dict[int, int], depth: int) -> bool:
        """Whether nothing was too much: the same object counts again for each place that it is spread in."""
        seen[id(value)] = seen.get(id(value), 0) + 1
        self._steps += len(value.entries)
        if sum(seen.values()) > _MOST or len(into) > _MOST:
            return False
        whole = True
        for one in value.entries:
            inner = self.resolved(one.value) if one.is_spread and depth < _DEPTH else None
            if isinstance(inner, ObjectValue) and not inner.open and seen.get(id(inner), 0) < _AGAIN:
                whole = self._spread(inner, into, seen, depth + 1) and whole
            else:
                into.append(one)
        return whole

    def text(self, value: Value | None) -> str | None:
        """A string that the file says in full."""
        found = self.resolved(value) if value is not None else None
        return found.text if isinstance(found, LiteralValue) and found.kind == "string" else None

    def members(self, value: Value | None) -> tuple[str, ...] | None:
        """The strings and numbers of a list; None where one of its items is anything else, but for null."""
        found = self.resolved(value) if value is not None else None
        if not isinstance(found, ListValue) or found.open:
            return None
        items = [item for item in map(self.resolved, found.items) if not is_literal(item, "")]
        texts = [item.text for item in items if isinstance(item, LiteralValue) and item.kind in ("string", "int")]
        return tuple(texts) if len(texts) == len(items) else None

    def module(self, value: Value) -> str | None:
        """The module that a name is imported from; "" for one that this file makes itself."""
        value = bare(value)
        while isinstance(value, MemberValue):
            value = bare(value.of)
        if isinstance(value, CallValue):
            if value.callee == NameValue(value.callee.span, "require") and value.arguments:
                return self.text(value.arguments[0])
            return self.module(value.callee)
        return self.modules.get(value.name) if isinstance(value, NameValue) else None

    def given(self, value: Value | None) -> Value | None:
        """What a function that takes nothing gives: `() => User`; other values as they are."""
        found = bare(value) if value is not None else None
        if not isinstance(found, FunctionValue):
            return found
        several = self.results.get(found.span, [])
        return bare(several[0]) if len(several) == 1 else None


def bare(value: Value) -> Value:
    while isinstance(value, TypedValue):
        value = value.of
    return value


def built_on(value: Value) -> Value:
    """The thing itself where more was set on something that came from elsewhere."""
    value = bare(value)
    while isinstance(value, ObjectValue) and value.entries:
        first = value.entries[0]
        if not first.is_spread or first.value.span != value.span:
            break
        value = bare(first.value)
    return value


def entry(value: Value | None, name: str) -> Value | None:
    """What an object has under a name, the last of several."""
    entries: tuple[Entry, ...] = value.entries if isinstance(value, ObjectValue) else ()
    found = [one.value for one in entries if one.key == name]
    return bare(found[-1]) if found else None


def is_literal(value: Value | None, text: str) -> bool:
    return isinstance(value, LiteralValue) and value.kind in ("bool", "null") and value.text == text


def last_name(value: Value) -> str:
    value = bare(value)
    return value.name if isinstance(value, NameValue | MemberValue) else ""


def links(value: Value) -> Iterator[CallValue]:
    """The calls of a chain, the last one first."""
    value = bare(value)
    while isinstance(value, CallValue | MemberValue):
        if isinstance(value, CallValue):
            yield value
        value = bare(value.callee if isinstance(value, CallValue) else value.of)


def inside(value: Value) -> Iterator[Value]:
    """A value and those it may be or holds side by side: options, entries, items; not what a call is given."""
    pending = [value]
    while pending:
        one = bare(pending.pop())
        yield one
        match one:
            case EitherValue(options=options):
                pending.extend(options)
            case ObjectValue(entries=entries):
                pending.extend(entry.value for entry in entries)
            case ListValue(items=items):
                pending.extend(items)
