"""A point in a history: the schema as it is after one of its migrations.

What comes in: histories and what somebody typed. What goes out: the history with that schema, or why there is none. This module does not know paths
or formats.
"""

import difflib
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from analyzer.facts.migration import Migration
from analyzer.schema.fold.lookup import TEMPORARY
from analyzer.schema.fold.views import refresh_views
from analyzer.schema.history import History, Step

_NEAR = 3


class UnknownPointError(Exception):
    """No migration, or several, are meant; the message says which are near."""


def at(histories: Sequence[History], wished: str) -> History:
    """The history that has this migration, as it is after it: by id, by version, by the file's name, by the only beginning of one.

    UnknownPointError where none or several are meant, or where nothing says in which order the files run.
    """
    steps = [(history, step) for history in histories for step in history.steps]
    plain = wished.lstrip("0") if wished.isdigit() and wished.strip("0") else wished
    found = next((fitting for name in (wished, plain) for fitting in _fittings(steps, name) if fitting), [])
    if len(found) == 1:
        history, step = found[0]
        if step.after is None:
            raise UnknownPointError(f'nothing says in which order the files around "{wished}" run')
        tables = {key: table for key, table in step.after.tables.items() if key[0] != TEMPORARY}
        schema = refresh_views(replace(step.after, name=history.schema.name, tables=tables))
        until = history.steps[: next(place for place, one in enumerate(history.steps) if one is step) + 1]
        return replace(history, schema=schema, whole=schema, steps=until)
    if found:
        names = ", ".join(_named(history, step, found) for history, step in found[:_NEAR])
        more = f" and {len(found) - _NEAR} more" if len(found) > _NEAR else ""
        raise UnknownPointError(f'"{wished}" is the beginning of several migrations: {names}{more}')
    known = list(
        dict.fromkeys(name for _, step in steps for name in (step.migration.id, _file_names(step.migration)[0]))
    )
    near = difflib.get_close_matches(wished, known, n=_NEAR, cutoff=0.4)
    raise UnknownPointError(f'there is no migration "{wished}"' + (f" (near: {', '.join(near)})" if near else ""))


Placed = tuple[History, Step]


def _fittings(steps: Sequence[Placed], wished: str) -> list[list[Placed]]:
    return [
        [one for one in steps if one[1].migration.id == wished],
        [one for one in steps if wished in _versions(one[1].migration)],
        [one for one in steps if wished in _file_names(one[1].migration)],
        [one for one in steps if wished and one[1].migration.id.startswith(wished)],
        [one for one in steps if wished and any(name.startswith(wished) for name in _file_names(one[1].migration))],
    ]


def _file_names(migration: Migration) -> tuple[str, ...]:
    """Its file's with and without ending, and the folder's where the file is called `up.sql` or `migration.sql`."""
    path = PurePosixPath(migration.span.path)
    folder = path.parent.name if path.stem in ("up", "migration") else ""
    return tuple(name for name in (path.name, path.name.partition(".")[0], folder) if name)


def _versions(migration: Migration) -> set[str]:
    """`0007`, `7`, `1.2`; the id's own digits keep their zeros."""
    joined = ".".join(str(part) for part in migration.version)
    first = str(migration.version[0]) if migration.version else ""
    head = migration.id.lstrip("Vv")
    digits = head[: len(head) - len(head.lstrip("0123456789"))]
    return {version for version in (joined, first, digits) if version}


def _named(history: History, step: Step, found: Sequence[Placed]) -> str:
    """With its history where two histories have one of that name."""
    twins = sum(other.migration.id == step.migration.id for _, other in found) > 1
    return f"{step.migration.id} ({history.sources[0].path or '.'})" if twins and history.sources else step.migration.id
