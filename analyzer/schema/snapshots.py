"""Snapshots that a tool keeps of the whole schema, as evidence beside the migrations.

What comes in: FileFacts. What goes out: a Rival for each snapshot, with the migration that it was made with. This module does not know formats,
nor which of the two is right.
"""

from collections.abc import Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.facts.file import FileFacts
from analyzer.facts.snapshot import Snapshot
from analyzer.schema.fold.replay import apply
from analyzer.schema.history import Rival, SchemaSource
from analyzer.schema.sources import is_apart

_REASON = "a snapshot that the tool keeps of the whole schema: evidence"


def snapshots(files: Sequence[FileFacts]) -> Iterator[Rival]:
    """Every snapshot whose migration is there."""
    migrations = {file.layout: file.path for file in files if file.layout is not None and file.language == "sql"}
    for file in files:
        if file.snapshot is not None and file.layout in migrations:
            source = SchemaSource("snapshot", file.layout.tool, file.path, live=False, reason=_REASON)
            yield Rival(
                source,
                made(file.snapshot),
                file.project.path,
                apart=is_apart(file.path),
                migration=migrations[file.layout],
            )


def made(snapshot: Snapshot) -> Schema:
    """The schema that a snapshot describes."""
    schema = Schema("", snapshot.dialect)
    for change in snapshot.changes:
        schema, _ = apply(schema, change)
    return schema
