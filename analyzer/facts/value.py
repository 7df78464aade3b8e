"""Expressions of the host language as plain values: the objects, lists, names and calls that code hands to a library, names of the function put in.

A value says what stands in its file and nothing more: a parameter is a parameter, an imported name a name. `span` is always the expression's own.
This module does not know what any call does.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span

LiteralKind = Literal["string", "int", "float", "bool", "null", "regex", "bytes"]


class LiteralValue(Struct, frozen=True, tag=True):
    """`text` is a string's characters, a number as it is written, "true" or "false", a regular expression's pattern; "" for null."""

    span: Span
    kind: LiteralKind
    text: str = ""


class TextValue(Struct, frozen=True, tag=True):
    """A string put together from pieces: a template, a concatenation. Neighbouring constants are one piece."""

    span: Span
    pieces: "tuple[Value, ...]"


class Entry(Struct, frozen=True):
    """An entry of an object. `key` is None where it is computed (`computed` says of what) or where another object is spread here (`computed` is None).

    `certain` is False where the entry is only there sometimes: set under a condition, a loop, an early return.
    """

    span: Span
    key: str | None
    value: "Value"
    computed: "Value | None" = None
    certain: bool = True

    @property
    def is_spread(self) -> bool:
        return self.key is None and self.computed is None


class ObjectValue(Struct, frozen=True, tag=True):
    """A dict or object literal, with what its function sets, adds and takes away before the place of use. A later entry hides an earlier one of its key.

    `open` is True where entries may be added that nobody saw: it was handed to something else that may change it.
    """

    span: Span
    entries: tuple[Entry, ...] = ()
    open: bool = False


class ListValue(Struct, frozen=True, tag=True):
    """A list, tuple or set in order; `open` is True where there may be more items than these."""

    span: Span
    items: "tuple[Value, ...]" = ()
    open: bool = False


class NameValue(Struct, frozen=True, tag=True):
    """A name that no function around binds: the module's own, imported, or built in. `self` and `this` are names too."""

    span: Span
    name: str


class ParameterValue(Struct, frozen=True, tag=True):
    """Parameter `index` (0-based, without self) of the Function at `function`; one name of a pattern in its place is a member of it."""

    span: Span
    function: Span
    index: int
    name: str


class ElementValue(Struct, frozen=True, tag=True):
    """One element of what the Loop at `loop` goes through: its variable. Of a dict's items, key and value are members "0" and "1" of it."""

    span: Span
    loop: Span
    of: "Value"


class MemberValue(Struct, frozen=True, tag=True):
    """`of.name`, `of["name"]`, and an item by a constant number."""

    span: Span
    of: "Value"
    name: str


class ItemValue(Struct, frozen=True, tag=True):
    """`of[key]` with a key that is computed."""

    span: Span
    of: "Value"
    key: "Value"


class Keyword(Struct, frozen=True):
    """An argument passed by name; `name` is "" where a mapping is spread over the names."""

    name: str
    value: "Value"


class CallValue(Struct, frozen=True, tag=True):
    """What a call gives. `made` is True for `new`. A spread argument is the last one, with `open`.

    A sign at a member (`User.age > 5`, `-User.age`), of which classes of documents make conditions, is a call of the name ">", "-".
    """

    span: Span
    callee: "Value"
    arguments: "tuple[Value, ...]" = ()
    keywords: tuple[Keyword, ...] = ()
    made: bool = False
    open: bool = False


class TypedValue(Struct, frozen=True, tag=True):
    """A value that the code gives a type: `x as User`, `user: User = ..`. `declared` is the type's text."""

    span: Span
    declared: str
    of: "Value"


class EitherValue(Struct, frozen=True, tag=True):
    """One of several: a conditional expression, a default, a name that branches bind."""

    span: Span
    options: "tuple[Value, ...]"


class FunctionValue(Struct, frozen=True, tag=True):
    """A function or lambda as a value; `span` is that of its Function."""

    span: Span


class UnknownValue(Struct, frozen=True, tag=True):
    """An expression of another shape. `why` is a kebab word or two: "arithmetic", "too-deep", "reassigned"."""

    span: Span
    why: str = ""


Value = (
    LiteralValue
    | TextValue
    | ObjectValue
    | ListValue
    | NameValue
    | ParameterValue
    | ElementValue
    | MemberValue
    | ItemValue
    | CallValue
    | TypedValue
    | EitherValue
    | FunctionValue
    | UnknownValue
)

Use = Literal["awaited", "iterated", "tested", "returned", "dropped", "kept", "listed", ""]


class Invocation(Struct, frozen=True):
    """A call at its place. Of a chain (`orders.find(..).sort(..).limit(5)`) only the last call is one; the rest is in its callee.

    `function` and `loops` are as of a Query. `uses` is what becomes of the result there: "awaited" with `await`, "iterated" by a loop, "tested" for
    its truth, "returned", "dropped" where nothing takes it, "kept" under a name; "listed" where it is iterated into a list at once. `guarded` is as of a Call.
    """

    span: Span
    call: CallValue
    function: Span | None = None
    loops: tuple[Span, ...] = ()
    uses: tuple[Use, ...] = ()
    guarded: bool = False


class Kept(Struct, frozen=True):
    """What a name holds beyond its function: `users` of a module, `Repository.collection` of a class or of the objects it makes.

    `function` is where it is set, None for the body of the module or class itself. Parameters in `value` are those of that function.
    """

    span: Span
    name: str
    value: Value
    function: Span | None = None


class Class(Struct, frozen=True):
    """A class with what it takes from, and the types that it gives its attributes: (name, text of the type).

    `decorators` are what stands above it, `injected` those of its attributes: (name, `InjectModel(User.name)`).
    """

    span: Span
    name: str
    bases: tuple[Value, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    injected: tuple[tuple[str, Value], ...] = ()
    decorators: tuple[Value, ...] = ()


class Result(Struct, frozen=True):
    """A value that a function may return; of a generator, what it yields."""

    function: Span
    value: Value


class Preset(Struct, frozen=True):
    """What a parameter is where nobody passes it: `db=Depends(get_db)`; also what decorates it, `@InjectModel(User.name) users`."""

    function: Span
    index: int
    value: Value


class Objects(Struct, frozen=True):
    """What a file says of values that flow: read only where a library of documents is near.

    `tests` are names and members that are asked for their truth by themselves (`if collection:`, `not db`), each with its span there. `checked`
    are values that code makes sure of: by `typeof` or `isinstance`, by comparing them with another value, by a method that only strings have.
    """

    invocations: tuple[Invocation, ...] = ()
    kept: tuple[Kept, ...] = ()
    classes: tuple[Class, ...] = ()
    results: tuple[Result, ...] = ()
    presets: tuple[Preset, ...] = ()
    tests: tuple[Value, ...] = ()
    checked: tuple[Value, ...] = ()
