"""Migrations that modules of the host language write, in the order that their names for one another give.

What comes in: FileFacts. What goes out: one Candidate for each history of a tool's revisions, its migrations in the order of `traversal`. This module does
not know any tool.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx
from msgspec.structs import replace

from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.revision import Operation, Revision
from analyzer.facts.source import DIALECTS, Dialect
from analyzer.facts.text import Text
from analyzer.schema.evidence import configured_dialect
from analyzer.schema.sources import Candidate, candidate_of, is_inside
from analyzer.schema.traversal import run_order

# What tools of this kind are configured by.
_SETTINGS = frozenset({"alembic.ini"})
# Tool, database, folder.
_Place = tuple[str, str, str]


def revision_candidates(files: Sequence[FileFacts]) -> Iterator[Candidate]:
    """One candidate a tool, database and folder, or several folders whose revisions name one another."""
    groups: dict[_Place, list[tuple[FileFacts, Revision]]] = {}
    for file in sorted(files, key=lambda file: file.path):
        for revision in file.revisions:
            groups.setdefault((revision.tool, revision.database, _folder(file)), []).append((file, revision))
    for places in _together(groups):
        group = [entry for place in places for entry in groups[place]]
        revisions = in_order([revision for _, revision in group])
        homes = list({file.path: file for file, _ in group}.values())
        path = places[0][2]
        dialect, evidence = _configured(path, files), "the tool's own configuration names its database"
        if dialect is None:
            told = candidate_of("revisions", path, as_migrations(revisions, None), homes, files)
            dialect, evidence = told.dialect, told.evidence
        found = candidate_of("revisions", path, as_migrations(revisions, dialect), homes, files, dialect)
        yield replace(found, evidence=evidence)


def _configured(path: str, files: Sequence[FileFacts]) -> Dialect | None:
    """What `alembic.ini` above a history, or the `env.py` beside it, connects to."""
    script = path.removesuffix("/versions")
    own = [file for file in files if file.path == f"{script}/env.py"]
    own += [
        file
        for file in files
        if file.path.rpartition("/")[2] in _SETTINGS and is_inside(path, file.path.rpartition("/")[0])
    ]
    return configured_dialect(one for file in own for one in file.connections)


def _together(groups: Mapping[_Place, list[tuple[FileFacts, Revision]]]) -> list[list[_Place]]:
    """Folders that are one history: a revision of one comes behind a revision that only the other has."""
    graph = nx.Graph()
    graph.add_nodes_from(groups)
    ids = {place: {one.id for _, one in group} for place, group in groups.items()}
    for place, group in groups.items():
        for name in {name for _, one in group for name in (*one.parents, *one.needs)} - ids[place]:
            homes = [other for other in groups if other[:2] == place[:2] and name in ids[other]]
            if len(homes) == 1:
                graph.add_edge(place, homes[0])
    return sorted(sorted(places) for places in nx.connected_components(graph))


def as_migrations(revisions: Sequence[Revision], dialect: Dialect | None) -> tuple[Migration, ...]:
    """Revisions as they run on one dialect, in the order in which they are given."""
    known = frozenset(name for one in revisions for name in (one.id, *one.labels, *one.replaces))
    last = {one.id: one for one in revisions}
    return tuple(_migration(one, at, dialect, known, last[one.id] is one) for at, one in enumerate(revisions))


def _folder(file: FileFacts) -> str:
    """The folder of a history: years and branches may have folders of their own below `versions`."""
    folder = file.path.rpartition("/")[0]
    head, found, _ = folder.partition("/versions")
    return f"{head}/versions" if found else folder


def in_order(revisions: Sequence[Revision]) -> list[Revision]:
    """Parents, and what a revision needs, before it; one that does the work of others stands in their place."""
    replaced = {name for one in revisions for name in one.replaces}
    kept = [one for one in revisions if one.id not in replaced]
    by_id = {name: one for one in kept for name in (*one.labels, *one.replaces, one.id)}
    known = {_key(one): one for one in kept}

    def keys(one: Revision, names: Sequence[str]) -> list[str]:
        found = (by_id.get(name) for name in names)
        return [_key(other) for other in found if other is not None and other is not one]

    parents = {_key(one): keys(one, one.parents) for one in kept}
    needs = {_key(one): keys(one, one.needs) for one in kept}
    return [known[key] for key in run_order(parents, needs)]


def _key(revision: Revision) -> str:
    return f"{revision.span.path}:{revision.span.start}:{revision.id}"


def _migration(revision: Revision, at: int, dialect: Dialect | None, known: frozenset[str], is_last: bool) -> Migration:
    """A revision as it runs on one dialect; what it sends to all where that is not known yet. Of two with one id only the last runs."""
    up, down = (_sent(operations if is_last else (), dialect) for operations in (revision.up, revision.down))
    # What has nothing to take back on this dialect has a way down all the same.
    back = _texts(down) or tuple(Text(one.text.span, ()) for one in revision.down[:1])
    return Migration(
        revision.span,
        revision.id,
        revision.tool,
        (at,),
        _texts(up),
        back,
        transactional=revision.transactional,
        guarded=frozenset(at for at, one in enumerate(up) if one.guarded),
        caught=frozenset(at for at, one in enumerate(up) if one.caught),
        stops=True,
        parents=revision.parents,
        lost=tuple(name for name in revision.parents if name not in known),
        labels=revision.labels,
    )


def _sent(operations: Iterable[Operation], dialect: Dialect | None) -> tuple[Operation, ...]:
    return tuple(one for one in operations if dialect in one.dialects or (dialect is None and one.dialects == DIALECTS))


def _texts(operations: Iterable[Operation]) -> tuple[Text, ...]:
    return tuple(one.text for one in operations)
