"""Expressions in one form: defaults, checks, index expressions and predicates, so that two spellings of one meaning are equal.

What comes in: the text of an expression as somebody wrote it or as an engine prints it, and a dialect. What goes out: a text for comparison, never
for people. Engines add casts and parentheses, spell operators out and fold names; a literal's cast says nothing that its column does not. A text
that cannot be parsed is compared by its words. This module does not know columns.
"""

from functools import lru_cache

from sqlglot import exp

from analyzer.facts.source import Dialect
from analyzer.sql.parse import parse
from analyzer.sql.scan import scan

_CLAUSES = ("from_", "where", "group", "having", "order", "limit", "distinct", "laterals", "joins")
_NOW = (exp.CurrentTimestamp, exp.Localtimestamp)


@lru_cache(maxsize=4096)
def canonical(expression: str, dialect: Dialect) -> str:
    """The expression's meaning as a text; equal for two spellings of one. "" for an empty text."""
    tree = parse(f"SELECT {expression}", dialect)
    if not isinstance(tree, exp.Select) or len(tree.expressions) != 1 or any(tree.args.get(part) for part in _CLAUSES):
        return _words(expression, dialect)
    node: exp.Expr = tree.expressions[0].transform(_plain).transform(_grouped)
    return node.sql(dialect=dialect, normalize_functions="lower", identify=False, comments=False)


def _grouped(node: exp.Expr) -> exp.Expr:
    """Every operation in parentheses: what belongs together is seen in the text."""
    inside = isinstance(node.parent, exp.Paren)
    return exp.Paren(this=node) if isinstance(node, exp.Binary | exp.Unary) and not inside else node


def _plain(node: exp.Expr) -> exp.Expr:
    """One node without what says nothing."""
    if isinstance(node, exp.Paren):
        return _stripped(node.this)
    if isinstance(node, exp.Cast) and _says_nothing(node):
        return _stripped(node.this)
    if isinstance(node, exp.Identifier):
        plain = node.name.isidentifier() and node.name == node.name.lower()
        return exp.to_identifier(node.name.lower() if not node.quoted else node.name, quoted=not plain and node.quoted)
    if isinstance(node, exp.EQ) and isinstance(node.expression, exp.Any):
        return _member(node)
    if isinstance(node, _NOW) and node.this is None:
        return exp.Anonymous(this="now")
    return node


def _stripped(node: exp.Expr) -> exp.Expr:
    found: exp.Expr = node.transform(_plain)
    return found


def _says_nothing(cast: exp.Cast) -> bool:
    inner = cast.this.unnest()
    literal = isinstance(inner, exp.Literal | exp.Null | exp.Boolean | exp.Neg)
    return literal or cast.to.this in exp.DataType.TEXT_TYPES


def _member(node: exp.EQ) -> exp.Expr:
    """`a = ANY (ARRAY[..])` is `a IN (..)`."""
    inner = node.expression.this.unnest()
    while isinstance(inner, exp.Cast | exp.Paren):
        inner = inner.this
    if not isinstance(inner, exp.Array):
        return node
    return _stripped(exp.In(this=node.this, expressions=inner.expressions))


def _words(expression: str, dialect: Dialect) -> str:
    """The tokens of a text, without comments and case of words."""
    tokens = (token for token in scan(expression, dialect) if token.kind != "comment")
    texts = ((token.kind, expression[token.start : token.end]) for token in tokens)
    return " ".join(text.lower() if kind == "word" else text for kind, text in texts)
