"""package.json: what a package lets others import, and its own `#names`.

What comes in: a Source of that name. What goes out: PathAliases: `exports` and `imports` under their own keys, then `source`, `main`, `module`
and `types` as further targets of `.`. Source: Node.js, "Modules: Packages". Which condition holds is not known before a build, so all
targets are given. This module does not know which of them exist.
"""

import json
import posixpath
from collections.abc import Iterator

from analyzer.facts.file import PathAlias
from analyzer.facts.source import Source

_MAINS = ("source", "main", "module", "types", "typings")


def exports(source: Source) -> tuple[PathAlias, ...]:
    """The entries of one file; none where it is something else or cannot be read."""
    if source.path.rpartition("/")[2] != "package.json":
        return ()
    try:
        document = json.loads(source.content)
    except (ValueError, RecursionError):
        return ()
    return tuple(_aliases(document)) if isinstance(document, dict) else ()


def _aliases(document: dict[str, object]) -> Iterator[PathAlias]:
    written = document.get("exports")
    if isinstance(written, dict) and any(key.startswith(".") for key in written):
        yield from (PathAlias(key, _targets(value)) for key, value in written.items())
    elif written is not None:
        yield PathAlias(".", _targets(written))
    internal = document.get("imports")
    if isinstance(internal, dict):
        yield from (PathAlias(key, _targets(value)) for key, value in internal.items() if key.startswith("#"))
    mains = [f"./{main.removeprefix('./')}" for key in _MAINS if isinstance(main := document.get(key), str)]
    if mains:
        yield PathAlias(".", _targets(mains))


def _targets(value: object) -> tuple[str, ...]:
    """Every file below a value, declarations last; what is no path of this package leaves it."""
    found: dict[str, None] = {}
    pending = [value]
    while pending:
        match pending.pop():
            case str() as path if path.startswith("./"):
                found[posixpath.normpath(path)] = None
            case dict() as conditions:
                pending.extend(reversed(list(conditions.values())))
            case list() as choices:
                pending.extend(reversed(choices))
            case _:
                pass
    return tuple(sorted(found, key=lambda path: path.endswith((".d.ts", ".d.mts", ".d.cts"))))
