"""A step of a schema's history, as its tool keeps it. This module does not know in which order steps run."""

from msgspec import Struct

from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text


class Migration(Struct, frozen=True):
    """`version` sorts as the tool sorts. `up` are the texts that build, `down` those that take apart and are never applied.

    `registered` is False where the tool's own journal does not run it, `named` where no tool is known and nothing else names it. `guarded` and `caught` are indexes of `up`: texts that need not
    run, and texts whose failure stops nothing. `stops` is True where a failure keeps what is left, and all later migrations, from running.
    `transactional` is True where the tool is known to run all of it in one transaction. `batch` is True where each text is sent as one
    query: PostgreSQL runs several statements of one query as one transaction, a single one in none. It runs on databases of `dialects`.
    `parents` are the ids it comes behind where migrations name one another, `lost` those that no file has, `labels` names of its branch.
    `behind` names the file of the one that must not have run before it: where it did, the tool never runs this.
    """

    span: Span
    id: str
    tool: str
    version: tuple[int | str, ...]
    up: tuple[Text, ...]
    down: tuple[Text, ...] = ()
    registered: bool = True
    named: bool = True
    transactional: bool = True
    guarded: frozenset[int] = frozenset()
    caught: frozenset[int] = frozenset()
    stops: bool = False
    batch: bool = False
    dialects: tuple[Dialect, ...] = DIALECTS
    behind: str = ""
    parents: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
