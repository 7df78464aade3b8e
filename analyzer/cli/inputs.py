"""Paths as typed -> sources, configuration and the paths that findings are limited to.

What comes in: PATHs, perhaps a buffer that stands for one file, perhaps a configuration file. What goes out: an Input. The whole root
of a PATH is read, because the schema may lie anywhere; with several roots each path begins with its root's name, and all are one
program. This module does not know rules or formats.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from analyzer.discover.config import Config, SchemaConfig, parse_config
from analyzer.facts.file import FileError
from analyzer.facts.source import Dialect, Role, Source, Span
from analyzer.schema.history import Rival


class Input(Struct, frozen=True):
    """`root` is the folder that paths are relative to, "" where several roots share none. `scopes` are the paths that findings
    are limited to, "" for all. `roots` are the folders that were walked, each with what its paths begin with.
    """

    root: str
    sources: tuple[Source, ...]
    errors: tuple[FileError, ...]
    config: Config
    scopes: tuple[str, ...]
    roots: tuple[tuple[str, str], ...] = ()

    def holds(self, span: Span) -> bool:
        """True where a place is in the paths asked for."""
        return any(scope in ("", span.path) or span.path.startswith(f"{scope}/") for scope in self.scopes)


class _Place(Struct, frozen=True):
    """A PATH as typed: its root, and itself relative to it."""

    root: Path
    path: str


def read_input(
    paths: Sequence[str], *, config: str | None = None, no_config: bool = False, buffer: tuple[str, bytes] | None = None
) -> Input:
    """Everything under the roots of the paths. `buffer` has a path and the text that stands for the file there.

    ConfigError for a configuration that cannot be used.
    """
    from analyzer.discover.classify import discover, manifest_errors
    from analyzer.discover.files import RawFile
    from analyzer.discover.walk import walk

    typed = paths or ([buffer[0]] if buffer else ["."])
    places = [_place(path) for path in typed]
    unsaved = _place(buffer[0]) if buffer else None
    roots = list(dict.fromkeys(place.root for place in (*places, *([unsaved] if unsaved else []))))
    prefixes = _prefixes(roots)
    configs = {root: _config(root, config, no_config=no_config) for root in roots}
    files: list[RawFile] = []
    errors: list[FileError] = []
    for root in roots:
        found, failed = walk(root, configs[root])
        files += [RawFile(prefixes[root] + file.path, file.content) for file in found]
        errors += [replace(error, path=prefixes[root] + error.path) for error in failed]
    if unsaved and buffer:
        path = prefixes[unsaved.root] + unsaved.path
        files = [*(file for file in files if file.path != path), RawFile(path, buffer[1])]
        errors = [error for error in errors if error.path != path]
    return Input(
        root=_shared(prefixes),
        sources=discover(files),
        errors=(*errors, *manifest_errors(files)),
        config=_together([_prefixed(configs[root], prefixes[root]) for root in roots]),
        scopes=tuple((prefixes[place.root] + place.path).rstrip("/") for place in places),
        roots=tuple((prefix, str(root)) for root, prefix in prefixes.items()),
    )


def read_sql(schemas: Sequence[str], queries: Sequence[str], dialect: Dialect) -> Input:
    """Files of DDL and files of queries, without a repository around them; paths stay as typed. `-` is standard input."""
    ddl = tuple(Path(path).as_posix() for path in schemas)
    asked = (Path(path).as_posix() for path in queries)
    roles: dict[str, Role] = {**dict.fromkeys(asked, "code"), **dict.fromkeys(ddl, "schema")}
    sources = tuple(Source(path, _bytes(path), "sql", role) for path, role in roles.items())
    wished = SchemaConfig("main", ddl, dialect=dialect)
    return Input(str(Path.cwd()), sources, (), Config(schemas=(wished,)), ("",))


def read_evidence(paths: Iterable[str], found: Input) -> list[Rival]:
    """What the given database files hold. What opens one is loaded only where one is given."""
    given = tuple(dict.fromkeys(paths))
    if not given:
        return []
    from analyzer.live.database import UnreadableDatabaseError, read_database

    try:
        return [read_database(Path(path), _shown(path, found)) for path in given]
    except UnreadableDatabaseError as error:
        raise click.UsageError(f"--evidence: {error}") from error


def _shown(path: str, found: Input) -> str:
    """A path as the report writes it: relative to its root, as typed where it lies in none."""
    real = Path(path).resolve()
    for prefix, root in found.roots:
        if real.is_relative_to(Path(root).resolve()):
            return prefix + real.relative_to(Path(root).resolve()).as_posix()
    return Path(path).as_posix()


def databases(found: Input) -> Iterator[str]:
    """Committed database files, which could be given as evidence."""
    from analyzer.discover.walk import find_databases

    for prefix, root in found.roots:
        yield from (prefix + path for path in find_databases(Path(root), found.config))


def spread(args: list[str]) -> Iterator[str]:
    """`--schema a b --dialect d` as `--schema a --schema b --dialect d`: before any other option further files are queries."""
    is_schema = False
    for index, arg in enumerate(args):
        if arg.startswith("-"):
            following = next((later for later in args[index + 1 :] if later.startswith("--")), "")
            is_schema = arg == "--schema" and following.startswith("--dialect")
        elif is_schema and args[index - 1] != "--schema":
            yield "--schema"
        yield arg


def _bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()


def _place(path: str) -> _Place:
    """Links on the way to a path are followed where that stays inside its root: the walk knows files by their real paths."""
    from analyzer.discover.walk import find_root

    root = find_root(Path(os.path.abspath(path)))  # noqa: PTH100 - `resolve` would follow links, and lose the name that was typed
    real = Path(path).resolve()
    if not real.is_relative_to(root.resolve()):
        root = find_root(real)
    relative = real.relative_to(root.resolve()).as_posix()
    return _Place(root, "" if relative == "." else relative)


def _prefixes(roots: Sequence[Path]) -> Mapping[Path, str]:
    """Nothing for one root, the roots' names for several; of two with one name the second gets a number."""
    prefixes: dict[Path, str] = {}
    for root in roots:
        name = root.name or "root"
        taken = sum(other.name == root.name for other in prefixes)
        prefixes[root] = "" if len(roots) == 1 else f"{name}-{taken + 1}/" if taken else f"{name}/"
    return prefixes


def _shared(prefixes: Mapping[Path, str]) -> str:
    """The folder that prefixed paths are relative to: of one root itself, of several the folder they lie in side by side."""
    if len(prefixes) == 1:
        return str(next(iter(prefixes)))
    parents = {root.parent for root in prefixes}
    names_hold = all(prefix == f"{root.name}/" for root, prefix in prefixes.items())
    return str(parents.pop()) if len(parents) == 1 and names_hold else ""


def _config(root: Path, given: str | None, *, no_config: bool) -> Config:
    from analyzer.discover.walk import config_file

    if no_config:
        return Config()
    if given is not None:
        return parse_config(given, Path(given).read_bytes())
    found = config_file(root)
    return parse_config(found.path, found.content) if found is not None else Config()


def _prefixed(config: Config, prefix: str) -> Config:
    if not prefix:
        return config
    schemas = tuple(
        replace(
            schema,
            paths=tuple(prefix + path for path in schema.paths),
            serves=tuple(prefix + path for path in schema.serves) or (prefix.rstrip("/"),),
        )
        for schema in config.schemas
    )
    return replace(config, schemas=schemas)


def _together(configs: Sequence[Config]) -> Config:
    """One configuration of several roots: what one ignores is ignored, and all rules count where one root wants all."""

    def union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item for items in lists for item in items))

    return Config(
        select=union(config.select for config in configs) if all(config.select for config in configs) else (),
        ignore=union(config.ignore for config in configs),
        schemas=tuple(schema for config in configs for schema in config.schemas),
        external_tables=union(config.external_tables for config in configs),
        exclude=union(config.exclude for config in configs),
    )
