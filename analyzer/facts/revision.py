"""Migrations that the host language writes, one file each, tied to one another by name.

This module does not know in which order they run.
"""

from msgspec import Struct

from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text


class Operation(Struct, frozen=True):
    """A statement that a migration sends. `guarded` is True where it need not run, `caught` where its failure stops nothing.

    It runs on databases of `dialects`. Where `calls` names a function of another file, it is what that function sends with `arguments`: by place
    or by name. `text` has a hole where a part is not known; it is one hole where nothing is.
    """

    text: Text
    guarded: bool = False
    caught: bool = False
    dialects: tuple[Dialect, ...] = DIALECTS
    calls: str = ""
    arguments: tuple[tuple[int | str, Text], ...] = ()


class Routine(Struct, frozen=True):
    """A function that migrations of other files call, with what it sends. `defaults` are what parameters are that a call does not give."""

    span: Span
    name: str
    parameters: tuple[str, ...]
    operations: tuple[Operation, ...]
    defaults: tuple[tuple[str, Text], ...] = ()


class Revision(Struct, frozen=True):
    """A step of a history. `parents` are ids it comes behind, `needs` ids of other branches that must have run, `replaces` ids whose work it does.

    `labels` are further names of it; `database` tells the histories of one folder apart. `transactional` is False where a part of it runs outside of a transaction.
    """

    span: Span
    id: str
    tool: str
    parents: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    up: tuple[Operation, ...] = ()
    down: tuple[Operation, ...] = ()
    transactional: bool = True
    database: str = ""
