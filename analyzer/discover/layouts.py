"""Which SQL files belong to a migrations folder, in which order and direction: the conventions of the tools, as rows.

What comes in: SQL files with the projects around them, and journals. What goes out: a Layout by path. This module does not know
what statements do, and no migrations written in code: extraction recognises those.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from analyzer.discover.files import RawFile
from analyzer.discover.naming import ENGINES, WORD_BREAK, Named, is_versioned, name_of
from analyzer.discover.projects import Projects, folders_above
from analyzer.discover.statements import contents_of
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
# https://github.com/rubenv/sql-migrate, https://docs.liquibase.com (formatted SQL).
_MARKERS = (
    (b"-- +goose up", "goose"),
    (b"-- migrate:up", "dbmate"),
    (b"-- +migrate up", "sql-migrate"),
    (b"-- up migration", "node-pg-migrate"),
    (b"--liquibase formatted sql", "liquibase"),
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
_MARKER_HEAD = 4096


def find_layouts(
    files: Iterable[RawFile], journals: Mapping[str, tuple[str, ...]], projects: Projects
) -> dict[str, Layout]:
    """SQL files -> the layout of those that belong to a migrations folder. `journals` are drizzle's, by folder."""
    folders: dict[str, list[tuple[RawFile, Named]]] = {}
    for file in files:
        named = name_of(file.path, is_migrations=_is_strong)
        if named is not None:
            folders.setdefault(named.folder, []).append((file, named))
    layouts: dict[str, Layout] = {}
    for folder, found in folders.items():
        if _is_migrations_folder(folder, found, journals):
            layouts.update(_layouts(folder, found, journals.get(folder), projects))
    return layouts


def read_journal(content: bytes) -> tuple[str, ...]:
    """The tags of drizzle's `meta/_journal.json` in their order. ValueError where it is broken."""
    document = json.loads(content)
    entries = document.get("entries") if isinstance(document, dict) else None
    tags = [entry.get("tag") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return tuple(tag for tag in tags if isinstance(tag, str))


def _layouts(
    folder: str, found: Sequence[tuple[RawFile, Named]], journal: tuple[str, ...] | None, projects: Projects
) -> dict[str, Layout]:
    tools = {file.path: _tool(file, named, journal, projects) for file, named in found}
    ruling = next((tools[file.path] for file, named in found if is_versioned(named)), "plain")
    layouts = {}
    for file, named in found:
        tool = tools[file.path] if is_versioned(named) else ruling
        if not is_versioned(named) and (ruling in _STRICT or not _is_strong(folder)) and not _is_listed(file, journal):
            continue
        is_both = _marker(file.content) not in ("", "liquibase")
        direction: Direction = "both" if is_both else _upwards_in_refinery(tool, named)
        layouts[file.path] = Layout(tool, folder, _version(file, named, journal), named.name, direction, named.dialect)
    return layouts


def _upwards_in_refinery(tool: str, named: Named) -> Direction:
    """`U1__x.sql` is Flyway's undo, and refinery's unversioned step (https://docs.rs/refinery)."""
    return "up" if tool == "refinery" else named.direction


def _version(file: RawFile, named: Named, journal: tuple[str, ...] | None) -> tuple[int | str, ...]:
    stem = _stem(file.path)
    return (journal.index(stem),) if journal is not None and stem in journal else named.version


def _is_listed(file: RawFile, journal: tuple[str, ...] | None) -> bool:
    return journal is not None and _stem(file.path) in journal


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".sql")


def _tool(file: RawFile, named: Named, journal: tuple[str, ...] | None, projects: Projects) -> str:
    if journal is not None:
        return "drizzle"
    marker = _marker(file.content)
    if marker:
        return marker
    if f"/{named.folder}".endswith("/supabase/migrations"):
        return "supabase"
    for shape, dependency, tool in _DEPENDENCIES:
        if shape == named.shape and _depends_on(file.path, dependency, projects):
            return tool
    return named.shape


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
    head = content[:_MARKER_HEAD].lower()
    return next((tool for marker, tool in _MARKERS if marker in head), "")


def _is_migrations_folder(
    folder: str, found: Sequence[tuple[RawFile, Named]], journals: Mapping[str, tuple[str, ...]]
) -> bool:
    """By its journal, by what its files say, by its name, or by two numbered files of which one defines something."""
    versioned = [file for file, named in found if is_versioned(named)]
    if folder in journals or any(_marker(file.content) for file in versioned) or (versioned and _is_strong(folder)):
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
