"""What tools keep beside their migrations: drizzle's journal or snapshots, and prisma's lock file.

What comes in: RawFiles. What goes out: a Journal by the folder of its migrations, and a FileError for each that cannot be read. This
module does not know the migrations themselves.

Sources: `meta/_journal.json` as drizzle-kit writes it (entries in the order they run); from 1.0 on it writes a folder with `migration.sql` and
`snapshot.json` for each migration and no journal (https://orm.drizzle.team/docs/upgrade-v1); `migration_lock.toml` of
https://www.prisma.io/docs/orm/prisma-migrate.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from analyzer.discover.files import RawFile
from analyzer.discover.manifest import table, text
from analyzer.discover.naming import ENGINES
from analyzer.facts.file import FileError
from analyzer.facts.source import Dialect

_DRIZZLE = "meta/_journal.json"
_PRISMA = "migration_lock.toml"
_FOLDER = re.compile(r"(?:^|/)[0-9]{14}_[^/]+/snapshot\.json$")
_DIALECT = re.compile(rb'"dialect"\s*:\s*"([a-z]{1,20})"')
_HEAD = 4096


class Journal(Struct, frozen=True):
    """`positions` gives the place of each tag in the order of running; `dialect` is what the tool says of its database. `behind` names for each
    tag that is stamped no later than one before it that one: drizzle-orm runs what is stamped later than the last that ran, in `migrate` of
    each dialect.
    """

    tool: str
    positions: Mapping[str, int] = {}
    dialect: Dialect | None = None
    behind: Mapping[str, str] = {}


def find_journals(files: Iterable[RawFile]) -> tuple[dict[str, Journal], tuple[FileError, ...]]:
    """Journals by folder ("" for the root), and what could not be read."""
    journals: dict[str, Journal] = {}
    errors = []
    for file in files:
        if _FOLDER.search(file.path) and (dialect := _DIALECT.search(file.content, 0, _HEAD)):
            folder = file.path.rpartition("/")[0].rpartition("/")[0]
            journals.setdefault(folder, Journal("drizzle", {}, ENGINES.get(dialect[1].decode())))
        for ending, read in ((_DRIZZLE, _read_drizzle), (_PRISMA, _read_prisma)):
            if not f"/{file.path}".endswith(f"/{ending}"):
                continue
            try:
                journals[file.path.removesuffix(ending).removesuffix("/")] = read(file.content)
            except (ValueError, RecursionError) as error:
                errors.append(FileError(file.path, f"journal not understood: {error}"))
    return journals, tuple(errors)


def _read_drizzle(content: bytes) -> Journal:
    document = json.loads(content)
    entries = document.get("entries") if isinstance(document, dict) else None
    tags = [text(table(entry).get("tag")) for entry in entries] if isinstance(entries, list) else []
    positions = {tag: position for position, tag in enumerate(tags) if tag}
    stamps = [table(entry).get("when") for entry in entries] if isinstance(entries, list) else []
    return Journal("drizzle", positions, ENGINES.get(text(table(document).get("dialect"))), _behind(tags, stamps))


def _behind(tags: Sequence[str], stamps: Sequence[object]) -> dict[str, str]:
    found: dict[str, str] = {}
    last, latest = "", None
    for tag, stamp in zip(tags, stamps, strict=True):
        if isinstance(stamp, int | float):
            if latest is not None and stamp <= latest:
                found[tag] = last
            else:
                last, latest = tag, stamp
    return found


def _read_prisma(content: bytes) -> Journal:
    document = tomllib.loads(content.decode("utf-8-sig"))
    return Journal("prisma", {}, ENGINES.get(text(document.get("provider"))))
