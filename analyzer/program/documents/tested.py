"""Handles and cursors that code asks for their truth: `if collection:`.

What comes in: an Index and its evaluation. What goes out: Tested values in order of place. This module does not judge.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, MemberValue, Value
from analyzer.program.documents.evaluation.handles import Handles
from analyzer.program.documents.evaluation.index import Index, last_name, links
from analyzer.program.documents.evaluation.things import Collection, Database, Place
from analyzer.program.documents.libraries.drivers import drivers


class Tested(Struct, frozen=True):
    """`name` is the collection's, "" where it is not known. `start` is where the call stands that gives a cursor."""

    span: Span
    kind: Literal["collection", "database", "cursor"]
    name: str
    driver: str
    start: int = -1


def tested(index: Index, handles: Handles) -> Iterator[Tested]:
    """Everything that some run of the code may find to be a handle or a cursor there."""
    for path in sorted(index.files):
        for value in index.files[path].objects.tests:
            found = _cursor(value, path, index, handles) if isinstance(value, CallValue) else None
            found = found or _handle(value, path, handles)
            if found is not None:
                yield found


def _handle(value: Value, path: str, handles: Handles) -> Tested | None:
    for thing in handles.of(Place(value, path, None)):
        match thing:
            case Collection(name=name, driver=driver) if driver:
                return Tested(value.span, "collection", name or "", driver)
            case Database(driver=driver) if driver:
                return Tested(value.span, "database", "", driver)
    return None


def _cursor(value: CallValue, path: str, index: Index, handles: Handles) -> Tested | None:
    """A call on a collection that gives a cursor, with what follows on its chain."""
    steps: list[str] = []
    for call in links(value):
        callee = call.callee
        for thing in handles.of(Place(callee.of, path, None)) if isinstance(callee, MemberValue) else ():
            if isinstance(thing, Collection):
                driver = thing.driver or index.likely_driver(path)
                is_cursor = drivers().is_cursor(driver, last_name(callee), tuple(reversed(steps)))
                made = Tested(value.span, "cursor", thing.name or "", driver, callee.span.start)
                return made if is_cursor else None
        steps.append(last_name(callee))
    return None
