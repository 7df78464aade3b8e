"""The candidates for the live schema: folders of migrations, plain schema files, what the configuration names.

What comes in: FileFacts and the Config. What goes out: Candidates, each with its migrations in order. This module does not know which
of them counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.discover.config import Config, SchemaConfig
from analyzer.discover.naming import foreign_engine, foreign_name
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.source import DIALECTS, Dialect, Project
from analyzer.schema.evidence import find_dialect, named_dialect
from analyzer.schema.history import SourceKind
from analyzer.schema.order import order_layouts, order_plain, with_release_folders
from analyzer.sql.dialects import foreign_system

# Folders whose schema is not the main code's, by the names people give them.
_APART = frozenset({
    "test", "tests", "testing", "testdata", "test_data", "__tests__", "spec", "fixtures", "fixture", "example", "examples", "sample", "samples",
    "stub", "stubs", "vendor", "vendored", "third_party", "node_modules", "benches", "benchmarks", "e2e", "mock", "mocks", "docs",
    "playground", "playgrounds", "sandbox", "demo", "demos",
})  # fmt: skip
_APART_ROLES = frozenset({"test", "vendored", "generated", "seed"})


class Candidate(Struct, frozen=True):
    """`path` is the folder or file. `apart` is True for what belongs to tests, examples or vendored code, `in_tests` where
    that part lies inside its project.
    `foreign` names the database system it is written for where that is none of ours. `runs` are SQL files whose statements code sends.
    """

    kind: SourceKind
    tool: str
    path: str
    migrations: tuple[Migration, ...]
    project: Project
    dialect: Dialect
    evidence: str
    apart: bool = False
    foreign: str = ""
    config: SchemaConfig | None = None
    in_tests: bool = False
    runs: frozenset[str] = frozenset()


def find_candidates(files: Sequence[FileFacts], config: Config) -> tuple[Candidate, ...]:
    """Every candidate, in the order of kind and path."""
    found = [_configured(schema, files) for schema in config.schemas]
    return (
        *(candidate for candidate in found if candidate.migrations),
        *_folders(files),
        *_plain(files),
    )


def _folders(files: Sequence[FileFacts]) -> Iterable[Candidate]:
    groups: dict[str, list[FileFacts]] = {}
    for file in with_release_folders(files):
        if file.layout is not None and file.scripts and not foreign_name(file.path):
            groups.setdefault(file.layout.folder, []).append(file)
    for folder, group in sorted(groups.items()):
        for label, part in _by_dialect(folder, group):
            migrations = order_layouts(part)
            if migrations:
                yield candidate_of("sql-migrations", label, migrations, part, files)


def _by_dialect(folder: str, group: Sequence[FileFacts]) -> Iterable[tuple[str, Sequence[FileFacts]]]:
    """One timeline, or one a dialect where files say of themselves whose they are (`04_users.sql.postgres`, `04_users.sqlite.up.sql`).

    A file for one dialect takes the place of that for all.
    """
    named = {file.path: file.layout.dialect if file.layout is not None else None for file in group}
    dialects = sorted({dialect for dialect in named.values() if dialect is not None})
    if len(dialects) < 2:
        return [(folder, group)]
    return [(f"{folder}/*.{dialect}", list(_for_dialect(dialect, group, named))) for dialect in dialects]


def _for_dialect(
    dialect: Dialect, group: Sequence[FileFacts], named: Mapping[str, Dialect | None]
) -> Iterator[FileFacts]:
    own = {_step(file) for file in group if named[file.path] == dialect}
    for file in group:
        if named[file.path] == dialect or (named[file.path] is None and _step(file) not in own):
            yield file


def _step(file: FileFacts) -> tuple[object, ...]:
    layout = file.layout
    return (layout.version, layout.name, layout.direction) if layout is not None else ()


def _plain(files: Sequence[FileFacts]) -> Iterable[Candidate]:
    """Schema files of one folder are one schema, but for those whose names say their dialect."""
    groups: dict[tuple[str, str], list[FileFacts]] = {}
    for file in files:
        if file.language == "sql" and file.role == "schema" and file.layout is None:
            folder, _, name = file.path.rpartition("/")
            groups.setdefault((folder, named_dialect(name) or ""), []).append(file)
    for (folder, _), group in sorted(groups.items()):
        migrations = order_plain(group, "sql")
        if any(migration.up for migration in migrations):
            path = group[0].path if len(group) == 1 else folder
            yield candidate_of("schema-sql", path, migrations, group, files)


def _configured(schema: SchemaConfig, files: Sequence[FileFacts]) -> Candidate:
    group = [
        file for file in files if file.language == "sql" and any(is_inside(file.path, path) for path in schema.paths)
    ]
    laid_out = [file for file in group if file.layout is not None]
    plain = [file for file in group if file.layout is None]
    migrations = (*order_layouts(laid_out), *order_plain(plain, schema.tool or "sql"))
    path = schema.paths[0] if schema.paths else ""
    candidate = candidate_of("config", path, migrations, group, files)
    dialect, evidence = (
        (schema.dialect, "the configuration says so") if schema.dialect else (candidate.dialect, candidate.evidence)
    )
    return Candidate(
        "config", candidate.tool, path, migrations, candidate.project, dialect, evidence, apart=False, config=schema
    )


def candidate_of(
    kind: SourceKind,
    path: str,
    migrations: tuple[Migration, ...],
    group: Sequence[FileFacts],
    files: Sequence[FileFacts],
    known: Dialect | None = None,
) -> Candidate:
    """A candidate with what its files and their project say of it; `known` is the dialect where that is no question."""
    project = group[0].project if group else Project("")
    beside = [file for file in files if file.project.path == project.path]
    connections = [found for file in beside for found in file.connections]
    used = Counter(query.dialect_hint for file in beside for query in file.queries)
    texts = tuple(text for migration in migrations for text in migration.up)
    said = known or _said(group, migrations)
    dialect, evidence = (
        find_dialect(path, texts, project, connections, used)
        if said is None
        else (said, "the folder, or what the tool keeps in it, names it")
    )
    migrations = tuple(migration for migration in migrations if dialect in migration.dialects)
    if dialect == "mysql":
        # Definitions commit at once (https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html).
        migrations = tuple(replace(migration, transactional=False) for migration in migrations)
    # What a tool prints of a schema for the compiler is what the code speaks of.
    roles = {file.role for file in group} - ({"generated"} if kind == "models" else set())
    apart = not roles.isdisjoint(_APART_ROLES) or is_apart(path)
    tool = migrations[0].tool if migrations else ""
    inside = path.removeprefix(project.path).strip("/").lower().split("/")
    in_tests = any(file.role == "test" for file in group) or not _APART.isdisjoint(inside)
    foreign = foreign_engine(path) or foreign_system(text.skeleton for text in texts)
    return Candidate(kind, tool, path, migrations, project, dialect, evidence, apart, foreign, in_tests=in_tests)


def _said(group: Sequence[FileFacts], migrations: Iterable[Migration]) -> Dialect | None:
    """The dialect that all files of a timeline name, or the one that all of its migrations run on that name any."""
    told = {file.layout.dialect for file in group if file.layout is not None}
    if told == {None}:
        named = {migration.dialects for migration in migrations} - {DIALECTS, ()}
        return next(iter(named))[0] if len(named) == 1 and all(len(one) == 1 for one in named) else None
    return told.pop() if len(told) == 1 else None


def is_apart(path: str) -> bool:
    """Whether a path names tests, examples or foreign code."""
    return not _APART.isdisjoint(path.lower().split("/"))


def is_inside(path: str, folder: str) -> bool:
    """A path is the folder's, or the folder itself; "" and "." hold everything."""
    folder = folder.strip("/").removeprefix("./")
    return folder in ("", ".") or path == folder or path.startswith(f"{folder}/")
