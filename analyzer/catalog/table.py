"""A table: its columns, keys, checks, indexes and triggers.

Every object knows the span that defined it. What comes in: names and declared types. What goes out: look-ups that compare names as the
dialect does. This module does not know other tables.
"""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from analyzer.catalog.names import fold
from analyzer.catalog.types import ColumnType
from analyzer.facts.clause import Bounds
from analyzer.facts.source import Dialect, Span

# The mark of a table of which nobody knows all the indexes and constraints.
LOOSE = "loose"
# Columns that mark a row as deleted.
_DELETED = re.compile(
    r"_?(?:is_?|was_?|soft_?)?(?:deleted|removed)(?:_?(?:at|on|date|time|timestamp))?$|(?:date|time)_?(?:deleted|removed)$",
    re.IGNORECASE,
)
TableKind = Literal["table", "view", "collection"]


class Column(Struct, frozen=True):
    """`nullable` is what the engine enforces. `default` is an expression's text. `generated` as in ColumnClause.

    `collation` is "" for the database's own. `certain` is False where the column may not be there (a step that may have run).
    `inherited` is True where it is a parent table's alone, and goes with the parent's.

    Of documents `name` is a dotted path, `evidence` what says that there is such a field: "model", "validator", "dto", "writer", "index"; `open` is True
    where anything may be inside of it.
    """

    name: str
    type: ColumnType
    nullable: bool
    defined: Span
    default: str | None = None
    generated: str = ""
    certain: bool = True
    collation: str = ""
    inherited: bool = False
    evidence: tuple[str, ...] = ()
    open: bool = False


class Key(Struct, frozen=True):
    columns: tuple[str, ...]
    defined: Span
    name: str = ""
    nulls_distinct: bool = True


class ForeignKey(Struct, frozen=True):
    """`basis` says what makes it one: the database's own key, a mapper's declaration, or what a field is called."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    defined: Span
    name: str = ""
    on_delete: str = ""
    namespace: str = ""
    on_update: str = ""
    valid: bool = True
    basis: Literal["key", "orm", "name"] = "key"


class Check(Struct, frozen=True):
    """`column` and `values`, and `bounds`, as in CheckClause."""

    sql: str
    defined: Span
    name: str = ""
    column: str | None = None
    values: tuple[str, ...] | None = None
    valid: bool = True
    inherited: bool = True
    bounds: Bounds | None = None


class Index(Struct, frozen=True):
    """`columns`, `expressions` and `options` as in IndexClause; `method` is "" for the engine's default.

    `implicit` is True where MySQL made it for a foreign key.
    """

    name: str
    columns: tuple[str, ...]
    defined: Span
    unique: bool = False
    where: str | None = None
    expressions: tuple[int, ...] = ()
    include: tuple[str, ...] = ()
    method: str = ""
    options: tuple[str, ...] = ()
    nulls_distinct: bool = True
    implicit: bool = False

    @property
    def _is_of_another_kind(self) -> bool:
        """Whether only operators of its own use it: texts, places."""
        return "text" in self.options or self.options[:1] in (("2d",), ("2dsphere",))

    def serves(self, equal: Collection[str], ranged: Collection[str]) -> bool:
        """Whether it finds rows of which some columns equal something, and others are in a range: by its first column."""
        if self._is_of_another_kind or not self.columns:
            return False
        if self.options[:1] == ("wildcard",):
            return any(_is_below(path, self.columns[0]) for path in (*equal, *ranged))
        if self.method == "hash" or self.options[:1] == ("hashed",):
            return self.columns[0] in equal
        return self.columns[0] in equal or self.columns[0] in ranged

    def gives(self, equal: Collection[str], order: Sequence[tuple[str, str]]) -> bool:
        """Whether it gives rows in this order ((column, "1" or "-1") each), or the reverse, where other columns equal something."""
        if self._is_of_another_kind or self.method == "hash" or "hashed" in self.options:
            return False
        wanted = [(column, way) for column, way in order if column not in equal]
        turned: set[bool] = set()
        for position, column in enumerate(self.columns):
            way = self.options[position] if position < len(self.options) else "1"
            if wanted and column == wanted[0][0]:
                turned.add(way != wanted.pop(0)[1])
            elif wanted and column not in equal:
                return False
        return not wanted and len(turned) <= 1


def _is_below(path: str, prefix: str) -> bool:
    return not prefix or path == prefix or path.startswith(f"{prefix}.")


class Trigger(Struct, frozen=True):
    """`fills` are columns of a new row that it assigns before the row is kept, `refills` those of a changed row, "*" where nobody knows which; `rows` are columns of its table that it names."""

    name: str
    defined: Span
    fills: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    refills: tuple[str, ...] = ()


class Table(Struct, frozen=True, dict=True):
    """`closed` is True where no column can exist that `columns` lacks. `query` is a view's text. `columns` are in order.

    `reads` is what a view depends on: (namespace, table, column), the column "" for the table itself; None where that is not known.

    `spliced` is "namespace" where code says which one it is in, "prefix" where the name begins with what code puts in front.

    Of a collection `others` are names that code uses for what is no field: virtuals, aliases.
    """

    name: str
    namespace: str
    kind: TableKind
    dialect: Dialect
    defined: Span
    columns: tuple[Column, ...] = ()
    closed: bool = True
    primary_key: Key | None = None
    unique: tuple[Key, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    query: str | None = None
    options: tuple[str, ...] = ()
    certain: bool = True
    spliced: Literal["", "namespace", "prefix"] = ""
    triggers: tuple[Trigger, ...] = ()
    reads: tuple[tuple[str, str, str], ...] | None = None
    others: frozenset[str] = frozenset()

    @cached_property
    def filled(self) -> frozenset[str]:
        """Folded names of the columns that a trigger fills, or "*": an INSERT need not give them."""
        return frozenset(fold(name, self.dialect) for trigger in self.triggers for name in trigger.fills)

    @cached_property
    def refilled(self) -> frozenset[str]:
        """Folded names of the columns that a trigger fills in an UPDATE, or "*"."""
        return frozenset(fold(name, self.dialect) for trigger in self.triggers for name in trigger.refills)

    def is_filled(self, column: Column, *, insert: bool = True) -> bool:
        """Whether a trigger may give the column another value than the statement does."""
        filled = self.filled if insert else self.refilled
        return "*" in filled or fold(column.name, self.dialect) in filled

    @cached_property
    def object_names(self) -> frozenset[str]:
        """Folded names of its indexes and constraints."""
        keys = () if self.primary_key is None else (self.primary_key,)
        named = (*self.indexes, *self.unique, *self.foreign_keys, *self.checks, *keys)
        return frozenset(fold(one.name, self.dialect) for one in named if one.name)

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {fold(column.name, self.dialect): column for column in self.columns}

    def column(self, name: str) -> Column | None:
        return self._by_name.get(fold(name, self.dialect))

    def path(self, path: str) -> Literal["known", "open", "missing"]:
        """What is known of a dotted path of documents: "open" where anything may be there."""
        if path in ("", "_id") or self.column(path) is not None:
            return "known"
        head = path
        if not self.closed or {path, path.partition(".")[0]} & self.others:
            return "open"
        while "." in head:
            head = head.rpartition(".")[0]
            outer = self.column(head)
            if outer is not None:
                return "open" if outer.open else "missing"
        return "missing"

    def serving(self, equal: Collection[str], ranged: Collection[str]) -> Index | None:
        """An index that finds rows by at least one of these columns."""
        return next((index for index in self._ways if index.serves(equal, ranged)), None)

    def sorting(self, equal: Collection[str], order: Sequence[tuple[str, str]]) -> Index | None:
        """An index that gives rows in this order."""
        return next((index for index in self._ways if index.gives(equal, order)), None)

    @cached_property
    def _ways(self) -> tuple[Index, ...]:
        """Its indexes, and those that its keys have."""
        keys = (*((self.primary_key,) if self.primary_key is not None else ()), *self.unique)
        own = (Index("_id_", ("_id",), self.defined, unique=True),) if self.kind == "collection" else ()
        return (*own, *(Index(key.name, key.columns, key.defined, unique=True) for key in keys), *self.indexes)

    @property
    def deletion_mark(self) -> Column | None:
        """The column that says that a row is deleted and stays."""
        return next((column for column in self.columns if _DELETED.match(column.name)), None)

    @property
    def is_rowid_table(self) -> bool:
        return self.dialect == "sqlite" and self.kind == "table" and "without rowid" not in self.options
