"""Files -> Sources: language, role, project and layout of each.

What comes in: RawFiles, from a disk, a corpus or an editor. What goes out: Sources in the order of their paths. Pure: this module does
not read the disk and does not know what code says.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from analyzer.discover.changelogs import find_changelogs
from analyzer.discover.files import RawFile
from analyzer.discover.journals import find_journals
from analyzer.discover.languages import language_of
from analyzer.discover.layouts import find_layouts
from analyzer.discover.mentions import find_unnamed
from analyzer.discover.projects import find_projects
from analyzer.discover.roles import place_role, role_of
from analyzer.discover.snapshots import find_snapshots
from analyzer.facts.file import FileError
from analyzer.facts.source import Source


def discover(files: Iterable[RawFile]) -> tuple[Source, ...]:
    """Classified sources, sorted by path. Files of no known language are left out; of two with one path the later counts."""
    known = _known(files)
    projects = find_projects(known.values())
    journals, _ = find_journals(known.values())
    changelogs = find_changelogs(known.values())
    layouts = find_layouts(
        (file for path, file in known.items() if place_role(path) in (None, "test")), journals, projects, changelogs
    )
    folders = frozenset(layout.folder for layout in layouts.values())
    layouts |= {path: replace(layouts[path], named=False) for path in find_unnamed(known.values(), layouts)}
    layouts |= find_snapshots(known, layouts)
    sources = []
    for path in sorted(known):
        language = language_of(path)
        content, layout = known[path].content, layouts.get(path)
        if language is None or language == "shell" or (layout is None and path.endswith("snapshot.json")):
            continue
        role = role_of(path, content, language, layout, beside_migrations=path.rpartition("/")[0] in folders)
        sources.append(Source(path, content, language, role, projects.of(path, language), layout))
    return tuple(sources)


def manifest_errors(files: Iterable[RawFile]) -> tuple[FileError, ...]:
    """What could not be read of manifests and journals, sorted by path."""
    known = _known(files)
    errors = (*find_projects(known.values()).errors, *find_journals(known.values())[1])
    return tuple(sorted(errors, key=lambda error: error.path))


def _known(files: Iterable[RawFile]) -> dict[str, RawFile]:
    return {file.path: file for file in files if language_of(file.path) is not None}
