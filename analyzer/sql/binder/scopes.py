"""What a name may mean at a place of a statement: relations, their columns, enclosing scopes; and what binding has found so far.

What comes in: relations as the FROM clause lists them. What goes out: where a column name is found. This module does not know
sqlglot's tree.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.facts.reference import Role
from analyzer.facts.source import Dialect
from analyzer.sql.binder.holes import is_value_position
from analyzer.sql.resolution import Compared, OutputColumn, Problem, SqlReference, Status, Write

Clause = Literal["from", "select", "where", "group", "having", "order"]


class Value(Struct, frozen=True):
    """What an expression gives. `source` is "table.column" of a plain column. `parameter` is the placeholder it is, -1 for others.

    `literal` is True for a constant, whose type yields to the other side's; `empty` for what is NULL where there are no rows. `assumed` is True
    where nothing but a placeholder says the type: the host may declare another. `described` is what the engine itself says of NULL where that is
    not `nullable`: it looks at the column's definition, not at what a predicate lets through. `name` is a plain column's, as it was declared.
    """

    type: ColumnType = UNKNOWN
    nullable: bool | None = None
    source: str = ""
    parameter: int = -1
    literal: bool = False
    empty: bool = False
    assumed: bool = False
    described: bool | None = None
    name: str = ""

    @property
    def is_bare(self) -> bool:
        """A placeholder whose type nothing has said: the host may declare any."""
        return self.assumed or (self.parameter >= 0 and not self.type.name)


NOTHING = Value()


class ScopeColumn(Struct, frozen=True):
    """`scalar` is True for the column of a function that gives plain values, not rows. The rest as in Value."""

    name: str
    type: ColumnType = UNKNOWN
    nullable: bool | None = None
    source: str = ""
    certain: bool = True
    assumed: bool = False
    scalar: bool = False
    described: bool | None = None


RelationKind = Literal["table", "derived", "function", "missing"]


class Relation(Struct, frozen=True, dict=True):
    """A relation of a FROM clause under its alias. `table` is the real table's name, "" for what the catalogue does not hold.

    `pseudo` are names that are valid without being listed; `reason` says why an open relation is open. `rowid` is the column SQLite keeps the rowid in.
    """

    alias: str
    table: str
    columns: tuple[ScopeColumn, ...]
    dialect: Dialect
    kind: RelationKind = "table"
    namespace: str = ""
    closed: bool = True
    reason: str = ""
    pseudo: frozenset[str] = frozenset()
    hidden: bool = False
    rowid: str = ""

    @cached_property
    def _by_name(self) -> dict[str, ScopeColumn]:
        return {column_key(column.name, self.dialect): column for column in reversed(self.columns)}

    def column(self, key: str) -> ScopeColumn | None:
        return self._by_name.get(key)


def column_key(name: str, dialect: Dialect) -> str:
    return fold(name, dialect)


@dataclass
class Scope:
    """The relations of one query level. `nulled` are aliases an outer join may fill with NULL, `proven` columns that are not NULL.

    `merged` holds the columns that USING and NATURAL made one of several, `joined` which relations were joined by them, and on which side. `outputs` are the names of the select list, once
    known; `shaped` is False where it has others besides. `open` is True where a hole may bring in relations nobody sees, `pending` are conditions to be bound once all relations stand, `maybe_empty` where an aggregate makes a row of no rows.
    """

    dialect: Dialect
    parent: "Scope | None" = None
    relations: list[Relation] = field(default_factory=list)
    ctes: dict[str, Relation] = field(default_factory=dict)
    nulled: set[str] = field(default_factory=set)
    proven: set[tuple[str, str]] = field(default_factory=set)
    merged: dict[str, Value] = field(default_factory=dict)
    joined: dict[tuple[str, str], str] = field(default_factory=dict)
    outputs: dict[str, Value] = field(default_factory=dict)
    shaped: bool = True
    windows: set[str] = field(default_factory=set)
    pending: list[Any] = field(default_factory=list)
    clause: Clause = "from"
    maybe_empty: bool = False
    open: bool = False
    natural: bool = False

    def relation(self, alias: str) -> Relation | None:
        for relation in self.relations:
            if relation.alias == alias:
                return relation
        return None

    def cte(self, name: str) -> Relation | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.ctes:
                return scope.ctes[name]
            scope = scope.parent
        return None

    def value(self, relation: Relation, column: ScopeColumn) -> Value:
        """A column as this level sees it: an outer join adds NULL, a predicate takes it away."""
        key = (relation.alias, column_key(column.name, self.dialect))
        nullable, described = column.nullable, column.described
        if self.maybe_empty or (
            relation.alias in self.nulled and not any(alias == relation.alias for alias, _ in self.proven)
        ):
            nullable = described = True
        elif key in self.proven:
            described = nullable if described is None else described
            nullable = False
        return Value(
            column.type, nullable, column.source, assumed=column.assumed, described=described, name=column.name
        )


@dataclass
class Ledger:
    """What binding finds, in the order it is found. Offsets are already those of the given text.

    `parameters` is by mention, `typed` by the position a parameter is bound at. `doubts` are reasons why the engine may refuse it all the same.
    """

    references: list[SqlReference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parameters: dict[int, Value] = field(default_factory=dict)
    typed: dict[int, Value] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    dynamic_tables: bool = False
    dynamic_columns: bool = False
    doubts: list[str] = field(default_factory=list)

    def note_hole(self, node: object) -> None:
        """A hole was met where an expression stands: as a mere value it hides no name."""
        self.dynamic_columns = self.dynamic_columns or not is_value_position(node)


@dataclass(frozen=True)
class Context:
    """What stays the same while one statement is bound. `place` maps [start, end) of the parsed text to the given one.

    `parameter` gives a placeholder's place in the given text and its position; `spliced` is True where the statement has holes.
    """

    schema: Schema | None
    dialect: Dialect
    ledger: Ledger
    sql: str
    text: str
    place: Callable[[int, int], tuple[int, int]]
    external: Callable[[str], bool]
    query: Callable[[Any, Scope], "Columns"]
    project: Callable[[list[Any], Scope], "Columns"]
    hidden_relations: bool = False
    positions: tuple[int, ...] = ()
    holes: tuple[tuple[int, int], ...] = ()
    spliced: bool = False
    parameter: Callable[[int], tuple[int, int, int]] = lambda _: (0, 0, 0)

    def refer(
        self, place: tuple[int, int], table: str, column: str | None, role: Role, status: Status, *,
        namespace: str = "", reason: str = "", candidates: tuple[str, ...] = (), derived: bool = False,
    ) -> None:  # fmt: skip
        low, high = self.place(*place)
        self.ledger.references.append(
            SqlReference(low, high, table, column, role, status, namespace, reason, candidates, derived)
        )

    def original(self, start: int, end: int) -> str:
        """The given text behind a range of the parsed one."""
        low, high = self.place(start, end)
        return self.text[low:high]

    def doubt(self, reason: str) -> None:
        """Something the engine may refuse, and that nobody is accused of."""
        self.ledger.doubts.append(reason)

    def is_spliced(self, start: int, end: int) -> bool:
        """Whether something nobody knows stands inside a range of the given text."""
        return any(start <= low and high <= end for low, high in self.holes)

    def complain(self, problem: Problem) -> None:
        self.ledger.problems.append(problem)

    def learn(self, parameter: int, value: Value) -> None:
        """What a placeholder is compared with or written to. The first that knows a type is right."""
        if value.type.name and parameter < len(self.positions):
            value = self.ledger.typed.setdefault(self.positions[parameter], value)
        known = self.ledger.parameters.get(parameter)
        if known is None or (known.type.family == "unknown" and value.type.family != "unknown"):
            self.ledger.parameters[parameter] = value

    def relearnt(self, value: Value) -> Value:
        """The value with what its placeholder has learnt since."""
        return self.mention(value.parameter) if value.parameter >= 0 else value

    def mention(self, parameter: int) -> Value:
        """A placeholder: in PostgreSQL it has the type that its first use gave it."""
        known = self.ledger.typed.get(self.positions[parameter]) if parameter < len(self.positions) else None
        return Value(known.type if known is not None else UNKNOWN, parameter=parameter)


Columns = tuple[OutputColumn, ...] | None


def as_scope_columns(columns: Columns) -> tuple[ScopeColumn, ...]:
    return tuple(
        ScopeColumn(c.name, c.type, c.nullable, c.source, assumed=c.assumed, described=c.described)
        for c in columns or ()
    )
