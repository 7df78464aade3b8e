"""Databases that were given as evidence, beside the sources of the repository.

What comes in: a Survey, and what each database holds. What goes out: the Survey with them: rivals of the live schema, or the schema itself
where nothing else is live. This module does not know how a database is read.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from analyzer.facts.file import FileFacts
from analyzer.schema.history import History, Rival, SchemaSource, Survey
from analyzer.schema.sources import is_inside


def with_databases(found: Survey, evidence: Iterable[Rival], files: Sequence[FileFacts]) -> Survey:
    """Tests may build a schema too: that is none of the code's, and a database is."""
    given = [replace(one, project=_project(one.source.path, files)) for one in evidence]
    if any(history.serves for history in found.histories):
        sources = (*found.sources, *(one.source for one in given))
        histories = tuple(
            replace(history, sources=(*history.sources, *(one.source for one in given))) for history in found.histories
        )
        return replace(found, histories=histories, sources=sources, rivals=(*found.rivals, *given))
    given = [replace(one, source=_live(one.source)) for one in given]
    sources = (*found.sources, *(one.source for one in given))
    names = _names([one.source.path for one in given], {history.schema.name for history in found.histories})
    made = (_history(one, name, sources) for one, name in zip(given, names, strict=True))
    return replace(found, histories=(*found.histories, *made), sources=sources)


def _live(source: SchemaSource) -> SchemaSource:
    return replace(source, live=True, reason="it was given as evidence, and no other source is live")


def _history(one: Rival, name: str, sources: tuple[SchemaSource, ...]) -> History:
    others = (source for source in sources if source != one.source)
    schema = replace(one.schema, name=name)
    return History(schema, (one.source, *others), (), ("",), schema.dialect, "the database says so itself")


def _names(paths: Sequence[str], taken: set[str]) -> list[str]:
    """One alone is "main"; else each is called as its file is, made unique."""
    names: list[str] = []
    for path in paths:
        name = "main" if len(paths) == 1 else path.rpartition("/")[2].partition(".")[0] or "main"
        unique, number = name, 1
        while unique in taken or unique in names:
            number += 1
            unique = f"{name}-{number}"
        names.append(unique)
    return names


def _project(path: str, files: Sequence[FileFacts]) -> str:
    """The nearest manifest's folder around the file."""
    folders = {file.project.path for file in files if is_inside(path, file.project.path)}
    return max(folders, key=len, default="")
