"""A call that reaches a collection, as plain values.

What comes in: nothing. What goes out: the value, and what it says of itself. This module does not know how it was found.
"""

from msgspec import Struct

from analyzer.facts.document import DocumentModel
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, LiteralValue, ObjectValue, Use, Value
from analyzer.program.documents.methods import Effect


class Step(Struct, frozen=True):
    """What follows a query on its chain: `.sort("order", 1)`."""

    span: Span
    name: str
    call: CallValue


class Target(Struct, frozen=True):
    """A collection that a call reaches; `model` is what it is reached through, with its file."""

    name: str
    model: DocumentModel | None = None
    path: str = ""


class DocumentQuery(Struct, frozen=True):
    """`span` is the call, `anchor` the receiver in front of it as text. `given` are its arguments by role, closed over the program: "filter", "update",
    "document", "documents", "pipeline", "projection", "sort", "keys", "options", "path", "id", "requests", "indexes".

    `targets` are the collections it may reach, `why` says why there is none. `via` are the driver's calls in functions that this one calls, nearest
    first: the query is then what this call makes of them. `generic` is True for a driver's call whose collection or arguments its callers choose.
    `sample` is the document it is asked of.
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

    def option(self, *names: str) -> Value | None:
        """An option by name: a keyword, or an entry of the options."""
        for name in names:
            found = self.role(name)
            if found is not None:
                return found
        options = self.role("options")
        if isinstance(options, ObjectValue):
            for entry in reversed(options.entries):
                if entry.key in names:
                    return entry.value
        return None

    def is_set(self, *names: str) -> bool:
        """Whether an option is true for sure."""
        found = self.option(*names)
        return isinstance(found, LiteralValue) and found.kind == "bool" and found.text == "true"
