"""Where a value comes from that the program splices in or hands over, as far as one file says.

What the value is, only a LiteralOrigin knows.
"""

from msgspec import Struct

from analyzer.facts.source import Span


class LiteralOrigin(Struct, frozen=True, tag=True):
    """The value stands in the source. `value` is None where it is no plain string, number or boolean."""

    value: str | int | float | bool | None = None
    kind: str = ""


class ParameterOrigin(Struct, frozen=True, tag=True):
    """Parameter `index` (0-based, without self) of the enclosing function."""

    index: int
    name: str


class LoopOrigin(Struct, frozen=True, tag=True):
    """A variable of an enclosing loop, or a value derived from one. `loop` is the Loop's span."""

    loop: Span
    name: str


class CallOrigin(Struct, frozen=True, tag=True):
    """The result of a call, or a value derived from it. `call` is the Call's span.

    A hole whose span is the call's holds the result as it is; `field`, where set, is the one entry of the result that is meant.
    """

    call: Span
    callee: str
    field: str = ""


class NameOrigin(Struct, frozen=True, tag=True):
    """A name this file does not bind, or binds to something other than the above."""

    name: str


class UnknownOrigin(Struct, frozen=True, tag=True):
    """An expression of another shape. `text` is its source."""

    text: str = ""


Origin = LiteralOrigin | ParameterOrigin | LoopOrigin | CallOrigin | NameOrigin | UnknownOrigin
