"""The changesets of a Liquibase file of SQL.

What comes in: the bytes of a file that begins with `--liquibase formatted sql`. What goes out: where each changeset's statements stand, and its
attributes. Ways back stand in comments, which no engine reads. Source of the grammar: liquibase-standard, `AbstractFormattedChangeLogParser`.
This module does not know SQL.
"""

import re
from collections.abc import Iterator

from analyzer.facts.file import Changeset
from analyzer.facts.source import DIALECTS, Dialect

_HEADER = re.compile(
    rb"^[ \t]*--[ \t]*changeset[ \t]+(?P<author>\"[^\"\n]+\"|[^:\s][^:\n]*):[ \t]*(?P<id>\"[^\"\n]+\"|\S+)(?P<attributes>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ATTRIBUTE = re.compile(rb"\b(\w{2,30}):(\"[^\"]{0,200}\"|\S{1,200})")
_PRECONDITION = re.compile(rb"^[ \t]*--[ \t]*precondition", re.IGNORECASE | re.MULTILINE)
_FORMATTED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b", re.IGNORECASE)
_ENGINES: dict[str, Dialect] = {
    "postgresql": "postgres", "postgres": "postgres", "cockroachdb": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite",
}  # fmt: skip


def changesets(content: bytes) -> Iterator[tuple[int, int, Changeset]]:
    """(start, end, changeset) of each one that is not ignored; none of another file."""
    headers = list(_HEADER.finditer(content)) if _FORMATTED.search(content) else []
    for index, header in enumerate(headers):
        end = headers[index + 1].start() if index + 1 < len(headers) else len(content)
        told = {
            match[1].decode("utf-8", "replace").lower(): match[2].decode("utf-8", "replace").strip('"')
            for match in _ATTRIBUTE.finditer(header["attributes"])
        }
        if told.get("ignore") == "true":
            continue
        guarded = _PRECONDITION.search(content, header.end(), end) is not None
        yield (
            min(header.end() + 1, end),
            end,
            Changeset(
                f"{_word(header['author'])}:{_word(header['id'])}",
                _dialects(told.get("dbms", "")),
                transactional=told.get("runintransaction") != "false",
                guarded=guarded or not {"context", "contextfilter"}.isdisjoint(told),
                tolerated=told.get("failonerror") == "false",
            ),
        )


def _word(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip().strip('"')


def _dialects(dbms: str) -> tuple[Dialect, ...]:
    """`postgresql,mysql` names engines, `!h2` leaves one out; none named is all."""
    names = [name.strip().lower() for name in dbms.split(",") if name.strip()]
    without = {_ENGINES.get(name[1:]) for name in names if name.startswith("!")}
    named = {_ENGINES.get(name) for name in names if not name.startswith("!")}
    if "all" in names or not names:
        return DIALECTS
    return tuple(one for one in DIALECTS if one not in without and (one in named or not named))
