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

# As long as the `{}` it stands for: a letter without case, so a word to every lexer, and of no alphabet in use.
HOLE = "\ua7ff\ua7ff"
_SHORTEST = 3  # characters of a name's end that say which name it is


# What tools put in before a script runs: `{{ .Namespace }}` (templates of Go and Jinja), `${schema}` (Flyway's placeholders), `:schema.` (psql's variables).
_TEMPLATE = re.compile(
    r"\{\{-?\s{0,9}[A-Za-z_.$][^{},\n]{0,120}\}\}|\$\{[A-Za-z_][\w.:-]{0,80}\}|(?<![:\w\[]):\"?[A-Za-z_]\w{0,80}\"?(?=\.\w)"
)


def mark(source: EmbeddedSql) -> EmbeddedSql:
    """The text with words for holes, those of templates too; every offset stays."""
    sql: list[str] = []
    at = 0
    for start, end, kind in source.holes:
        if kind != "bound" and end - start == len(HOLE):
            sql += (source.sql[at:start], HOLE)
            at = end
    marked = replace(source, sql="".join(sql) + source.sql[at:]) if sql else source
    return _with_templates(marked)


def _with_templates(source: EmbeddedSql) -> EmbeddedSql:
    found = list(_TEMPLATE.finditer(source.sql))
    if not found:
        return source
    sql: list[str] = []
    at = 0
    for match in found:
        sql += (source.sql[at : match.start()], _padded(source.sql, match.start(), match.end()))
        at = match.end()
    holes = sorted((*source.holes, *((match.start(), match.end(), "hole") for match in found)))
    return replace(source, sql="".join(sql) + source.sql[at:], holes=tuple(holes))


def _padded(sql: str, start: int, end: int) -> str:
    """A hole as long as the template, glued to the words that it is glued to."""
    behind, before = _is_word(sql[end : end + 1]), _is_word(sql[start - 1 : start])
    if behind and before:
        return HOLE[0] * (end - start)
    return HOLE.rjust(end - start) if behind else HOLE.ljust(end - start)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


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
