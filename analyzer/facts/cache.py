"""What a build keeps of a database it has seen, and what it says of the database it expects.

Entries of sqlx's query cache, and settings of the build. Whether an entry still holds is not known here.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span


class CachedColumn(Struct, frozen=True):
    """A column of a cached result. `type` is the driver's own name of it, "" where it has none; `nullable` is None where unknown."""

    name: str
    type: str = ""
    nullable: bool | None = None


class CachedQuery(Struct, frozen=True):
    """One entry: a text that a database once accepted, and what it gave back.

    `dialect` is that database's, "" for one of no known name; `hash` is the entry's key as written; `parameters` are the driver's names of
    their types, and `parameter_count` their number where that alone was kept.
    """

    span: Span
    hash: str
    text: str
    dialect: str = ""
    columns: tuple[CachedColumn, ...] = ()
    parameters: tuple[str, ...] = ()
    parameter_count: int = 0


class BuildSetting(Struct, frozen=True):
    """A word on how queries are checked at build time, or how a database is made.

    "database": a database is named or set up; "prepare": the cache is written anew; "offline": the build must do with the cache; "push": a tool makes
    the database like the code without migrations; "migrate": a tool runs migrations. `text` is the command of a push, `script` the name under which a package.json keeps it.
    """

    span: Span
    kind: Literal["database", "prepare", "offline", "push", "migrate"]
    text: str = ""
    script: str = ""
