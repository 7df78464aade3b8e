"""Classes by what their objects keep: enough to find out what `self.model` is, class by class.

Values are dotted names as the source writes them. This module does not know what a name means, nor any library.
"""

from msgspec import Struct

from analyzer.facts.source import Span


class Kept(Struct, frozen=True):
    """What a class or its objects keep under a name: `value` is a dotted name, "" for another expression. `inside` is the method that sets it,
    None for the class itself.
    """

    attribute: str
    value: str
    inside: Span | None = None


class Holder(Struct, frozen=True):
    """A class. `bases` are dotted names, `typed` those that stand in the brackets behind them; `maker` is its own `__init__`.

    `defaults` are parameters of the maker with the names they have where nothing is passed; `fields` are what a constructor that nobody writes takes,
    in order.
    """

    span: Span
    name: str
    bases: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    maker: Span | None = None
    defaults: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
