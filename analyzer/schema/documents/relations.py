"""Relations that names say: `project_id` holds the key of `projects`.

What comes in: the columns of collections. What goes out: ForeignKeys with basis "name". This module does not know models.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from analyzer.catalog.table import Column, ForeignKey
from analyzer.program.naming import named

_KEY = re.compile(r"^(?P<stem>.+?)(?:_id|Id|ID|_ref)$")


def by_name(collection: str, columns: Sequence[Column], known: Mapping[str, Sequence[str]]) -> Iterator[ForeignKey]:
    """Keys that the columns of a collection hold, by what they are called. `known` are the columns of all collections."""
    for column in columns:
        found = _KEY.match(column.name) if "." not in column.name else None
        if found is None:
            continue
        target = _target(named(found["stem"], "snake_case"), known)
        if target is not None and not (target == collection and found["stem"] == _singular(target)):
            yield ForeignKey((column.name,), target, (_key_of(target, known),), column.defined, basis="name")


def _target(stem: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The collection whose singular the stem is, or ends in: `parent_scene` is of scenes."""
    names = {_singular(named(name, "snake_case")): name for name in known}
    while stem:
        if stem in names:
            return names[stem]
        _, _, stem = stem.partition("_")
    return None


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _key_of(collection: str, known: Mapping[str, Sequence[str]]) -> str:
    """A collection whose documents have an `id` of their own is known by it."""
    return "id" if "id" in known[collection] else "_id"
