"""What a function sends, with the arguments of one call.

What comes in: an Operation of a Routine, and the Operation that calls it. What goes out: the Operation as the call makes it. An argument that is not known
leaves a hole. This module does not know SQL.
"""

from collections.abc import Iterator

import msgspec

from analyzer.facts.origin import NameOrigin, ParameterOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import GivenPart, HolePart, IdentifierPart, LiteralPart, NamePart
from analyzer.facts.revision import Operation, Routine
from analyzer.facts.text import Text

_SENDERS = frozenset({"op", "alembic.op"})


def given(one: Operation, call: Operation, routine: Routine) -> Operation:
    """It runs where both run."""
    dialects = tuple(dialect for dialect in one.dialects if dialect in call.dialects)
    return msgspec.structs.replace(
        one,
        text=Text(one.text.span, tuple(_parts(one.text, _arguments(call, routine)))),
        guarded=one.guarded or call.guarded,
        caught=one.caught or call.caught,
        dialects=dialects,
    )


def unread(call: Operation) -> bool:
    """Whether a function that nobody finds is handed what statements are sent with."""
    parts = [part for _, text in call.arguments for part in text.parts]
    return any(isinstance(part, NamePart) and part.name in _SENDERS for part in parts)


def hole(call: Operation) -> Text:
    """Of what nobody finds only the place is known."""
    return Text(call.text.span, (HolePart(call.text.span, NameOrigin(call.calls)),))


def _arguments(call: Operation, routine: Routine) -> dict[str, Text]:
    places = dict(enumerate(routine.parameters))
    found = {places.get(key, "") if isinstance(key, int) else key: text for key, text in call.arguments}
    return dict(routine.defaults) | found


def _parts(text: Text, arguments: dict[str, Text]) -> Iterator[Part]:
    for part in text.parts:
        if isinstance(part, GivenPart):
            yield from _named(part, arguments.get(part.name))
        elif isinstance(part, HolePart) and isinstance(part.origin, ParameterOrigin) and part.origin.name in arguments:
            yield from arguments[part.origin.name].parts
        else:
            yield part


def _named(part: GivenPart, text: Text | None) -> Iterator[Part]:
    """A name in quotes; what is no plain text, a column's declaration, stands as it is."""
    if text is None or not text.parts:
        yield HolePart(part.span, NameOrigin(part.name))
    elif all(isinstance(one, LiteralPart) for one in text.parts):
        yield IdentifierPart(text.span, (text.skeleton,))
    else:
        yield from text.parts
