"""SELECT as SQLAlchemy derives it: columns, FROM, joins, conditions, order.

What comes in: a Chain and its Frame. What goes out: parts. This module does not know statements that write.
"""

from collections.abc import Callable

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.expressions import Expressions
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Frame, Named, pending
from analyzer.extract.frameworks.sqlalchemy.queries.joins import JOINS, Joins
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import method, segments
from analyzer.facts.part.entities import KeyPart, StarPart
from analyzer.facts.part.written import IdentifierPart

_KEYS = frozenset({"get", "get_or_404"})
# Methods that leave the rows as they are, or that are read elsewhere.
KNOWN = frozenset({
    "where", "filter", "filter_by", "join", "outerjoin", "join_from", "outerjoin_from", "select_from", "order_by", "group_by", "having",
    "limit", "offset", "slice", "distinct", "count", "get", "get_or_404", "union", "union_all", "intersect", "intersect_all", "except_",
    "except_all", "options", "execution_options", "with_for_update", "yield_per", "params", "prefix_with", "suffix_with", "with_hint",
    "all", "first", "one", "one_or_none", "scalar", "scalars", "unique", "populate_existing", "correlate", "correlate_except", "subquery",
    "cte", "alias", "lateral", "scalar_subquery", "as_scalar", "label", "exists", "execute", "enable_eagerloads", "autoflush", "compile",
    "mappings", "fetchall", "fetchone", "add_columns", "add_column", "add_entity", "column", "with_only_columns", "with_entities",
    "set_label_style", "with_labels", "apply_labels", "tuples", "first_or_404", "one_or_404", "returning", "values", "from_select",
    "self_group", "with_session", "add_cte", "reset_joinpoint", "inline", "delete", "update", "on_conflict_do_update", "fetch",
    "on_conflict_do_nothing", "on_duplicate_key_update", "return_defaults", "with_for_update_of", "is_", "in_", "paginate",
    "ordered_values", "partitions", "__iter__", "as_string", "select_entity_from", "with_loader_criteria", "maintain_column_froms",
})  # fmt: skip


class Selects:
    """Writes SELECTs. `taken` puts a subquery among the tables of a frame."""

    def __init__(self, expressions: Expressions, taken: Callable[[Derived, Frame], None]) -> None:
        self.x = expressions
        self.b = expressions.b
        self.names = expressions.names
        self._taken = taken
        self._joins = Joins(expressions, taken)

    def select(self, chain: Chain, frame: Frame) -> None:
        root, is_derived = chain.root, self.names.derived(chain) is not None
        self._correlate(chain, frame)
        self.b.say("SELECT DISTINCT " if any(chain.of("distinct")) else "SELECT ", root)
        start = len(self.b.parts)
        items = self.names.items(chain)
        for at, item in enumerate(items):
            self.b.say(", " if at else "", item)
            self.item(item, frame, labelled=is_derived)
        if not items:
            self.b.say("1", root) if not chain.given.stars else self.b.unknown(root)
            if chain.given.stars and not any(chain.of("select_from")):
                frame.take(Named("?columns"))
        if chain.kind == "query" and any(chain.of("count")):
            del self.b.parts[start:]
            self.b.say("COUNT(*)", root)
        self.tables(chain, frame, " FROM ", root)
        self._rest(chain, frame)

    def tables(self, chain: Chain, frame: Frame, lead: str, node: Node) -> None:
        """FROM, joins and WHERE: what is joined decides what `filter_by` is of."""
        by: dict[int, Named] = {}
        kept = list(self.b.parts)
        self.b.parts.clear()
        for step in chain.steps:
            if step.name == "select_from":
                for one in step.given.plain:
                    self._joins.select_from(one, frame)
            elif step.name in JOINS:
                self._joins.join(step, frame)
            elif step.name == "filter_by" and frame.current is not None:
                by[step.call.id] = frame.current
        joins = list(self.b.parts)
        self.b.parts[:] = kept
        self.b.put(pending(self.b.span(node), lead, id(frame)), *joins)
        self.where(chain, frame, by)

    def where(self, chain: Chain, frame: Frame, by: dict[int, Named]) -> None:
        """WHERE of all that chooses rows."""
        word = " WHERE "
        # `users.select(users.c.id == 5)`
        for one in chain.given.plain if chain.target is not None and chain.kind != "insert" else ():
            self.b.say(word, one)
            self.x.condition(one, frame)
            word = " AND "
        for step in chain.steps:
            if step.name in ("where", "filter") or (step.name == "whereclause" and step.given.plain):
                for one in self.x.spread(step.given):
                    self.b.say(word, one)
                    self.x.condition(one, frame)
                    word = " AND "
            elif step.name == "filter_by":
                for name, value in step.given.named.items():
                    self.b.say(word, value)
                    self._equal(by.get(step.call.id) or frame.current, name, value, frame)
                    word = " AND "
                if step.given.open:
                    self._open(word, step.call)
                    word = " AND "
            elif step.name in _KEYS and step.given.plain and frame.current is not None:
                self.b.say(word, step.call)
                self.key(frame.current, step.given.plain[0])
                word = " AND "
            elif step.name not in KNOWN:
                self._open(word, step.call)
                word = " AND "
        if chain.open:
            self._open(word, chain.root)

    def _open(self, word: str, node: Node) -> None:
        """What others may add."""
        self.b.say(word, node)
        self.b.unknown(node)

    def _equal(self, named: Named | None, name: str, value: Node, frame: Frame) -> None:
        if named is None:
            self.b.unknown(value)
            return
        key = value.parent.child_by_field_name("name") if value.parent is not None else None
        self.b.column(named.entity, named.attribute(name), key if key is not None else value, named.alias)
        self.b.say(" IS " if value.type == "none" else " = ", value)
        self.x.operand(value, frame)

    def key(self, named: Named, value: Node) -> None:
        """The primary key, equal to a value."""
        self.b.bind(value)
        self.b.parts.pop()
        self.b.put(KeyPart(self.b.span(value), named.entity, self.b.scope.origin(value), named.alias))

    # ------------------------------------------------------------------ columns
    def _correlate(self, chain: Chain, frame: Frame) -> None:
        for step in chain.of("correlate"):
            found = [self.names.selectable(one) for one in step.given.plain]
            named = {(one.entity, one.alias) for one in found if isinstance(one, Named)}
            frame.correlated += [one for one in frame.around() if (one.entity, one.alias) in named]

    def item(self, node: Node, frame: Frame, *, labelled: bool) -> None:
        node = self.b.scope.unwrapped(node)
        chain = self.names.chains.of(node) if node.type in ("call", "identifier") else None
        is_column = node.type == "attribute" and self.x.speaks(node)
        table = None
        if (chain is None or self.names.derived(chain) is not None) and not is_column:
            table = self.names.selectable(node)
        if isinstance(table, Derived):
            self._taken(table, frame)
            self.b.put(IdentifierPart(self.b.span(node), (table.alias,)))
            self.b.say(".*", node)
        elif isinstance(table, Named):
            self._entity(table, node, frame)
        elif node.type in ("identifier", "attribute", "list_splat") and not self.x.speaks(node):
            # A class or a column that is handed in.
            self.b.unknown(node)
            dotted = segments(node) or ("",)
            found = self.b.scope.meaning(dotted[0], node.start_byte)
            if found.parameter is not None or found.loop is not None:
                frame.take(Named(f"?{dotted[0]}"))
        else:
            self.x.write(node, frame, sure=True)
            called, label = method(node), self.names.label(node)
            if label and (labelled or (called is not None and called[1] == "label")):
                self.b.say(" AS ", node)
                self.b.put(IdentifierPart(self.b.span(node), (label,)))

    def _entity(self, table: Named, node: Node, frame: Frame) -> None:
        self.x.take(table, frame)
        self.b.put(StarPart(self.b.span(node), table.entity, table.alias))

    # ------------------------------------------------------------------ behind WHERE
    def _rest(self, chain: Chain, frame: Frame) -> None:
        for names, word, order in (
            (("group_by",), " GROUP BY ", False),
            (("having",), " HAVING ", False),
            (("order_by",), " ORDER BY ", True),
        ):
            nodes = [one for step in chain.of(*names) for one in self.x.spread(step.given) if self.x.speaks(one)]
            if not nodes:
                continue
            self.b.say(word, chain.root)
            if names == ("having",):
                self.x.together(nodes, " AND ", chain.root, frame)
            else:
                self.x.listed(nodes, frame, order=order)
        for name, word in (("limit", " LIMIT "), ("offset", " OFFSET ")):
            values = [step.given.plain[0] for step in chain.of(name) if step.given.plain]
            if values and values[-1].type != "none" and (name == "limit" or any(chain.of("limit"))):
                self.b.say(word, values[-1])
                self.b.bind(values[-1])
