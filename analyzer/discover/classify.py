"""Files -> Sources: language, role, project and layout of each.

What comes in: RawFiles, from a disk, a corpus or an editor. What goes out: Sources in the order of their paths. Pure: this module does
not read the disk and does not know what code says.
"""

from collections.abc import Iterable, Mapping

from analyzer.discover.files import RawFile
from analyzer.discover.languages import language_of
from analyzer.discover.layouts import find_layouts, read_journal
from analyzer.discover.projects import find_projects
from analyzer.discover.roles import place_role, role_of
from analyzer.facts.file import FileError
from analyzer.facts.source import Source

_JOURNAL = "meta/_journal.json"


def discover(files: Iterable[RawFile]) -> tuple[Source, ...]:
    """Classified sources, sorted by path. Files of no known language are left out; of two with one path the later counts."""
    known = _known(files)
    projects = find_projects(known.values())
    journals, _ = _journals(known.values())
    layouts = find_layouts((file for path, file in known.items() if place_role(path) is None), journals, projects)
    sources = []
    for path in sorted(known):
        language = language_of(path)
        if language is None:
            continue
        content, layout = known[path].content, layouts.get(path)
        role = role_of(path, content, language, layout)
        sources.append(Source(path, content, language, role, projects.of(path, language), layout))
    return tuple(sources)


def manifest_errors(files: Iterable[RawFile]) -> tuple[FileError, ...]:
    """What could not be read of manifests and journals, sorted by path."""
    known = _known(files)
    errors = (*find_projects(known.values()).errors, *_journals(known.values())[1])
    return tuple(sorted(errors, key=lambda error: error.path))


def _known(files: Iterable[RawFile]) -> dict[str, RawFile]:
    return {file.path: file for file in files if language_of(file.path) is not None}


def _journals(files: Iterable[RawFile]) -> tuple[Mapping[str, tuple[str, ...]], tuple[FileError, ...]]:
    """Drizzle's journals by the folder of their migrations."""
    journals: dict[str, tuple[str, ...]] = {}
    errors = []
    for file in files:
        if f"/{file.path}".endswith(f"/{_JOURNAL}"):
            try:
                journals[file.path.removesuffix(_JOURNAL).removesuffix("/")] = read_journal(file.content)
            except (ValueError, RecursionError) as error:
                errors.append(FileError(file.path, f"journal not understood: {error}"))
    return journals, tuple(errors)
