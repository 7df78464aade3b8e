"""How tightly each engine's operators bind.

Sources: PostgreSQL's documentation, section 4.1.6; "SQL Language Expressions" of SQLite, section 2; MariaDB's "Operator Precedence".
This module does not know what operators do.
"""

from analyzer.facts.source import Dialect

OR, XOR, AND, NOT, IS, COMPARISON, MEMBER, OTHER, SUM, PRODUCT, POWER, AT, COLLATE, UNARY = range(1, 15)
_COMPARISONS = dict.fromkeys(("<", ">", "=", "<=", ">=", "<>", "!="), COMPARISON)
_ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT}

_POSTGRES = {**_COMPARISONS, **_ARITHMETIC, "^": POWER}
# SQLite: equality binds like IN and LIKE, looser than the other comparisons; then bits, sums, products, and `||` and `->` above all.
_SQLITE = {
    **_ARITHMETIC,
    **dict.fromkeys(("=", "==", "<>", "!="), COMPARISON),
    **dict.fromkeys(("<", ">", "<=", ">="), MEMBER),
    **dict.fromkeys(("&", "|", "<<", ">>"), OTHER),
    **dict.fromkeys(("||", "->", "->>"), POWER),
}
_MYSQL = {
    **_COMPARISONS, **_ARITHMETIC, "<=>": COMPARISON, "||": OR, "&&": AND, "|": MEMBER, "&": MEMBER, "<<": OTHER, ">>": OTHER, "^": POWER, "->": UNARY,
    "->>": UNARY,
}  # fmt: skip
_LEVELS = {"postgres": _POSTGRES, "sqlite": _SQLITE, "mysql": _MYSQL}


def level(operator: str, dialect: Dialect) -> int:
    """The level of a binary operator, 0 for what is none. PostgreSQL's users define their own: what is not known binds alike."""
    known = _LEVELS.get(dialect, _POSTGRES).get(operator, 0)
    return known or (OTHER if dialect == "postgres" and operator not in (",", "(", ")", "[", "]", ".", ";", "::", ":", ":=") else 0)  # fmt: skip


def predicate_level(dialect: Dialect) -> int:
    """IN, LIKE, BETWEEN and their like: PostgreSQL binds them tighter than comparisons, the others alike."""
    return MEMBER if dialect == "postgres" else COMPARISON
