"""File name -> language, and whether a file of this name is worth opening at all.

What comes in: a relative posix path. What goes out: a Language, or None for a file the analysis cannot use. This module does not
know contents.
"""

import re

from analyzer.facts.source import Language

_EXTENSIONS: dict[str, Language] = {
    ".rs": "rust",
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
    ".py": "python",
    ".sql": "sql",
    ".pgsql": "sql",
}

# Manifests and configuration, by the name alone. `.sql.postgres` is how one migration is kept for several engines.
_NAMES: tuple[tuple[re.Pattern[str], Language], ...] = (
    (re.compile(r"[^/]+\.sql\.(?:sqlite3?|postgres|postgresql|pg|mysql|mariadb)", re.IGNORECASE), "sql"),
    (re.compile(r"(?:Cargo|pyproject|schemalink|sqlx|diesel|flyway|migration_lock)\.toml|Pipfile"), "toml"),
    (re.compile(r"package\.json|[jt]sconfig(?:\.[\w-]+)*\.json|sqlx-data\.json"), "json"),
    (
        re.compile(r"[\w.-]*requirements[\w.-]*\.txt|setup\.cfg|\.env(?:\.[\w.-]+)?|flyway\.conf|[^/]+\.sql\.conf"),
        "text",
    ),
    (re.compile(r"(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml|alembic\.ini"), "text"),
    # What says how a build runs, and nothing else.
    (
        re.compile(r"Dockerfile(?:\.[\w.-]+)?|[\w-]+\.Dockerfile|Makefile|[Jj]ustfile|\.envrc|\.gitlab-ci\.ya?ml"),
        "build",
    ),
    # What starts things: asked for the names of migrations, and for nothing else.
    (
        re.compile(
            r"[^/]+\.(?:sh|bash|zsh|ps1|bat|cmd)|Procfile|[Tt]askfile\.ya?ml|(?:azure|bitbucket)-pipelines\.ya?ml|cloudbuild\.ya?ml"
            r"|(?:railway|nixpacks|fly|netlify|render|vercel|wrangler|turbo|deno|app|project|nest-cli)\.(?:toml|jsonc?|ya?ml)"
        ),
        "shell",
    ),
)

_SNAPSHOT = re.compile(r"[0-9a-zA-Z]{1,20}_snapshot\.json")
# Liquibase's own, which say in which order files of SQL run.
_CHANGELOG = re.compile(r"[\w.-]{0,80}changelog[\w.-]{0,80}\.(?:xml|ya?ml)", re.IGNORECASE)

_CODE: frozenset[Language] = frozenset({"rust", "typescript", "tsx", "javascript", "python"})


def language_of(path: str) -> Language | None:
    """The language of a file the analysis reads, None for every other file."""
    name = path.rpartition("/")[2]
    language = _EXTENSIONS.get(name[max(name.rfind("."), 0) :].lower())
    if language is not None:
        return language
    for pattern, named in _NAMES:
        if pattern.fullmatch(name):
            return named
    return _by_folder(path, name)


def is_code(language: Language) -> bool:
    return language in _CODE


def _by_folder(path: str, name: str) -> Language | None:
    """Names that mean something in one folder only: cached queries, drizzle's journal and snapshots, cargo's settings, CI, lists of requirements."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    if name.endswith(".json") and (folder == ".sqlx" or (folder == "meta" and name == "_journal.json")):
        return "json"
    if (folder == ".cargo" and name in ("config.toml", "config")) or (
        folder == "workflows" and name.endswith((".yml", ".yaml"))
    ):
        return "build"
    if folder == ".circleci" and name.endswith((".yml", ".yaml")):
        return "shell"
    if (folder == "meta" and _SNAPSHOT.fullmatch(name)) or (name == "snapshot.json" and folder[:1].isdigit()):
        return "json"
    # Diesel's, of one migration.
    if name == "metadata.toml" and folder[:1].isdigit():
        return "toml"
    if folder != "workflows" and _CHANGELOG.fullmatch(name):
        return "text"
    if name.endswith(".txt") and folder == "requirements":
        return "text"
    return None
