"""How relations are joined: ON, USING and NATURAL, and which side an outer join may fill with NULL.

What comes in: a Join whose relations already stand in the scope. What goes out: merged columns, nulled aliases and proven columns in
the scope; references in the ledger. This module does not know where relations come from.
"""

from sqlglot import exp

from analyzer.sql.binder.expressions import condition
from analyzer.sql.binder.names import bind_in, key_of
from analyzer.sql.binder.nullability import proven
from analyzer.sql.binder.scopes import Context, Relation, Scope, ScopeColumn, Value, column_key


def join_relations(join: exp.Join, before: int, scope: Scope, ctx: Context) -> None:
    """Joins the relations from index `before` on to those before it."""
    side = (join.side or "").upper()
    left, right = scope.relations[:before], scope.relations[before:]
    if side in ("RIGHT", "FULL"):
        _null(left, scope)
    if side in ("LEFT", "FULL"):
        _null(right, scope)
    if (join.method or "").upper() == "NATURAL":
        _natural(left, right, side, scope)
    for name in join.args.get("using") or ():
        if isinstance(name, exp.Identifier | exp.Column):
            _using(name if isinstance(name, exp.Identifier) else name.this, join, before, scope, ctx)
    on = join.args.get("on")
    if isinstance(on, exp.Expr):
        if ctx.dialect == "sqlite":
            scope.pending.append(on)  # it sees what is joined later, too
        else:
            condition(on, scope, ctx, "join", "JOIN/ON")
        if not side:
            prove(on, scope, ctx)


def _null(relations: list[Relation], scope: Scope) -> None:
    aliases = {relation.alias for relation in relations}
    scope.nulled |= aliases
    scope.proven = {key for key in scope.proven if key[0] not in aliases}


def prove(predicate: exp.Expr | None, scope: Scope, ctx: Context) -> None:
    """Records the columns a condition proves not NULL."""
    for column in proven(predicate):
        if not isinstance(column.this, exp.Identifier):
            continue
        key = key_of(column.this, ctx.dialect)
        qualifier = column.args.get("table")
        if isinstance(qualifier, exp.Identifier):
            scope.proven.add((key_of(qualifier, ctx.dialect), key))
            continue
        owners = [relation for relation in scope.relations if not relation.hidden and relation.column(key)]
        if len(owners) == 1:
            scope.proven.add((owners[0].alias, key))


def _using(name: exp.Identifier, join: exp.Join, before: int, scope: Scope, ctx: Context) -> None:
    key = key_of(name, ctx.dialect)
    values = []
    for relations in (scope.relations[:before], scope.relations[before:]):
        owner = next((each for each in relations if each.column(key)), None)
        if owner is None:
            owner = relations[0] if len(relations) == 1 else None
        if owner is not None:
            values.append(bind_in(name, owner, scope, ctx, "join"))
            scope.joined.update(
                {(owner.alias, key): (join.side or "").upper()}
                if relations and owner in scope.relations[before:]
                else {}
            )
    _merge(key, values, (join.side or "").upper(), scope)


def _merge(key: str, values: list[Value], side: str, scope: Scope) -> None:
    if not values:
        return
    kept = values[-1] if side == "RIGHT" else values[0]
    if side == "FULL":
        kept = Value(kept.type, None, name=kept.name)
    elif not side and any(value.nullable is False for value in values):
        kept = Value(kept.type, False, kept.source, name=kept.name)
    scope.merged[key] = kept


def _natural(left: list[Relation], right: list[Relation], side: str, scope: Scope) -> None:
    """Every name both sides have; where a side is open, nobody knows which."""
    scope.natural = scope.natural or any(not relation.closed for relation in (*left, *right))
    for other in right:
        for column in other.columns:
            key = column_key(column.name, scope.dialect)
            owner = _owner(left, key)
            if owner is not None:
                _merge(key, [scope.value(*owner), scope.value(other, column)], side, scope)
                scope.joined[other.alias, key] = side


def _owner(relations: list[Relation], key: str) -> tuple[Relation, ScopeColumn] | None:
    for relation in relations:
        column = relation.column(key)
        if column is not None:
            return relation, column
    return None
