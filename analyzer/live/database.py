"""A database file -> what it holds, as evidence.

What comes in: a path, and how to write it. What goes out: a Rival. A committed file is hostile input like any other, and the library that opens
it is no parser of ours: it runs in a process of its own that has a time limit, and the file is opened read-only and as one that nothing
changes. This module does not know which schema is live.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from analyzer.catalog.schema import Schema
from analyzer.discover.walk import SQLITE_MAGIC
from analyzer.facts.change import SchemaChange
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.live.contents import Contents
from analyzer.schema.fold.replay import apply
from analyzer.schema.history import Rival, SchemaSource
from analyzer.sql.ddl.read import read_changes

_LFS = b"version https://git-lfs"
_SECONDS = 30.0
_REASON = "evidence: it decides what the migrations leave unknown"


class UnreadableDatabaseError(Exception):
    """A file that cannot serve as evidence; the message names it and says why."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} {why}")


def read_database(path: Path, shown: str, *, seconds: float = _SECONDS) -> Rival:
    """What a SQLite file holds; `shown` is its path in what is printed. UnreadableDatabaseError where it is none, is broken or takes too long."""
    _refuse_others(path, shown)
    contents = msgspec.msgpack.decode(_inspected(path, shown, seconds), type=Contents)
    schema = _folded(Schema("", "sqlite"), contents.tables)
    for view in contents.views:
        span = Span(shown, 0, 0)
        text = Text(span, (LiteralPart(view, span, ()),))
        schema = _folded(schema, _located(read_changes(text, "sqlite"), span))
    return Rival(SchemaSource("database", "sqlite", shown, live=False, reason=_REASON), schema, "")


def _refuse_others(path: Path, shown: str) -> None:
    try:
        # A pipe would be waited for.
        if not path.is_file():
            raise UnreadableDatabaseError(shown, "is no regular file")
        with path.open("rb") as stream:
            head = stream.read(len(_LFS))
    except OSError as error:
        raise UnreadableDatabaseError(shown, f"cannot be read: {(error.strerror or 'failed').lower()}") from error
    if not head:
        raise UnreadableDatabaseError(shown, "is empty: no SQLite database was ever written to it")
    if head == _LFS:
        raise UnreadableDatabaseError(shown, "is a pointer to a file that Git LFS keeps: fetch it first")
    if not head.startswith(SQLITE_MAGIC):
        raise UnreadableDatabaseError(shown, "is no SQLite database")


def _inspected(path: Path, shown: str, seconds: float) -> bytes:
    # -P, and no empty entry: the current folder may be the analysed repository, whose modules must not be imported.
    paths = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-P", "-m", "analyzer.live.inspection", str(path.absolute()), shown]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter with our own module; the path is one argument
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDatabaseError(shown, "takes too long to read") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableDatabaseError(shown, f"cannot be read: {said[-1] if said else 'its reader crashed'}")
    return done.stdout


def _located(changes: Iterable[SchemaChange], span: Span) -> Iterable[SchemaChange]:
    """A file of bytes has no lines: all of it is at its beginning."""
    return (msgspec.structs.replace(change, span=span) for change in changes)


def _folded(schema: Schema, changes: Iterable[SchemaChange]) -> Schema:
    for change in changes:
        schema, _ = apply(schema, change)
    return schema
