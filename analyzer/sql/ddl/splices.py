"""Holes in definitions: how they are written so that the readers go on, and what a name with a hole still says.

What comes in: an EmbeddedSql, names as they were read. What goes out: the same text with every hole as a word of the same length, object
names, patterns of names. This module does not know statements.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from analyzer.facts.clause import ObjectName
from analyzer.sql.embed import EmbeddedSql
from analyzer.sql.scan import scan

# As long as the `{}` it stands for: a letter without case, so a word to every lexer, and of no alphabet in use.
HOLE = "\ua7ff\ua7ff"
_VERSIONED = re.compile(r"/\*M?!(\d{5,6})?(?![\d\\])")
_NEWEST = 130000
_SHORTEST = 3  # characters of a name's end that say which name it is


def reveal(source: EmbeddedSql) -> EmbeddedSql:
    """MySQL's versioned comments are code: `/*!40101 ... */` with blanks for its marks; every offset stays.

    "Comments" of MySQL's manual: what stands behind a version that MySQL 8 has not reached is a comment. MariaDB's own are of versions from 100000 on.
    """
    sql = source.sql
    if "/*!" not in sql and "/*M!" not in sql:
        return source
    out = list(sql)
    for token in scan(sql, "mysql"):
        opening = _VERSIONED.match(sql, token.start) if token.kind == "comment" and token.closed else None
        if opening is not None and int(opening[1] or 0) < _NEWEST:
            for at in (*range(token.start, opening.end()), token.end - 2, token.end - 1):
                out[at] = " "
    return replace(source, sql="".join(out))


def mark(source: EmbeddedSql) -> EmbeddedSql:
    """The text with words for holes; every offset stays."""
    sql: list[str] = []
    at = 0
    for start, end, kind in source.holes:
        if kind != "bound" and end - start == len(HOLE):
            sql += (source.sql[at:start], HOLE)
            at = end
    return replace(source, sql="".join(sql) + source.sql[at:]) if sql else source


def shown(text: str) -> str:
    """A text as it stands in the source: holes as `{}`."""
    return text.replace(HOLE, "{}")


def object_name(parts: Sequence[str]) -> ObjectName | None:
    """The name that some parts make, None where its hole hides which. Of a glued beginning the rest of the name counts."""
    namespace = parts[-2] if len(parts) > 1 else ""
    spliced: Literal["", "namespace", "prefix"] = "namespace" if any(HOLE in part for part in parts) else ""
    name = parts[-1]
    if HOLE in name:
        name, spliced = name.removeprefix(HOLE).lstrip("_"), "prefix"
        if not parts[-1].startswith(HOLE) or HOLE in name or len(name) < _SHORTEST:
            return None
    return ObjectName(name, "" if HOLE in namespace else namespace, spliced)


def pattern(name: str) -> str:
    """The names that a name with holes may be: "*" stands for what is between its known beginning and its known end."""
    if HOLE not in name:
        return name
    return f"{name[: name.index(HOLE)]}*{name[name.rindex(HOLE) + len(HOLE) :]}"
