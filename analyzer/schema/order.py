"""Files of one timeline -> migrations in the order their tool runs them.

What comes in: FileFacts with a layout, or plain SQL files. What goes out: Migrations, up and down files paired by version. This module
does not know what the scripts do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from analyzer.discover.naming import LAST
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.source import Span
from analyzer.facts.text import Text

Version = tuple[int | str, ...]
# Runners that stop at the first migration that fails, by their documentation.
_STOPPING = frozenset({
    "sqlx", "diesel", "prisma", "drizzle", "flyway", "refinery", "goose", "dbmate", "sql-migrate", "node-pg-migrate", "graphile-migrate",
    "liquibase", "rusqlite_migration", "yoyo", "postgrator", "golang-migrate", "supabase",
    "wrangler", "postgres-migrations",
})  # fmt: skip
_RELEASE = re.compile(r"v?\d{1,6}(?:[._-]\d{1,6}){0,3}")


def sort_key(version: Version) -> tuple[tuple[int, int, str], ...]:
    """Numbers by value and before words."""
    return tuple((0, part, "") if isinstance(part, int) else (1, 0, part) for part in version)


def with_release_folders(files: Iterable[FileFacts]) -> tuple[FileFacts, ...]:
    """Folders named for releases beside each other (`0.9/`, `0.10/`) are one timeline: the release comes before the file's version."""
    known = tuple(files)
    releases: dict[str, set[str]] = {}
    for file in known:
        parent, _, name = file.layout.folder.rpartition("/") if file.layout is not None else ("", "", "")
        if _RELEASE.fullmatch(name):
            releases.setdefault(parent, set()).add(name)
    return tuple(_in_release(file, releases) for file in known)


def _in_release(file: FileFacts, releases: Mapping[str, set[str]]) -> FileFacts:
    layout = file.layout
    parent, _, name = layout.folder.rpartition("/") if layout is not None else ("", "", "")
    if layout is None or len(releases.get(parent, ())) < 2 or not _RELEASE.fullmatch(name):
        return file
    release = tuple(int(number) for number in re.findall(r"\d+", name))
    return replace(file, layout=replace(layout, folder=f"{parent}/*", version=(*release, *layout.version)))


def _texts(file: FileFacts, direction: str) -> tuple[Text, ...]:
    """A down file's text is a way down whatever its script says."""
    layout = file.layout
    if layout is not None and layout.direction in ("up", "down"):
        return tuple(script.text for script in file.scripts) if layout.direction == direction else ()
    return tuple(script.text for script in file.scripts if script.direction == direction)


def order_layouts(files: Iterable[FileFacts]) -> tuple[Migration, ...]:
    """One migration for each version and name; a version's way down alone is none."""
    groups: dict[tuple[tuple[tuple[int, int, str], ...], str], list[FileFacts]] = {}
    for file in sorted(files, key=lambda file: file.path):
        if file.layout is not None:
            groups.setdefault((sort_key(file.layout.version), file.layout.name), []).append(file)
    migrations = []
    for _, group in sorted(groups.items()):
        if any(script.changeset is not None for file in group for script in file.scripts):
            migrations += [one for file in group for one in _changesets(file)]
            continue
        first = next((file for file in group if file.layout and file.layout.direction != "down"), None)
        if first is not None and first.layout is not None:
            layout = first.layout
            up = tuple(text for file in group for text in _texts(file, "up"))
            down = tuple(text for file in group for text in _texts(file, "down"))
            migrations.append(
                Migration(
                    _span(first),
                    _id(first),
                    layout.tool,
                    layout.version,
                    up,
                    down,
                    registered=layout.registered,
                    named=layout.named,
                    transactional=layout.transactional,
                    stops=layout.tool in _STOPPING,
                    batch=layout.batch,
                    behind=layout.behind,
                )
            )
    return tuple(_without_copies(migrations))


def _without_copies(migrations: Iterable[Migration]) -> Iterator[Migration]:
    """Of two files of one version and one text, where no tool is known, one is the other under a former name."""
    seen: set[tuple[object, ...]] = set()
    for migration in migrations:
        text = tuple(text.skeleton.split() for text in migration.up)
        key = (migration.version, *(tuple(words) for words in text))
        if migration.tool != "numbered" or key not in seen:
            yield migration
        seen.add(key)


def _changesets(file: FileFacts) -> Iterator[Migration]:
    """A file of several migrations, in its order."""
    layout = file.layout
    for at, script in enumerate(file.scripts):
        if layout is not None and script.changeset is not None:
            one, first = script.changeset, frozenset({0})
            yield Migration(
                script.text.span,
                one.id,
                layout.tool,
                (*layout.version, at),
                (script.text,),
                registered=layout.registered,
                transactional=layout.transactional and one.transactional,
                guarded=first if one.guarded else frozenset(),
                caught=first if one.tolerated else frozenset(),
                stops=layout.tool in _STOPPING,
                batch=layout.batch,
                dialects=one.dialects,
            )


def order_plain(files: Iterable[FileFacts], tool: str) -> tuple[Migration, ...]:
    """Files without a layout, by path: each is a step."""
    return tuple(
        Migration(
            _span(file), _id(file), tool, (file.path,), _texts(file, "up"), _texts(file, "down"), transactional=False
        )
        for file in sorted(files, key=lambda file: file.path)
    )


def _id(file: FileFacts) -> str:
    if file.layout is None:
        return file.path.rpartition("/")[2]
    words = [str(part) for part in file.layout.version if part != LAST]
    # The names of Prisma's folders are versions whole.
    return "_".join(words if any(word.endswith(file.layout.name) for word in words) else [*words, file.layout.name])


def _span(file: FileFacts) -> Span:
    end = max((script.text.span.end for script in file.scripts), default=0)
    return Span(file.path, 0, end)
