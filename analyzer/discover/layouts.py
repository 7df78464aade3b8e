"""Which SQL files belong to a migrations folder, in which order and direction: the conventions of the tools, as rows.

What comes in: SQL files with the projects around them, and journals. What goes out: a Layout by path. This module does not know
what statements do, and no migrations written in code: extraction recognises those.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from analyzer.discover.changelogs import Place
from analyzer.discover.files import RawFile
from analyzer.discover.journals import Journal
from analyzer.discover.naming import ENGINES, LAST, WORD_BREAK, Named, is_versioned, name_of, number
from analyzer.discover.projects import Projects, folders_above
from analyzer.discover.statements import contents_of
from analyzer.discover.tools import TWO_WAY, Candidate, depends_on, engine_of, marker, tools_of
from analyzer.discover.transactions import sending_of, settings_path
from analyzer.facts.source import Direction, Layout

# Folder names that mean migrations by themselves, and those that do so only around numbered files.
_STRONG = frozenset({"migrations", "migration", "migrate", "drizzle", "deltas", "delta"})
_WEAK = frozenset(
    {
        "versions",
        "sql",
        "sqls",
        "schema",
        "schemas",
        "changelog",
        "changelogs",
        "db",
        "database",
        "ddl",
        "up",
        "updates",
    }
)
# These read only names of their own shape; every other runner is taken to run what lies in its folder.
_STRICT = frozenset({
    "sqlx", "diesel", "prisma", "drizzle", "flyway", "refinery", "goose", "rusqlite_migration", "supabase", "graphile-migrate",
})  # fmt: skip
# Flyway reads what lies in folders inside its own (https://documentation.red-gate.com/flyway, locations), refinery's macro too.
_DEEP = frozenset({"flyway", "refinery"})
_FLAT = frozenset({"sqlx", "supabase", "drizzle", "goose", "dbmate", "sql-migrate", "wrangler", "node-pg-migrate"})
# Supabase keeps the schema as it should be there, and seeds (https://supabase.com/docs/guides/local-development/declarative-database-schemas).
_DECLARED = re.compile(r"(?:^|/)supabase/(?:schemas|seeds?)(?:/|$)")
# Flyway's `{vendor}`: each engine has a folder, and those that nobody reads here have one too.
_ENGINE_FOLDERS = frozenset(
    {"h2", "hsqldb", "derby", "oracle", "mssql", "sqlserver", "db2", "clickhouse", "snowflake", "redshift"}
)
_COUNTED = re.compile(r"(.*?[._-])([0-9]{1,6})")


def find_layouts(
    files: Iterable[RawFile],
    journals: Mapping[str, Journal],
    projects: Projects,
    changelogs: Mapping[str, Place] = MappingProxyType({}),
) -> dict[str, Layout]:
    """SQL files -> the layout of those that belong to a migrations folder, by path. `changelogs` are those that Liquibase is told of."""
    folders: dict[str, list[Candidate]] = {}
    others: dict[str, bytes] = {}
    for file in files:
        named = name_of(file.path, is_migrations=_is_strong)
        if named is not None:
            folders.setdefault(named.folder, []).append((file, named))
        else:
            others[file.path] = file.content
    layouts: dict[str, Layout] = {}
    for folder, found in folders.items():
        journal = journals.get(folder)
        counted = _counted(found) if _is_strong(folder) else found
        if journal is not None or (not _DECLARED.search(folder) and _is_migrations_folder(folder, counted)):
            contents = {file.path: file.content for file, _ in counted}
            for path, layout in _layouts(folder, counted, journal, projects):
                beside = others.get(settings_path(layout.tool, path) or "", b"")
                sending = sending_of(layout.tool, contents[path], beside)
                layouts[path] = replace(layout, transactional=sending.transactional, batch=sending.batch)
    layouts = _with_current(_joined(_own(layouts)), folders)
    return _included(layouts, changelogs, (pair for found in folders.values() for pair in found))


def _layouts(
    folder: str, found: Sequence[Candidate], journal: Journal | None, projects: Projects
) -> Iterator[tuple[str, Layout]]:
    tools = tools_of(folder, found, journal, projects)
    ruling = next((tools[named.shape] for _, named in found if is_versioned(named)), next(iter(tools.values())))
    runs_all = ruling == "liquibase" or (ruling not in _STRICT and _is_strong(folder))
    ups = frozenset(named.version for _, named in found if named.direction == "up")
    # `wrangler d1 migrations apply` runs every file by name (https://developers.cloudflare.com/d1/reference/migrations/).
    is_d1 = journal is not None and journal.dialect in (None, "sqlite")
    by_name = is_d1 and any(depends_on(file.path, "wrangler", projects) for file, _ in found[:1])
    positions = {} if journal is None or by_name else journal.positions
    # A journal that leaves out most files is kept by nobody: people run them by hand.
    if 2 * sum(_stem(file.path) in positions for file, _ in found) < sum(is_versioned(named) for _, named in found):
        if positions:
            tools = dict.fromkeys(tools, "numbered")
        positions = {}
    first = min(
        (named.version for _, named in found if named.shape == "flyway" and named.version[0] != LAST), default=()
    )
    for file, named in found:
        position = positions.get(_stem(file.path))
        tool = tools[named.shape] if is_versioned(named) else ruling
        if not is_versioned(named) and position is None and not runs_all:
            continue
        if tool == "liquibase" and marker(file.content) != "liquibase":
            continue
        # A baseline stands for the versions up to its own; what they build is known where they are still there.
        stands = named.shape != "baseline" or not first or named.version < first
        yield (
            file.path,
            Layout(
                tool=tool,
                folder=folder,
                version=_version(tool, named) if position is None else (position,),
                name=named.name if stands else f"B__{named.name}",
                direction=_direction(tool, file, named, ups) if stands else "down",
                dialect=named.dialect or engine_of(tool, journal),
                registered=not positions or position is not None,
                behind=journal.behind.get(_stem(file.path), "") if journal is not None and positions else "",
            ),
        )


def _version(tool: str, named: Named) -> tuple[int | str, ...]:
    """rusqlite_migration names folders as diesel does and sorts them as numbers (https://docs.rs/rusqlite_migration)."""
    if tool == "rusqlite_migration" and named.shape == "diesel":
        return (number(str(named.version[-1])),)
    return named.version


def _direction(tool: str, file: RawFile, named: Named, ups: Container[tuple[int | str, ...]]) -> Direction:
    """`U1__x.sql` is Flyway's undo, and refinery's unversioned step (https://docs.rs/refinery)."""
    found = marker(file.content)
    # In one file of a pair the words are its heading.
    is_heading = found == "up/down" and named.direction == "down"
    if found in TWO_WAY and not is_heading and (found == tool or found not in ("node-pg-migrate", "up/down")):
        return "both"
    if tool == "refinery" or (named.needs_pair and named.version not in ups):
        return "up"
    return named.direction


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".sql")


def _counted(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Files that one word and a number at the end name (`step_9.sql`, `step_10.sql`) run in the order of the numbers."""
    matches = [_COUNTED.fullmatch(named.name) if named.shape == "plain" else None for _, named in found]
    known = [match for match in matches if match is not None]
    if len(known) < 2 or len(known) < len(found) or len({match[1] for match in known}) > 1:
        return found
    numbers = [number(match[2]) for match in known]
    return [
        (file, replace(named, shape="numbered", version=(count,)))
        for (file, named), count in zip(found, numbers, strict=True)
    ]


def _own(layouts: Mapping[str, Layout]) -> dict[str, Layout]:
    """Without what lies deeper in the folder of a tool that reads no folders, unless another tool or an engine is named for it."""
    flat = frozenset(layout.folder for layout in layouts.values() if layout.tool in _FLAT and layout.folder)
    return {
        path: layout
        for path, layout in layouts.items()
        if layout.tool not in ("numbered", "plain")
        or layout.dialect is not None
        or flat.isdisjoint(folders_above(layout.folder))
    }


def _joined(layouts: Mapping[str, Layout]) -> dict[str, Layout]:
    """Folders inside one that is read with all it holds are part of it, but for those of an engine."""
    deep = {layout.folder for layout in layouts.values() if layout.tool in _DEEP}
    outer = {
        folder: next((above for above in reversed([*folders_above(folder)]) if above in deep), folder)
        for folder in deep
        if _ENGINE_FOLDERS.isdisjoint(folder.lower().split("/"))
    }
    return {
        path: replace(layout, folder=outer.get(layout.folder, layout.folder)) if layout.dialect is None else layout
        for path, layout in layouts.items()
    }


def _with_current(layouts: dict[str, Layout], folders: Mapping[str, Sequence[Candidate]]) -> dict[str, Layout]:
    """graphile-migrate runs `committed/` and then `current.sql` or `current/` beside it; what else lies there are its scripts
    (https://github.com/graphile/migrate#usage).
    """
    committed = {
        layout.folder.removesuffix("committed"): layout
        for layout in layouts.values()
        if layout.tool == "graphile-migrate" and f"/{layout.folder}".endswith("/committed")
    }
    scripts = {folder for inside in committed for folder in (inside.rstrip("/"), f"{inside}current")}
    layouts = {path: layout for path, layout in layouts.items() if layout.folder not in scripts}
    for inside, like in committed.items():
        for file, named in (*folders.get(inside.rstrip("/"), ()), *folders.get(f"{inside}current", ())):
            if file.path == f"{inside}current.sql" or (
                file.path.startswith(f"{inside}current/") and is_versioned(named)
            ):
                sending = sending_of("graphile-migrate", file.content)
                version = (LAST, *(part for part in named.version if isinstance(part, int)))
                layouts[file.path] = replace(
                    like,
                    version=version,
                    name=named.name or "current",
                    transactional=sending.transactional,
                    batch=sending.batch,
                )
    return layouts


def _included(
    layouts: dict[str, Layout], changelogs: Mapping[str, Place], found: Iterable[Candidate]
) -> dict[str, Layout]:
    """Liquibase runs what its root changelog includes, in that order, and no other file below it."""
    roots = {place.folder for place in changelogs.values()}
    for path, own in changelogs.items():
        if not path.endswith(".sql"):
            layouts[path] = Layout("liquibase", own.folder, (own.position,), path.rpartition("/")[2], "up")
    for file, named in found:
        place, layout = changelogs.get(file.path), layouts.get(file.path)
        if place is not None:
            sending = sending_of("liquibase", file.content)
            layouts[file.path] = Layout(
                "liquibase",
                place.folder,
                (place.position,),
                named.name,
                "up",
                named.dialect,
                transactional=sending.transactional,
            )
        elif layout is not None and layout.tool == "liquibase":
            root = next((above for above in folders_above(file.path) if above in roots), None)
            if root is not None:
                layouts[file.path] = replace(layout, folder=root, version=(LAST, file.path), registered=False)
    return layouts


def _is_migrations_folder(folder: str, found: Sequence[Candidate]) -> bool:
    """By what its files say, by its name, or by two numbered files of which one defines something."""
    versioned = [file for file, named in found if is_versioned(named)]
    if any(marker(file.content) for file in versioned) or (versioned and _is_strong(folder)):
        return True
    if any(marker(file.content) == "liquibase" for file, _ in found):
        return True
    is_shaped = any(named.shape in ("prisma", "diesel") for _, named in found)
    if is_shaped or len(versioned) >= 2 or (versioned and _is_suggestive(folder)):
        return any(contents_of(file.content).defines for file in versioned)
    return _is_strong(folder) and any(contents_of(file.content).defines for file, _ in found)


def _is_strong(folder: str) -> bool:
    parts = folder.lower().split("/")
    if parts[-1] in ENGINES:
        parts.pop()
    return bool(parts) and not _STRONG.isdisjoint(WORD_BREAK.split(parts[-1]))


def _is_suggestive(folder: str) -> bool:
    """The name of a folder, or of one up to two levels above it."""
    parts = folder.lower().split("/")[-3:]
    return not _WEAK.isdisjoint(parts) or any(not _STRONG.isdisjoint(WORD_BREAK.split(part)) for part in parts)
