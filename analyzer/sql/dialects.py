"""Which dialect is a script written in? Evidence of syntax that only one of them accepts.

What comes in: texts. What goes out: a dialect with the evidence in words, or None where nothing decides. This module does not know
manifests, folders or URLs.
"""

from collections.abc import Iterable

from analyzer.facts.source import DIALECTS, Dialect
from analyzer.sql.scan import Token, scan

# Sequences of words that two of the three engines refuse, from their references. Backticks: SQLite takes them too.
_WORDS: dict[Dialect, tuple[tuple[str, ...], ...]] = {
    "sqlite": (("AUTOINCREMENT",), ("PRAGMA",), ("WITHOUT", "ROWID"), ("CREATE", "VIRTUAL", "TABLE"), ("INSERT", "OR", "IGNORE"),
               ("INSERT", "OR", "REPLACE"), ("STRFTIME",), ("SQLITE_MASTER",), ("UNIXEPOCH",), ("JULIANDAY",)),
    "postgres": (("SERIAL",), ("BIGSERIAL",), ("SMALLSERIAL",), ("JSONB",), ("TIMESTAMPTZ",), ("BYTEA",), ("CITEXT",), ("ILIKE",), ("TSVECTOR",),
                 ("INT8",), ("INT4",), ("REGCLASS",), ("PLPGSQL",), ("CREATE", "EXTENSION"), ("CREATE", "TYPE"), ("CREATE", "DOMAIN"),
                 ("CREATE", "SCHEMA"), ("CONCURRENTLY",), ("TIMESTAMP", "WITH", "TIME"), ("TIMESTAMP", "WITHOUT", "TIME"),
                 ("GEN_RANDOM_UUID",), ("UUID_GENERATE_V4",), ("AS", "IDENTITY"), ("ALTER", "TYPE"), ("SET", "DATA", "TYPE"),
                 ("ALTER", "TABLE", "ONLY"), ("OWNER", "TO"), ("USING", "GIN"), ("USING", "GIST"), ("INET",),
                 ("COMMENT", "ON"), ("SET", "NOT", "NULL"), ("DROP", "NOT", "NULL"), ("SETVAL",), ("NEXTVAL",)),
    "mysql": (("AUTO_INCREMENT",), ("ENGINE", "="), ("TINYINT", "("), ("UNSIGNED",), ("CHARACTER", "SET"), ("DEFAULT", "CHARSET"),
              ("MEDIUMTEXT",), ("LONGTEXT",), ("ON", "UPDATE", "CURRENT_TIMESTAMP"), ("MODIFY", "COLUMN"), ("UNIQUE", "KEY"),
              ("INSERT", "IGNORE"), ("ON", "DUPLICATE", "KEY"), ("LOCK", "TABLES"), ("CHANGE", "COLUMN"), ("COLLATE", "="), ("DELIMITER",),
              ("FOREIGN_KEY_CHECKS",), ("DATETIME", "(")),
}  # fmt: skip
# SQLite takes any word for a type.
_MYSQL_TYPES = frozenset({"TINYINT (", "UNSIGNED", "MEDIUMTEXT", "LONGTEXT", "DATETIME ("})
_BY_FIRST: dict[str, list[tuple[Dialect, tuple[str, ...]]]] = {}
for _dialect, _sequences in _WORDS.items():
    for _sequence in _sequences:
        _BY_FIRST.setdefault(_sequence[0], []).append((_dialect, _sequence))

# Words of systems that are not read: what they write would be taken for errors.
_FOREIGN: dict[str, tuple[tuple[str, ...], ...]] = {
    "ClickHouse": (("MERGETREE",), ("REPLACINGMERGETREE",), ("REPLICATEDMERGETREE",), ("AGGREGATINGMERGETREE",), ("SUMMINGMERGETREE",),
                   ("COLLAPSINGMERGETREE",), ("REPLICATEDREPLACINGMERGETREE",), ("LOWCARDINALITY", "("), ("ON", "CLUSTER"), ("DATETIME64", "(")),
    "SQL Server": (("NVARCHAR", "("), ("IDENTITY", "(", "1"), ("DATETIME2",), ("UNIQUEIDENTIFIER",), ("NONCLUSTERED",), ("SYS", ".", "OBJECTS")),
    "Oracle": (("VARCHAR2", "("), ("NVARCHAR2", "("), ("SYSDATE",), ("NUMBER", "(", "19")),
    "Cassandra": (("WITH", "CLUSTERING", "ORDER"), ("CREATE", "KEYSPACE")),
}  # fmt: skip
_FOREIGN_FIRST = {sequence[0]: (name, sequence) for name, rows in _FOREIGN.items() for sequence in rows}

# What a longer history says after this much changes nothing.
_ENOUGH = 400_000


def guess_dialect(sqls: Iterable[str], *, types: bool = True) -> tuple[Dialect | None, str]:
    """The dialect most of the evidence speaks for, and that evidence: `SERIAL`, `::` casts, backticks ...

    Without `types` MySQL's types say nothing: SQLite may be meant.
    """
    votes: dict[Dialect, dict[str, int]] = {dialect: {} for dialect in DIALECTS}
    budget = _ENOUGH
    for sql in sqls:
        if budget <= 0:
            break
        _collect(sql[:budget], votes)
        budget -= len(sql)
    if not types and _MYSQL_TYPES.issuperset(votes["mysql"]):
        votes["mysql"].clear()
    ranked = sorted(DIALECTS, key=lambda dialect: -sum(votes[dialect].values()))
    best, second = ranked[0], ranked[1]
    if sum(votes[best].values()) <= sum(votes[second].values()):
        return None, "its syntax fits more than one dialect"
    marks = sorted(votes[best], key=lambda mark: (-votes[best][mark], mark))[:3]
    return best, f"it uses {', '.join(f'`{mark}`' for mark in marks)}"


def foreign_system(sqls: Iterable[str]) -> str:
    """The name of a database system that is not read and that these scripts are written for, "" where none is."""
    votes = dict.fromkeys(_FOREIGN, 0)
    statements, budget = 0, _ENOUGH
    for sql in sqls:
        if budget <= 0:
            break
        sql, budget = sql[:budget], budget - len(sql)  # noqa: PLW2901 - no more than the budget is looked at
        words = [_word(sql, token) for token in scan(sql, "postgres") if token.kind != "comment"]
        statements += words.count("CREATE")
        for at, word in enumerate(words):
            name, sequence = _FOREIGN_FIRST.get(word, ("", ()))
            if name and tuple(words[at : at + len(sequence)]) == sequence:
                votes[name] += 1
    best = max(votes, key=lambda name: votes[name])
    # SQLite takes any word for a type: one table that was brought over from elsewhere decides nothing.
    return best if votes[best] and 3 * votes[best] >= statements else ""


def _collect(sql: str, votes: dict[Dialect, dict[str, int]]) -> None:
    # PostgreSQL's lexer keeps `$$` bodies whole; what it does not know it takes for signs.
    tokens = [token for token in scan(sql, "postgres") if token.kind != "comment"]
    words = [_word(sql, token) for token in tokens]
    for at, (token, word) in enumerate(zip(tokens, words, strict=True)):
        for dialect, sequence in _BY_FIRST.get(word, ()):
            if tuple(words[at : at + len(sequence)]) == sequence:
                _vote(votes, dialect, " ".join(sequence))
        raw = sql[token.start : token.start + 2]
        if raw == "::" or (token.kind == "string" and raw[:1] == "$"):
            _vote(votes, "postgres", raw)
        elif raw[:1] == "`":
            # SQLite takes backticks too: any evidence for it weighs more.
            votes["mysql"].setdefault("a backtick", 1)


def _vote(votes: dict[Dialect, dict[str, int]], dialect: Dialect, mark: str) -> None:
    """SQLite takes any word for a type, `jsonb` and `unsigned` too: what only SQLite takes weighs more."""
    votes[dialect][mark] = votes[dialect].get(mark, 0) + (20 if dialect == "sqlite" else 1)


def _word(sql: str, token: Token) -> str:
    return sql[token.start : token.end].upper() if token.kind in ("word", "punctuation") else ""
