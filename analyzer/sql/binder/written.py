"""Values and writes as plain data: what stands at a place where a value is wanted, and the parts of one Write.

What comes in: sqlglot's nodes, and the values that binding them gave. What goes out: SqlValue, WrittenColumn and Write. This module does not
bind names, and does not judge: whether a column is missing is a rule's question.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from sqlglot import exp

from analyzer.sql.binder import types
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import extent, key_of
from analyzer.sql.binder.scopes import Context, Relation, Value
from analyzer.sql.resolution import SqlValue, WrittenColumn

_DEFAULT = re.compile(r"default", re.IGNORECASE)
# The parser does not see these words: they are blanked out before it reads.
_REPLACES = re.compile(r"\s*(?:replace\b|insert\s+or\s+replace\b)", re.IGNORECASE)
_IGNORES = re.compile(
    r"\s*(?:insert|update|delete)\s+(?:(?:low_priority|high_priority|delayed|quick)\s+)*(?:or\s+)?ignore\b",
    re.IGNORECASE,
)
_OVERRIDES = re.compile(r"\boverriding\s+(?:system|user)\s+value\b", re.IGNORECASE)


class Modes(Struct, frozen=True):
    """What the words beside the verb say, as in Write."""

    overrides: bool = False
    replaces: bool = False
    ignores: bool = False


def modes(node: exp.Expr, ctx: Context) -> Modes:
    """The modes of a statement; of one inside another, what the parser saw of them."""
    whole = node.parent is None
    alternative = str(node.args.get("alternative") or "").lower()
    return Modes(
        overrides=ctx.dialect == "postgres" and _OVERRIDES.search(ctx.sql) is not None,
        replaces=alternative == "replace" or (whole and _REPLACES.match(ctx.sql) is not None),
        ignores=alternative == "ignore"
        or bool(node.args.get("ignore"))
        or (whole and _IGNORES.match(ctx.sql) is not None),
    )


def whole_extent(node: exp.Expr) -> tuple[int, int]:
    """Characters of the parsed text from a node's first part that has a place to its last; (0, 0) where none has."""
    places = [place for part in node.walk() if (place := extent(part)) != (0, 0)]
    return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)


def placed(node: exp.Expr, ctx: Context) -> tuple[int, int]:
    """Characters of the given text; (0, 0) where the parser kept no place."""
    found = whole_extent(node)
    return ctx.place(*found) if found != (0, 0) else found


def value_of(node: exp.Expr, value: Value, ctx: Context) -> SqlValue:
    """What an expression is that is written or compared; `value` is what binding it gave."""
    node = node.unnest() if isinstance(node, exp.Paren) else node
    if isinstance(node, exp.Cast):
        return _cast(node, value, ctx)
    constant = _constant(node)
    if constant is not None:
        place = placed(node, ctx)
        if ctx.is_spliced(*place):
            return SqlValue(*place, "expression", type=value.type, nullable=False)
        start = place[0] - 1 if isinstance(node, exp.Neg) and place != (0, 0) else place[0]
        return SqlValue(start, place[1], "constant", *constant, type=value.type, nullable=False)
    if isinstance(node, exp.Null):
        return SqlValue(0, 0, "null", nullable=True)
    if isinstance(node, exp.Placeholder) and value.parameter >= 0:
        start, end, position = ctx.parameter(value.parameter)
        return SqlValue(start, end, "parameter", position=position)
    if _is_default(node):
        return SqlValue(*placed(node, ctx), "default")
    plain = isinstance(node, exp.Column) and not is_hole(node.name)
    return SqlValue(*placed(node, ctx), "column" if plain else "expression", type=value.type, nullable=value.nullable)


def _constant(node: exp.Expr) -> tuple[str, bool] | None:
    """The text of a constant, and whether it was a string."""
    match node:
        case exp.Literal():
            return str(node.this), bool(node.is_string)
        case exp.Neg() if isinstance(node.this, exp.Literal) and not node.this.is_string:
            return f"-{node.this.this}", False
        case exp.Boolean():
            return "true" if node.this else "false", False
        case _:
            return None


def _is_default(node: exp.Expr) -> bool:
    if isinstance(node, exp.Column):
        bare = isinstance(node.this, exp.Identifier) and not node.this.args.get("quoted") and not node.args.get("table")
        return bare and _DEFAULT.fullmatch(node.name) is not None
    return isinstance(node, exp.Var) and _DEFAULT.fullmatch(node.name) is not None


def _cast(node: exp.Cast, value: Value, ctx: Context) -> SqlValue:
    """A constant, NULL or parameter under a cast that changes nothing of a string: to a length it may be cut."""
    to = types.declared(node.args["to"], ctx.dialect)
    to = ctx.schema.column_type(to) if ctx.schema is not None else to
    inner = node.this.unnest() if isinstance(node.this, exp.Paren) else node.this
    bare = value_of(inner, Value(to, parameter=_parameter(inner)), ctx)
    if bare.kind in ("null", "parameter"):
        return SqlValue(bare.start, bare.end, bare.kind, position=bare.position, type=to, nullable=bare.nullable)
    if bare.kind == "constant" and bare.quoted and to.family in ("text", "enum") and to.length is None:
        return SqlValue(bare.start, bare.end, "constant", bare.text, True, type=to, nullable=False)
    return SqlValue(*placed(node, ctx), "expression", type=value.type, nullable=value.nullable)


def _parameter(node: exp.Expr) -> int:
    name = node.name if isinstance(node, exp.Placeholder) else ""
    return int(name[1:]) if name[:1] == "p" and name[1:].isdigit() else -1


def column_of(name: exp.Identifier, relation: Relation, ctx: Context) -> WrittenColumn:
    """A column that a list or SET names, under the name the table gives it."""
    known = relation.column(key_of(name, ctx.dialect))
    return WrittenColumn(*ctx.place(*extent(name)), known.name if known is not None else name.name)


def has_gap(columns: Sequence[exp.Expr], ctx: Context) -> bool:
    """Whether something spliced in stands in a list of columns, or behind its last one."""
    names = [each for each in columns if isinstance(each, exp.Identifier)]
    if len(names) < len(columns) or any(is_hole(name.name) for name in names):
        return True
    if not ctx.spliced or not names:
        return False
    start, last = ctx.place(*extent(names[0]))[0], ctx.place(*extent(names[-1]))[1]
    end = ctx.text.find(")", last)
    return "{}" in ctx.text[start : end if end >= 0 else len(ctx.text)]
