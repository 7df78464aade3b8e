"""Which migration tool runs a folder of SQL files: what its files say, what is kept beside them, what the project depends on.

What comes in: the files of a folder with their names read, a journal, projects. What goes out: a tool by shape of name. This module does not
know orders.
"""

import re
from collections.abc import Mapping, Sequence

from analyzer.discover.files import RawFile
from analyzer.discover.journals import Journal
from analyzer.discover.naming import Named, is_versioned
from analyzer.discover.projects import Projects, folders_above
from analyzer.facts.source import Dialect

# What a tool writes into its files: (marker, tool). https://github.com/pressly/goose, https://github.com/amacneil/dbmate,
# https://github.com/rubenv/sql-migrate, https://docs.liquibase.com (formatted SQL),
# https://github.com/graphile/migrate, https://github.com/kriasoft/node-sqlite (migrations).
_MARKERS = (
    (re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t]*\+goose[ \t]+up\b", re.IGNORECASE | re.MULTILINE), "goose"),
    (re.compile(rb"^(?:\xef\xbb\xbf)?--[ \t]*migrate:up\b", re.IGNORECASE | re.MULTILINE), "dbmate"),
    (re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t]*\+migrate[ \t]+up\b", re.IGNORECASE | re.MULTILINE), "sql-migrate"),
    (
        re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t-]*(?:up|down)[ \t]+migration\b", re.IGNORECASE | re.MULTILINE),
        "node-pg-migrate",
    ),
    (re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*--[ \t-]*(?:up|down)[ \t:-]*\r?$", re.IGNORECASE | re.MULTILINE), "up/down"),
    (re.compile(rb"^(?:\xef\xbb\xbf)?--![ \t]*(?:previous|hash):", re.IGNORECASE | re.MULTILINE), "graphile-migrate"),
    (re.compile(rb"\A(?:\xef\xbb\xbf)?\s*--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b", re.IGNORECASE), "liquibase"),
)
# English words that a comment may hold: they name the tool where most files have them.
_WORDS = frozenset({"node-pg-migrate", "up/down"})
# (what the names look like, dependency, tool): names alike are told apart by what the project depends on.
_DEPENDENCIES = (
    ("numbered", "sqlx", "sqlx"),
    ("numbered", "yoyo-migrations", "yoyo"),
    ("numbered", "postgrator", "postgrator"),
    ("numbered", "node-pg-migrate", "node-pg-migrate"),
    ("numbered", "postgres-migrations", "postgres-migrations"),
    ("numbered", "@databases/pg-migrations", "pg-migrations"),
    ("flyway", "refinery", "refinery"),
    ("diesel", "rusqlite_migration", "rusqlite_migration"),
    ("prisma", "prisma", "prisma"),
    ("prisma", "@prisma/client", "prisma"),
    ("prisma", "drizzle-orm", "drizzle"),
)
# Tools that know one engine alone.
_DIALECTS: Mapping[str, Dialect] = {
    "node-pg-migrate": "postgres", "graphile-migrate": "postgres", "supabase": "postgres", "postgres-migrations": "postgres",
    "pg-migrations": "postgres", "rusqlite_migration": "sqlite",
}  # fmt: skip
TWO_WAY = frozenset({"goose", "dbmate", "sql-migrate", "node-pg-migrate", "up/down"})
_MARKER_HEAD = 4096

Candidate = tuple[RawFile, Named]


def marker(content: bytes) -> str:
    """The tool whose mark a file bears, "" for none."""
    head = content[:_MARKER_HEAD]
    return next((tool for pattern, tool in _MARKERS if pattern.search(head)), "")


def tools_of(folder: str, found: Sequence[Candidate], journal: Journal | None, projects: Projects) -> Mapping[str, str]:
    """The tool for every shape of name in a folder: what keeps a journal, what left its mark, else what the project depends on."""
    shapes = {named.shape: file.path for file, named in found}
    told = _marked(found)
    if f"/{folder}".endswith("/supabase/migrations"):
        told = told or "supabase"
    if journal is not None:
        told = journal.tool
    return {shape: told or _by_dependency(shape, path, projects) for shape, path in shapes.items()}


def engine_of(tool: str, journal: Journal | None) -> Dialect | None:
    """The dialect that the tool itself says."""
    return journal.dialect if journal is not None and journal.dialect is not None else _DIALECTS.get(tool)


def _marked(found: Sequence[Candidate]) -> str:
    marks = [marker(file.content) for file, named in found if is_versioned(named)]
    first = next((mark for mark in marks if mark and (mark not in _WORDS or 2 * marks.count(mark) >= len(marks))), "")
    return first or next((mark for file, _ in found if (mark := marker(file.content)) == "liquibase"), "")


def _by_dependency(shape: str, path: str, projects: Projects) -> str:
    fitting = ((dependency, tool) for named, dependency, tool in _DEPENDENCIES if named == shape)
    found = next((tool for dependency, tool in fitting if depends_on(path, dependency, projects)), shape)
    # The folder that wrangler reads unless it is told another.
    if found == "numbered" and path.split("/")[-2:-1] == ["migrations"] and depends_on(path, "wrangler", projects):
        return "wrangler"
    return found


def depends_on(path: str, name: str, projects: Projects) -> bool:
    """Whether the nearest project asks for a package, or any project in its folder: workspaces keep migrations beside members."""
    nearest = next((folder for folder in folders_above(path) if folder in projects.by_folder), None)
    if nearest is None:
        return False
    names = frozenset({name})
    inside = f"{nearest}/" if nearest else ""
    return projects.by_folder[nearest].depends_on(names) or any(
        folder.startswith(inside) and project.depends_on(names) for folder, project in projects.by_folder.items()
    )
