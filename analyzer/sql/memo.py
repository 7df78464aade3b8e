"""Resolutions that were made before, by text, dialect and what was asked of the schema.

What comes in: a key, a schema, and how a resolution is made. What goes out: the resolution. An edit that moves one table leaves the queries over all others
as they are. This module does not know how texts are resolved.
"""

from collections.abc import Callable, Hashable

from msgspec import Struct

from analyzer.catalog.schema import Schema
from analyzer.sql.resolution import Resolution
from analyzer.sql.watched import Asked, answers, watched

_MOST = 20_000  # texts: what a long-lived process keeps
_SCHEMAS = 4  # of a text: revisions of its schema, schemas of its repository
External = Callable[[str], bool]
Make = Callable[[Schema | None, External], Resolution]


class _Made(Struct, frozen=True):
    """A resolution with what it rests on: answers of the schema, and of who creates the tables it lacks."""

    schema: Schema | None
    asked: Asked
    external: tuple[tuple[str, bool], ...]
    resolution: Resolution


_made: dict[Hashable, tuple[_Made, ...]] = {}


def remembered(key: Hashable, schema: Schema | None, external: External, make: Make) -> Resolution:
    """The resolution that was made where everything it asked had the same answers, else a new one."""
    known = _made.get(key, ())
    for entry in known:
        if _holds(entry, schema, external):
            return entry.resolution
    outside: dict[str, bool] = {}

    def ask(name: str) -> bool:
        outside[name] = external(name)
        return outside[name]

    watching = watched(schema) if schema is not None else None
    if watching is not None:
        watching.begin()
    resolution = make(watching, ask)
    asked = watching.asked() if watching is not None else ()
    if len(_made) >= _MOST:
        _made.clear()
    _made[key] = (_Made(schema, asked, tuple(outside.items()), resolution), *known[: _SCHEMAS - 1])
    return resolution


def _holds(entry: _Made, schema: Schema | None, external: External) -> bool:
    if (entry.schema is None) != (schema is None):
        return False
    same = entry.schema is schema or (schema is not None and answers(schema, entry.asked))
    return same and all(external(name) == answer for name, answer in entry.external)


def forget() -> None:
    """Everything: for measurements."""
    _made.clear()
