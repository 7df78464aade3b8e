"""Statements that write -> the Writes of the ledger.

What comes in: sqlglot's statement, the relation it writes, and what binding its parts gave. What goes out: one Write for each table and verb;
an upsert's SET is an update of its own. This module does not know whether a constraint holds.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlglot import exp

from analyzer.sql.binder.assignments import Assigned
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.names import extent, key_of
from analyzer.sql.binder.scopes import Context, Relation, Scope, Value
from analyzer.sql.binder.written import column_of, has_gap, modes, placed, value_of
from analyzer.sql.resolution import Conflict, SqlValue, Write, WrittenColumn

Rows = tuple[tuple[SqlValue, ...], ...]


class Insertion(Struct, frozen=True):
    """An INSERT as bound: the mention of its table, its column list (empty without one), its rows, what its conflict clause assigns."""

    mention: exp.Table
    relation: Relation
    names: tuple[exp.Expr, ...]
    rows: Rows
    conflict: tuple[Assigned, ...]


def selected(source: exp.Expr, ctx: Context) -> Rows:
    """The select list of a plain SELECT as one row; none where a star may stand for several."""
    query = source.unnest() if isinstance(source, exp.Subquery) else source
    if not isinstance(query, exp.Select):
        return ()
    items = [item.unalias() for item in query.expressions]
    if any(item.is_star or (isinstance(item, exp.Column) and is_hole(item.name)) for item in items):
        return ()
    return (tuple(value_of(item, Value(parameter=_parameter(item)), ctx) for item in items),)


def _parameter(node: exp.Expr) -> int:
    name = node.name if isinstance(node, exp.Placeholder) else ""
    return int(name[1:]) if name[:1] == "p" and name[1:].isdigit() else -1


def record_insert(node: exp.Expr, made: Insertion, ctx: Context) -> None:
    """`node` is the INSERT, or the MERGE that one is a branch of."""
    if made.relation.reason == "dynamic":  # one of several tables of the name
        return
    source = node.expression if isinstance(node, exp.Insert) else None
    columns, complete = _columns(made, ctx)
    rows = tuple(row for row in made.rows if len(row) == len(columns))
    given = isinstance(node, exp.Merge) or isinstance(source, exp.Values)
    empty = not made.names and (not made.rows or not any(made.rows)) and (given or source is None)
    ctx.ledger.writes.append(
        Write(
            "insert",
            *ctx.place(*extent(made.mention.this)),
            made.relation.table or made.mention.name,
            made.relation.namespace,
            () if empty else columns,
            () if empty else rows,
            "default" if empty else "values" if given else "query",
            complete and made.relation.kind == "table",
            overrides=(found := modes(node, ctx)).overrides,
            replaces=found.replaces,
            ignores=found.ignores,
            conflict=_conflict(node.args.get("conflict"), ctx),
        )
    )
    _update(node, made.conflict, (made.relation, made.mention), ctx, filtered=True)


def _columns(made: Insertion, ctx: Context) -> tuple[tuple[WrittenColumn, ...], bool]:
    """What is written, and whether that is all: the list, or the table's columns in order, as many as there are values."""
    if made.names:
        known = [name for name in made.names if isinstance(name, exp.Identifier) and not is_hole(name.name)]
        columns = tuple(column_of(name, made.relation, ctx) for name in known)
        return columns, not has_gap(made.names, ctx)
    table = ctx.schema.table(made.relation.table, made.relation.namespace) if ctx.schema is not None else None
    if table is None or not made.relation.closed or ctx.spliced:
        return (), False
    computed = ("stored", "virtual") if ctx.dialect != "postgres" else ()
    names = [column.name for column in table.columns if column.generated not in computed]
    count = len(made.rows[0]) if made.rows else len(names)
    all_certain = all(column.certain for column in table.columns)
    return tuple(WrittenColumn(0, 0, name) for name in names[:count]), all_certain and count <= len(names)


def _conflict(node: exp.Expr | None, ctx: Context) -> Conflict | None:
    if not isinstance(node, exp.OnConflict):
        return None
    keys = [key.this if isinstance(key, exp.Ordered) else key for key in node.args.get("conflict_keys") or ()]
    keys = [_bare(key) for key in keys]
    constraint, where = node.args.get("constraint"), node.args.get("index_predicate")
    action = str(node.args.get("action") or "").upper()
    # Of a target that is not all known nothing can be asked.
    known = bool(keys) and not any(_is_name(key) and is_hole(key.name) for key in keys)
    return Conflict(
        *_extent_of([*keys, *([constraint] if isinstance(constraint, exp.Expr) else [])], ctx),
        "update" if node.args.get("duplicate") or "UPDATE" in action else "nothing",
        tuple(_key(key, ctx) for key in keys) if known else None,
        any(not _is_name(key) or is_hole(key.name) for key in keys),
        key_of(constraint, ctx.dialect) if isinstance(constraint, exp.Identifier) else "",
        where.this.sql(dialect=ctx.dialect) if isinstance(where, exp.Where) else "",
    )


def _bare(key: exp.Expr) -> exp.Expr:
    """A key without the collation, operator class and brackets around it."""
    while isinstance(key, exp.Collate | exp.Opclass | exp.Paren):
        key = key.this
    return key


def _is_name(key: exp.Expr) -> bool:
    return isinstance(key, exp.Identifier) or (isinstance(key, exp.Column) and isinstance(key.this, exp.Identifier))


def _key(key: exp.Expr, ctx: Context) -> str:
    if not _is_name(key):
        return key.sql(dialect=ctx.dialect)
    name = key.this if isinstance(key, exp.Column) else key
    quoted = ctx.dialect == "postgres" and name.args.get("quoted")
    return str(name.name) if quoted else str(name.name).lower()


def _extent_of(nodes: Sequence[exp.Expr], ctx: Context) -> tuple[int, int]:
    places = [place for node in nodes if (place := placed(node, ctx)) != (0, 0)]
    return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)


def record_update(
    node: exp.Update, made: tuple[Assigned, ...], target: Relation | None, scope: Scope, ctx: Context
) -> None:
    """One Write for each table: MySQL's UPDATE may write several."""
    joined = len(scope.relations) > 1 or any(isinstance(node.args.get(key), exp.Expr) for key in ("where", "limit"))
    owners = {one.owner for one in made if one.owner} or ({target.alias} if target is not None else set())
    tables = {relation.alias: relation for relation in scope.relations if relation.alias in owners}
    mentions = [each for each in node.find_all(exp.Table) if isinstance(each.this, exp.Identifier)]
    for alias, relation in tables.items():
        mention = next((each for each in mentions if alias in (each.alias.lower(), each.name.lower(), each.name)), None)
        if mention is not None:
            own = tuple(one for one in made if one.owner in ("", alias))
            _update(node, own, (relation, mention), ctx, filtered=joined or ctx.spliced)


def record_branch(node: exp.Merge, made: tuple[Assigned, ...], target: Relation | None, ctx: Context) -> None:
    """WHEN MATCHED THEN UPDATE."""
    if target is not None and isinstance(node.this, exp.Table):
        _update(node, made, (target, node.this), ctx, filtered=True)


def _update(
    node: exp.Expr, made: tuple[Assigned, ...], target: tuple[Relation, exp.Table], ctx: Context, *, filtered: bool
) -> None:
    relation, mention = target
    known = [one for one in made if one.owner]
    if (not made and not isinstance(node, exp.Update)) or relation.reason == "dynamic":
        return
    ctx.ledger.writes.append(
        Write(
            "update",
            *ctx.place(*extent(mention.this)),
            relation.table or mention.name,
            relation.namespace,
            tuple(one.column for one in known),
            (tuple(one.value for one in known),),
            "set",
            complete=len(known) == len(made) and relation.kind == "table" and not ctx.spliced,
            filtered=filtered,
            ignores=isinstance(node, exp.Update) and modes(node, ctx).ignores,
        )
    )


def record_delete(node: exp.Delete, target: Relation | None, ctx: Context) -> None:
    """A DELETE; where MySQL lists several tables it is joined, and nothing is said of them."""
    mention = node.this
    if target is None or not isinstance(mention, exp.Table) or node.args.get("tables"):
        return
    if target.reason == "dynamic":
        return
    chosen = any(node.args.get(key) for key in ("where", "using", "limit")) or bool(mention.args.get("joins"))
    place, table = ctx.place(*extent(mention.this)), target.table or mention.name
    complete = target.kind == "table"
    ctx.ledger.writes.append(
        Write("delete", *place, table, target.namespace, complete=complete, filtered=chosen or ctx.spliced)
    )
