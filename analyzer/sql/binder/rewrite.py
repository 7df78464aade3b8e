"""What sqlglot refuses and the engines take: blanked out or respelt, in place, so that every offset stays.

What comes in: one statement's text. What goes out: a text of the same length. This module does not parse; each row says which
construct it is for.
"""

import re

from analyzer.facts.source import Dialect

_UPDATE_OR = re.compile(r"\A(\s*update\s+)(or\s+(?:ignore|replace|rollback|abort|fail))\b", re.IGNORECASE)
_REPLACE = re.compile(r"\A(\s*)replace(?=\s+into\b)", re.IGNORECASE)
_EXPLAIN = re.compile(r"\A\s*explain\s+(?:query\s+plan\s+|analyze\s+|verbose\s+|\([^()]*\)\s*)*", re.IGNORECASE)
_PRIORITY = re.compile(
    r"\A(\s*(?:insert|update|delete)\s+)((?:low_priority|high_priority|delayed|quick)\b(?:\s+(?:ignore)\b)?|ignore\b)",
    re.IGNORECASE,
)
_CURSOR = re.compile(r"\A\s*declare\s+\w+\s+(?:\w+\s+){0,4}cursor\s+(?:\w+\s+){0,2}for\s", re.IGNORECASE)
_CURRENT_OF = re.compile(r"\bcurrent\s+of\s+\w+", re.IGNORECASE)
_OVERRIDING = re.compile(r"\boverriding\s+(?:system|user)\s+value\b", re.IGNORECASE)
_INDEXED = re.compile(r"\b(?:not\s+indexed|indexed\s+by\s+\w+)\b", re.IGNORECASE)
_OPERATOR_CALL = re.compile(r"\boperator\s*\(\s*[\w.]*?[^\w\s()]{1,4}\s*\)", re.IGNORECASE)


# The mysql drivers write `a = 1, b = 2` in the place of one placeholder.
_SET_OBJECT = re.compile(r"\bset\s+:p\d+\s*\Z", re.IGNORECASE)


def rewrite(sql: str, dialect: Dialect) -> str:
    """The statement as sqlglot takes it."""
    sql = _blank(_EXPLAIN, sql)
    sql = _REPLACE.sub(lambda m: m[1] + "insert ", sql)
    if dialect == "sqlite":
        sql = _UPDATE_OR.sub(lambda m: m[1] + " " * len(m[2]), sql)
        sql = _blank(_INDEXED, sql)
    elif dialect == "mysql":
        if sql.lstrip()[:6].lower() == "insert":
            sql = _SET_OBJECT.sub(lambda m: "select *".ljust(len(m[0])), sql)
        sql = _PRIORITY.sub(lambda m: m[1] + " " * len(m[2]), sql)
    else:
        sql = _blank(_CURSOR, sql)
        sql = _CURRENT_OF.sub(lambda m: "true".ljust(len(m[0])), sql)
        sql = _blank(_OVERRIDING, sql)
        sql = _OPERATOR_CALL.sub(lambda m: "=".ljust(len(m[0])), sql)
    return sql


def is_explained(sql: str) -> bool:
    """Whether the statement's plan is asked for, not its result."""
    return _EXPLAIN.match(sql) is not None


def _blank(pattern: re.Pattern[str], sql: str) -> str:
    return pattern.sub(lambda m: " " * len(m[0]), sql)
