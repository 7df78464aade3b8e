"""Which SQL files belong to a migrations folder, in which order and direction: the conventions of the tools, as rows.

What comes in: SQL files with the projects around them, and journals. What goes out: a Layout by path. This module does not know
what statements do, and no migrations written in code: extraction recognises those.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from analyzer.discover.files import RawFile
from analyzer.discover.journals import Journal
from analyzer.discover.naming import ENGINES, WORD_BREAK, Named, is_versioned, name_of, number
from analyzer.discover.projects import Projects, folders_above
from analyzer.discover.statements import contents_of
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

# What a tool writes into its files: (marker, tool). https://github.com/pressly/goose, https://github.com/amacneil/dbmate,
# https://github.com/rubenv/sql-migrate, https://docs.liquibase.com (formatted SQL),
# https://github.com/graphile/migrate, https://github.com/kriasoft/node-sqlite (migrations).
_MARKERS = (
    (re.compile(rb"^[ \t]*--[ \t]*\+goose[ \t]+up\b", re.IGNORECASE | re.MULTILINE), "goose"),
    (re.compile(rb"^(?:\xef\xbb\xbf)?--[ \t]*migrate:up\b", re.IGNORECASE | re.MULTILINE), "dbmate"),
    (re.compile(rb"^[ \t]*--[ \t]*\+migrate[ \t]+up\b", re.IGNORECASE | re.MULTILINE), "sql-migrate"),
    (re.compile(rb"^[ \t]*--[ \t-]*(?:up|down)[ \t]+migration\b", re.IGNORECASE | re.MULTILINE), "node-pg-migrate"),
    (re.compile(rb"^[ \t]*--[ \t-]*(?:up|down)[ \t:-]*\r?$", re.IGNORECASE | re.MULTILINE), "up/down"),
    (re.compile(rb"^--![ \t]*(?:previous|hash):", re.IGNORECASE | re.MULTILINE), "graphile-migrate"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b", re.IGNORECASE), "liquibase"),
)
# (what the names look like, dependency, tool): names alike are told apart by what the project depends on.
_DEPENDENCIES = (
    ("numbered", "sqlx", "sqlx"),
    ("numbered", "yoyo-migrations", "yoyo"),
    ("numbered", "postgrator", "postgrator"),
    ("flyway", "refinery", "refinery"),
    ("diesel", "rusqlite_migration", "rusqlite_migration"),
    ("prisma", "prisma", "prisma"),
    ("prisma", "@prisma/client", "prisma"),
    ("prisma", "drizzle-orm", "drizzle"),
)
# These read only names of their own shape; every other runner is taken to run what lies in its folder.
_STRICT = frozenset({"sqlx", "diesel", "prisma", "drizzle", "flyway", "refinery", "goose", "rusqlite_migration"})
_TWO_WAY = frozenset({"goose", "dbmate", "sql-migrate", "node-pg-migrate", "up/down"})
_MARKER_HEAD = 4096

_Candidate = tuple[RawFile, Named]


def find_layouts(files: Iterable[RawFile], journals: Mapping[str, Journal], projects: Projects) -> dict[str, Layout]:
    """SQL files -> the layout of those that belong to a migrations folder, by path."""
    folders: dict[str, list[_Candidate]] = {}
    settings: dict[str, bytes] = {}
    for file in files:
        named = name_of(file.path, is_migrations=_is_strong)
        if named is not None:
            folders.setdefault(named.folder, []).append((file, named))
        else:
            settings[file.path] = file.content
    layouts: dict[str, Layout] = {}
    for folder, found in folders.items():
        journal = journals.get(folder)
        if journal is not None or _is_migrations_folder(folder, found):
            contents = {file.path: file.content for file, _ in found}
            for path, layout in _layouts(folder, found, journal, projects):
                beside = settings.get(settings_path(layout.tool, path) or "", b"")
                sending = sending_of(layout.tool, contents[path], beside)
                layouts[path] = replace(layout, transactional=sending.transactional, batch=sending.batch)
    return layouts


def _layouts(
    folder: str, found: Sequence[_Candidate], journal: Journal | None, projects: Projects
) -> Iterator[tuple[str, Layout]]:
    tools = _tools(folder, found, journal, projects)
    ruling = next((tools[named.shape] for _, named in found if is_versioned(named)), "plain")
    runs_all = ruling not in _STRICT and _is_strong(folder)
    ups = frozenset(named.version for _, named in found if named.direction == "up")
    # `wrangler d1 migrations apply` runs every file by name (https://developers.cloudflare.com/d1/reference/migrations/).
    is_d1 = journal is not None and journal.dialect in (None, "sqlite")
    by_name = is_d1 and any(_depends_on(file.path, "wrangler", projects) for file, _ in found[:1])
    positions = {} if journal is None or by_name else journal.positions
    for file, named in found:
        position = positions.get(_stem(file.path))
        if not is_versioned(named) and position is None and not runs_all:
            continue
        tool = tools[named.shape] if is_versioned(named) else ruling
        yield (
            file.path,
            Layout(
                tool=tool,
                folder=folder,
                version=_version(tool, named) if position is None else (position,),
                name=named.name,
                direction=_direction(tool, file, named, ups),
                dialect=named.dialect or (journal.dialect if journal is not None else None),
                registered=not positions or position is not None,
            ),
        )


def _version(tool: str, named: Named) -> tuple[int | str, ...]:
    """rusqlite_migration names folders as diesel does and sorts them as numbers (https://docs.rs/rusqlite_migration)."""
    if tool == "rusqlite_migration" and named.shape == "diesel":
        return (number(str(named.version[-1])),)
    return named.version


def _direction(tool: str, file: RawFile, named: Named, ups: Container[tuple[int | str, ...]]) -> Direction:
    """`U1__x.sql` is Flyway's undo, and refinery's unversioned step (https://docs.rs/refinery)."""
    marker = _marker(file.content)
    # In one file of a pair the words are its heading.
    if marker in _TWO_WAY and not (marker == "up/down" and named.direction == "down"):
        return "both"
    if tool == "refinery" or (named.needs_pair and named.version not in ups):
        return "up"
    return named.direction


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".sql")


def _tools(folder: str, found: Sequence[_Candidate], journal: Journal | None, projects: Projects) -> dict[str, str]:
    """The tool for every shape of name in a folder: one that left its mark rules, else the project's dependencies tell."""
    shapes = {named.shape: file.path for file, named in found}
    marked = next((tool for file, named in found if is_versioned(named) and (tool := _marker(file.content))), "")
    if f"/{folder}".endswith("/supabase/migrations"):
        marked = marked or "supabase"
    if journal is not None:
        marked = journal.tool
    return {shape: marked or _tool_by_dependency(shape, path, projects) for shape, path in shapes.items()}


def _tool_by_dependency(shape: str, path: str, projects: Projects) -> str:
    fitting = ((dependency, tool) for named, dependency, tool in _DEPENDENCIES if named == shape)
    return next((tool for dependency, tool in fitting if _depends_on(path, dependency, projects)), shape)


def _depends_on(path: str, name: str, projects: Projects) -> bool:
    """Whether the nearest project asks for a package, or any project in its folder: workspaces keep migrations beside members."""
    nearest = next((folder for folder in folders_above(path) if folder in projects.by_folder), None)
    if nearest is None:
        return False
    names = frozenset({name})
    inside = f"{nearest}/" if nearest else ""
    return projects.by_folder[nearest].depends_on(names) or any(
        folder.startswith(inside) and project.depends_on(names) for folder, project in projects.by_folder.items()
    )


def _marker(content: bytes) -> str:
    head = content[:_MARKER_HEAD]
    return next((tool for pattern, tool in _MARKERS if pattern.search(head)), "")


def _is_migrations_folder(folder: str, found: Sequence[_Candidate]) -> bool:
    """By what its files say, by its name, or by two numbered files of which one defines something."""
    versioned = [file for file, named in found if is_versioned(named)]
    if any(_marker(file.content) for file in versioned) or (versioned and _is_strong(folder)):
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
