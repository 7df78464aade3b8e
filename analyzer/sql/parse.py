"""One statement's text -> sqlglot's tree, or the reason why there is none.

What comes in: the text of one statement whose placeholders are canonical. What goes out: a tree or a ParseFailure. Nothing is
raised and nothing is printed: sqlglot falls back to `exp.Command` for what it does not know, which callers must look for.
"""

import logging
from functools import lru_cache
from typing import Any, ClassVar

import sqlglot
from msgspec import Struct
from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError
from sqlglot.parsers.postgres import PostgresParser
from sqlglot.tokenizer_core import TokenType

from analyzer.facts.source import Dialect

# sqlglot warns through logging on every unsupported statement; what is not understood is reported by us, with a place.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


# Calls whose arguments are not a plain list; every other call keeps its name and the order its arguments are written in.
_CALLS = ("CAST", "EXTRACT", "NORMALIZE", "OVERLAY", "POSITION", "SUBSTRING", "TRIM", "JSON_OBJECT", "XMLELEMENT", "XMLTABLE", "JSON_TABLE")  # fmt: skip


class PlainPostgres(Postgres):
    """PostgreSQL without the functions sqlglot gives another shape to translate them."""

    class Tokenizer(Postgres.Tokenizer):
        # Operators of pgvector and others: `<=>` is MySQL's word for IS NOT DISTINCT FROM.
        KEYWORDS: ClassVar[dict[str, TokenType]] = {
            **Postgres.Tokenizer.KEYWORDS,
            **dict.fromkeys(("<=>", "<#>", "<+>", "<~>", "<%>"), TokenType.LR_ARROW),
        }

    class Parser(PostgresParser):
        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        # `a -> 'b'` is JSON's operator, never a lambda.
        LAMBDAS: ClassVar[dict[TokenType, Any]] = {
            token: parser for token, parser in PostgresParser.LAMBDAS.items() if token != TokenType.ARROW
        }
        FUNCTION_PARSERS: ClassVar = {name: PostgresParser.FUNCTION_PARSERS[name] for name in _CALLS}
        NO_PAREN_FUNCTION_PARSERS: ClassVar = {
            name: parser
            for name, parser in PostgresParser.NO_PAREN_FUNCTION_PARSERS.items()
            if name in ("ANY", "CASE", "VARIADIC")
        }


_READ: dict[Dialect, str | type[Postgres]] = {"postgres": PlainPostgres, "sqlite": "sqlite", "mysql": "mysql"}


class ParseFailure(Struct, frozen=True):
    """`offset` is the character at which the parser gave up, -1 where it does not say."""

    message: str
    offset: int


@lru_cache(maxsize=8192)
def _parse(sql: str, dialect: Dialect) -> exp.Expr | ParseFailure:
    try:
        tree = sqlglot.parse_one(sql, read=_READ[dialect], error_level=ErrorLevel.RAISE)
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        return ParseFailure(_message(first), _offset(sql, first.get("line"), first.get("col"), first.get("highlight")))
    except SqlglotError as error:
        return ParseFailure(str(error).splitlines()[0], -1)
    except RecursionError:
        return ParseFailure("nested too deeply", -1)
    except Exception:  # noqa: BLE001 - the library's own defects on text it did not expect must not end the run
        return ParseFailure("the parser gave up", -1)
    return tree


def parse(sql: str, dialect: Dialect) -> exp.Expr | ParseFailure:
    """The tree of one statement. Trees are shared between callers: they must not be changed."""
    return _parse(sql, dialect)


def _message(error: dict[str, object]) -> str:
    near = str(error.get("highlight") or "").strip()
    return f"unexpected {near!r}" if near else "unexpected end of statement"


def _offset(sql: str, line: object, column: object, highlight: object) -> int:
    """Sqlglot gives the 1-based line and column of the *end* of the token it stopped at."""
    if not isinstance(line, int) or not isinstance(column, int):
        return -1
    start = 0
    for _ in range(line - 1):
        start = sql.find("\n", start) + 1
    return max(0, min(start + column - len(str(highlight or "")), len(sql)))
