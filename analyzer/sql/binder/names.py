"""A column's name in an expression -> the column it means, recorded with its status.

What comes in: sqlglot's Column nodes and a scope. What goes out: a value, and references in the ledger. Only what is proved missing
is recorded as unresolved: every relation in reach is known and closed. This module does not know clauses or statements.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.facts.reference import Role
from analyzer.sql.binder.builtins import KEYWORDS, PSEUDO_COLUMNS, PSEUDO_TYPES
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.scopes import NOTHING, Context, Relation, Scope, ScopeColumn, Value, column_key
from analyzer.sql.resolution import Problem

ROW = ColumnType("record", "record", "other")


def key_of(identifier: exp.Expr, dialect: str) -> str:
    """A name as the dialect compares it."""
    name: str = identifier.name
    quoted = bool(identifier.args.get("quoted"))
    return name if quoted and dialect == "postgres" else name.lower()


def alias_key(node: exp.Expr, ctx: Context) -> str:
    """The name that an alias gives, "" where there is none."""
    alias = node.args.get("alias")
    if isinstance(alias, exp.TableAlias) and isinstance(alias.this, exp.Identifier):
        return key_of(alias.this, ctx.dialect)
    return ""


def extent(node: exp.Expr) -> tuple[int, int]:
    """Characters of the parsed text; (0, 0) where the parser kept no place."""
    start, end = node.meta.get("start"), node.meta.get("end")
    return (start, end + 1) if isinstance(start, int) and isinstance(end, int) else (0, 0)


def bind_column(node: exp.Column, scope: Scope, ctx: Context, role: Role) -> Value:
    """The value of a column mention."""
    name = node.this
    if isinstance(name, exp.Star) or not isinstance(name, exp.Identifier):
        return Value(ROW)
    if is_hole(name.name):
        ctx.ledger.note_hole(node)
        return NOTHING
    qualifier = node.args.get("table")
    if isinstance(qualifier, exp.Identifier):
        return _qualified(node, scope, ctx, role)
    return _unqualified(name, scope, ctx, role)


def _qualified(node: exp.Column, scope: Scope, ctx: Context, role: Role) -> Value:
    name, qualifier = node.this, node.args["table"]
    alias = key_of(qualifier, ctx.dialect)
    level: Scope | None = scope
    any_open = False
    while level is not None:
        relation = level.relation(alias)
        if relation is not None:
            return bind_in(name, relation, level, ctx, role)
        any_open = any_open or level.open
        level = level.parent
    composite = _composite(alias, node, scope)
    if not composite:
        reason = "dynamic" if any_open or is_hole(qualifier.name) else "unknown-table"
        ctx.refer(extent(name), "", name.name, role, "unknown", reason=reason)
    return NOTHING


def _composite(alias: str, node: exp.Column, scope: Scope) -> bool:
    """`schema.table.column` where the alias hides nothing: the qualifier may be a column of a composite type."""
    return node.args.get("db") is None and any(relation.column(alias) for relation in scope.relations)


def bind_in(name: exp.Identifier, relation: Relation, scope: Scope, ctx: Context, role: Role) -> Value:
    """A name that can only be a column of this relation."""
    key = key_of(name, ctx.dialect)
    column = relation.column(key)
    if column is not None:
        return _found(name, (relation, column), scope, ctx, role)
    if key in relation.pseudo:
        ctx.refer(extent(name), relation.table, name.name, role, "resolved", namespace=relation.namespace, derived=True)
        return _pseudo(key, relation, scope)
    if relation.reason == "external" and not relation.closed:
        ctx.refer(extent(name), "", name.name, role, "resolved", namespace=relation.namespace, derived=True)
        return NOTHING
    if not relation.closed or scope.open:
        ctx.refer(
            extent(name),
            relation.table,
            name.name,
            role,
            "unknown",
            namespace=relation.namespace,
            reason=relation.reason or "dynamic",
        )
        return NOTHING
    ctx.refer(extent(name), relation.table, name.name, role, "unresolved", namespace=relation.namespace,
        candidates=(relation.table or relation.alias,), derived=not relation.table,
    )  # fmt: skip
    return NOTHING


def _pseudo(key: str, relation: Relation, scope: Scope) -> Value:
    column = relation.column(column_key(relation.rowid, relation.dialect)) if relation.rowid else None
    if column is not None:
        return scope.value(relation, column)
    name = PSEUDO_TYPES.get(key, "")
    type_ = ColumnType(name, name, "int" if name in ("INTEGER", "oid") else "other") if name else UNKNOWN
    nullable = relation.dialect == "sqlite" and (relation.alias in scope.nulled or scope.maybe_empty)
    return Value(type_, nullable, name="rowid" if key in PSEUDO_COLUMNS["sqlite"] else key)


def _is_sqlite_string(name: exp.Identifier, ctx: Context) -> bool:
    """SQLite reads a double-quoted word that is no column as a string, but only where it stands alone."""
    return False if ctx.dialect != "sqlite" else name.args.get("quoted") is True and _quote(name, ctx) == '"'


def _quote(name: exp.Identifier, ctx: Context) -> str:
    return ctx.sql[extent(name)[0] : extent(name)[0] + 1]


def _found(name: exp.Identifier, where: tuple[Relation, ScopeColumn], scope: Scope, ctx: Context, role: Role) -> Value:
    relation, column = where
    derived = not relation.table
    ctx.refer(extent(name), relation.table, name.name if derived else column.name, role, "resolved",
        namespace=relation.namespace, derived=derived,
    )  # fmt: skip
    return scope.value(relation, column)


def matches(scope: Scope, key: str) -> list[tuple[Relation, ScopeColumn]]:
    """Where one level's relations have a column of this name."""
    found = []
    for relation in scope.relations:
        column = None if relation.hidden else relation.column(key)
        if column is not None:
            found.append((relation, column))
    return found


def _unqualified(name: exp.Identifier, scope: Scope, ctx: Context, role: Role) -> Value:
    key = key_of(name, ctx.dialect)
    level: Scope | None = scope
    while level is not None:
        value = _at_level(name, key, level, ctx, role)
        if value is not None:
            return value
        level = level.parent
    return _nowhere(name, key, scope, ctx, role)


def _at_level(name: exp.Identifier, key: str, scope: Scope, ctx: Context, role: Role) -> Value | None:
    """The value, where this level decides what the name is; None where enclosing levels must be asked."""
    found = matches(scope, key)
    if key in scope.merged and _are_apart(found, key, scope):
        return _ambiguous(name, found, ctx, role)
    if key in scope.merged:
        if found:
            _found(name, found[0], scope, ctx, role)
        return scope.merged[key]
    if len(found) == 1 or (found and not _is_ambiguous(found, scope)):
        return _found(name, found[0], scope, ctx, role)
    if found:
        return _ambiguous(name, found, ctx, role)
    if _sees_outputs(scope) and key in scope.outputs:
        return scope.outputs[key]
    having = [relation for relation in scope.relations if key in relation.pseudo and not relation.hidden]
    if having:
        ctx.refer(extent(name), _only_table(scope), name.name, role, "resolved", derived=True)
        return _pseudo(key, having[0], scope)
    rows = [relation for relation in scope.relations if key in (relation.alias, relation.table.lower())]
    if rows:
        if rows[0].kind == "function" and rows[0].columns and rows[0].columns[0].scalar:
            return scope.value(rows[0], rows[0].columns[0])  # a function of plain values: its row is the value
        name_of_row = rows[0].table or ROW.name
        return Value(ColumnType(name_of_row, name_of_row, "other"))
    opened = next((relation for relation in scope.relations if not relation.closed and not relation.hidden), None)
    special = key in KEYWORDS[ctx.dialect] and not name.args.get("quoted")
    if (opened is not None or scope.open) and not special and not _is_sqlite_string(name, ctx):
        if opened is not None and opened.reason == "external":
            ctx.refer(extent(name), "", name.name, role, "resolved", derived=True)
            return NOTHING
        only = _only_table(scope)
        reason = opened.reason if opened is not None else "dynamic"
        ctx.refer(extent(name), only, name.name, role, "unknown", reason=reason or "open-table")
        return NOTHING
    return None


def _are_apart(found: list[tuple[Relation, ScopeColumn]], key: str, scope: Scope) -> bool:
    """True where a relation has a merged column's name and was not joined by it."""
    count = 0
    for relation, _ in found:
        side = scope.joined.get((relation.alias, key))
        if count and side is not None:
            count = 0 if side == "RIGHT" else count - 1
        count += 1
    return count > 1 and not scope.open and not scope.natural


def _only_table(scope: Scope) -> str:
    return scope.relations[0].table if len(scope.relations) == 1 else ""


def _sees_outputs(scope: Scope) -> bool:
    """SQLite lets every clause but the select list see its aliases; MySQL all but WHERE."""
    match scope.dialect:
        case "sqlite":
            return scope.clause in ("where", "group", "having", "order")
        case "mysql":
            return scope.clause in ("group", "having", "order")
        case _:
            return False


def _is_ambiguous(found: list[tuple[Relation, ScopeColumn]], scope: Scope) -> bool:
    if _sees_outputs(scope) and scope.clause in ("order", "group", "having"):
        return scope.shaped and not any(column.name.lower() in scope.outputs for _, column in found)
    if scope.clause in ("order", "group") and not scope.shaped:
        return False
    return not scope.open and not scope.natural and all(relation.kind != "missing" for relation, _ in found)


def _ambiguous(name: exp.Identifier, found: list[tuple[Relation, ScopeColumn]], ctx: Context, role: Role) -> Value:
    tables = tuple(relation.table or relation.alias for relation, _ in found)
    if len(set(tables)) < len(tables):
        tables = tuple(relation.alias or relation.table for relation, _ in found)
    ctx.refer(extent(name), "", name.name, role, "unknown", reason="ambiguous-scope", candidates=tables)
    if all(relation.closed and column.certain for relation, column in found):
        ctx.complain(Problem("ambiguous", *ctx.place(*extent(name)), name=name.name, candidates=tables))
    return NOTHING


def _nowhere(name: exp.Identifier, key: str, scope: Scope, ctx: Context, role: Role) -> Value:
    if (key in KEYWORDS[ctx.dialect] and not name.args.get("quoted")) or _is_sqlite_string(name, ctx):
        return Value(nullable=None)
    candidates, level = [], scope
    while True:
        candidates += [relation.table or relation.alias for relation in level.relations if not relation.hidden]
        if level.parent is None:
            break
        level = level.parent
    if not candidates:
        ctx.refer(extent(name), "", name.name, role, "unknown", reason="unknown-table")
        return NOTHING
    table = _only_table(scope)
    derived = not any(relation.table for relation in scope.relations)
    ctx.refer(
        extent(name),
        table,
        name.name,
        role,
        "unresolved",
        candidates=tuple(dict.fromkeys(candidates)),
        derived=derived,
    )
    return NOTHING
