"""A call that reaches a collection, as plain values.

What comes in: nothing. What goes out: the value, and what it says of itself. This module does not know how it was found.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    UnknownValue,
    Use,
    Value,
)
from analyzer.program.documents.libraries.drivers import drivers
from analyzer.program.documents.libraries.methods import Effect

# What goes through a cursor one by one, and what only a list has that a query of mongoose was waited for.
_GOES_ON = frozenset({"cursor", "stream", "forEach", "eachAsync", "map", "setOptions"})
_OF_LISTS = ("map", "flatMap", "reduce", "forEach", "every")


class Step(Struct, frozen=True):
    """What follows a query on its chain: `.sort("order", 1)`."""

    span: Span
    name: str
    call: CallValue


class Target(Struct, frozen=True):
    """A collection that a call reaches; `model` is what it is reached through, with its file. `database` is "" where nobody says its name."""

    name: str
    model: DocumentModel | None = None
    path: str = ""
    database: str = ""


class DocumentQuery(Struct, frozen=True):
    """`span` is the call, `anchor` the receiver in front of it as text. `given` are its arguments by role, closed over the program: "filter", "update",
    "document", "documents", "pipeline", "projection", "sort", "keys", "options", "path", "id", "requests", "indexes".

    `targets` are the collections it may reach, `why` says why there is none. `via` are the driver's calls in functions that this one calls, nearest
    first: the query is then what this call makes of them. `generic` is True for a driver's call whose collection or arguments its callers choose.
    "receiver" is the document that `populate` is asked of.
    `driver` is the library that runs it, "" where nobody knows. `calls_back` is True where it is handed a function, `guarded` in a branch
    of its function that need not run.
    """

    span: Span
    path: str
    framework: str
    effect: Effect
    method: str
    receiver: str
    targets: tuple[Target, ...]
    why: str = ""
    given: tuple[tuple[str, Value], ...] = ()
    steps: tuple[Step, ...] = ()
    uses: tuple[Use, ...] = ()
    function: Span | None = None
    loops: tuple[Span, ...] = ()
    via: tuple[Span, ...] = ()
    generic: bool = False
    driver: str = ""
    calls_back: bool = False
    guarded: bool = False

    def role(self, name: str) -> Value | None:
        return next((value for role, value in self.given if role == name), None)

    def step(self, *names: str) -> Step | None:
        return next((step for step in self.steps if step.name in names), None)

    @property
    def collections(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(target.name for target in self.targets))

    @property
    def collection(self) -> str:
        """The one collection it reaches, "" where nobody knows which."""
        names = self.collections
        return names[0] if len(names) == 1 else ""

    @property
    def adds(self) -> bool:
        """Whether it may put in a document."""
        return self.effect in ("insert", "upsert") or self.is_set("upsert")

    @property
    def taken(self) -> Literal["one", "some", "all", "unknown"]:
        """How much of what is found is read at once: "unknown" where a cursor goes elsewhere, or nobody knows its limit."""
        if (
            not self.is_many
            or self.step("next", "first", "first_or_none", "count", "countDocuments", "exists") is not None
        ):
            return "one"
        limits = [_amount(one) for one in self._limits()]
        if limits and all(one == "all" for one in limits):
            limits = []
        if limits:
            return "some" if "some" in limits else "unknown"
        if self.step("to_list", "toArray", "exec", "lean") is not None or "listed" in self.uses:
            return "all"
        waited = "awaited" in self.uses or self.step(*_OF_LISTS) is not None
        return "all" if self.framework == "mongoose" and waited else "unknown"

    @property
    def asks_for_all(self) -> bool:
        """Whether it says in words that there is no limit: `to_list(None)`."""
        return any(step.name == "to_list" for step in self.steps) and bool([*self._limits()]) and self.taken == "all"

    def _limits(self) -> Iterator[Value]:
        for step in self.steps:
            if step.name in ("limit", "to_list"):
                for given in (*step.call.arguments[:1], *(word.value for word in step.call.keywords)):
                    # A limit of nothing is none; a list of nothing is an error.
                    refused = step.name == "to_list" and isinstance(given, LiteralValue) and given.text == "0"
                    yield UnknownValue(step.span, "refused") if refused else given
            elif step.name in _GOES_ON and not (self.framework == "mongoose" and step.name in _OF_LISTS):
                yield UnknownValue(step.span, "cursor")
        yield from (found for found in (self.option("limit", "perPage"),) if found is not None)

    @property
    def is_many(self) -> bool:
        """Whether it may touch more than one document."""
        return not any(word in self.method.lower() for word in ("one", "byid", "by_id")) and self.method not in (
            "get",
            "save",
            "exists",
        )

    @property
    def makes(self) -> bool:
        """Whether it may add a document."""
        return self.effect in ("insert", "upsert") or self.option("upsert") is not None

    @property
    def is_checked(self) -> bool:
        """Whether what its model does not list is left out of what it writes: not by `Model.collection` and `strict: false`."""
        told = self.option("strict")
        off = isinstance(told, LiteralValue) and told.text == "false"
        return not off and not self.receiver.endswith(".collection")

    @property
    def is_cursor(self) -> bool:
        """Whether what it gives, at the end of its chain, is a cursor for sure."""
        return drivers().is_cursor(self.driver, self.method, tuple(step.name for step in self.steps))

    @property
    def is_awaited_cursor(self) -> bool:
        """Whether a cursor is awaited that cannot be: JavaScript lets any value be."""
        own = not self.via and self.driver != "mongodb"
        return own and self.is_cursor and "awaited" in self.uses

    @property
    def emptied(self) -> Step | None:
        """The step that asks for a list of length 0, always or sometimes."""
        step = self.step("to_list")
        given = (*step.call.arguments[:1], *(w.value for w in step.call.keywords if w.name == "length")) if step else ()
        options = [one for value in given for one in (value.options if isinstance(value, EitherValue) else (value,))]
        is_zero = any(isinstance(one, LiteralValue) and (one.kind, one.text) == ("int", "0") for one in options)
        return step if is_zero else None

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs it: what it gives must be awaited or executed, and is dropped."""
        steps = tuple(step.name for step in self.steps)
        if self.driver == "mongoose" and self.role("filter") is None and self.role("id") is None:
            # A document's own methods run at once.
            return False
        return self.uses == ("dropped",) and not self.calls_back and drivers().is_idle(self.driver, self.method, steps)

    def option(self, *names: str) -> Value | None:
        """An option by name: a keyword, or an entry of the options."""
        for name in names:
            found = self.role(name)
            if found is not None:
                return found
        options = _given(self.role("options"))
        if isinstance(options, ObjectValue):
            for entry in reversed(options.entries):
                if entry.key in names:
                    return entry.value
        return None

    def is_set(self, *names: str) -> bool:
        """Whether an option is true for sure."""
        found = self.option(*names)
        return isinstance(found, LiteralValue) and found.kind == "bool" and found.text == "true"


def _amount(value: Value) -> Literal["some", "all", "unknown"]:
    """How much a limit lets through: all for null and 0."""
    match value:
        case LiteralValue(kind="null") | LiteralValue(text="0"):
            return "all"
        case LiteralValue() | NameValue() | CallValue() | ParameterValue() | MemberValue():
            return "some"
        case TypedValue(of=inner):
            return _amount(inner)
        case EitherValue(options=options):
            found = {_amount(one) for one in options}
            return found.pop() if len(found) == 1 else "unknown"
        case _:
            return "unknown"


def _given(options: Value | None) -> Value | None:
    """`options || {}` is what is passed, where something is."""
    if isinstance(options, EitherValue) and options.options[-1:]:
        *passed, instead = options.options
        if isinstance(instead, ObjectValue) and not instead.entries and len(passed) == 1:
            return passed[0] if isinstance(passed[0], ObjectValue) else instead
    return options
