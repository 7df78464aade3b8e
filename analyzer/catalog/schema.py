"""Schema, tables, columns, keys: immutable values and their look-ups.

Every object knows the span that defined it. A name is *tainted* where a step nobody could read mentions it: nothing may be
accused of it. `dropped` keeps what existed once, as evidence.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.types import UNKNOWN, ColumnType
from analyzer.catalog.value_lists import AllowedValues, ignores_case, is_numeric, mysql_members
from analyzer.facts.clause import Bounds
from analyzer.facts.source import Dialect, Span

# The mark of a table of which nobody knows all the indexes and constraints.
LOOSE = "loose"
TableKind = Literal["table", "view", "collection"]


def fold(name: str, dialect: Dialect) -> str:
    """The form in which two spellings of a stored name are equal.

    PostgreSQL: names were folded when they were read (unquoted to lower case) and compare exactly. SQLite and MySQL columns
    compare without case; MySQL tables by file system: without case here, so that no difference of case is ever accused.
    """
    return name if dialect == "postgres" else name.lower()


class Column(Struct, frozen=True):
    """`nullable` is what the engine enforces. `default` is an expression's text. `generated` as in ColumnClause.

    `collation` is "" for the database's own. `certain` is False where the column may not be there (a step that may have run).
    `inherited` is True where it is a parent table's alone, and goes with the parent's.
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


class Key(Struct, frozen=True):
    columns: tuple[str, ...]
    defined: Span
    name: str = ""
    nulls_distinct: bool = True


class ForeignKey(Struct, frozen=True):
    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    defined: Span
    name: str = ""
    on_delete: str = ""
    namespace: str = ""
    on_update: str = ""
    valid: bool = True


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

    @property
    def is_rowid_table(self) -> bool:
        return self.dialect == "sqlite" and self.kind == "table" and "without rowid" not in self.options


class EnumType(Struct, frozen=True):
    name: str
    namespace: str
    values: tuple[str, ...]
    defined: Span


class NamedType(Struct, frozen=True):
    """A domain (`base` is set), composite or range type."""

    name: str
    namespace: str
    defined: Span
    base: ColumnType | None = None
    not_null: bool = False
    default: str | None = None
    checks: tuple[Check, ...] = ()
    attributes: tuple[Column, ...] = ()


class Function(Struct, frozen=True):
    """A stored function or procedure; `fills` and `effect` as in CreateFunction."""

    name: str
    namespace: str
    defined: Span
    fills: tuple[str, ...] = ()
    effect: str = ""


class Dropped(Struct, frozen=True):
    """What a step took away: a table (`column` is None) or a column; `renamed_to` where it lives on under another name."""

    table: str
    column: str | None
    span: Span
    renamed_to: str | None = None


class Schema(Struct, frozen=True, dict=True):
    """`tables` are keyed by (namespace, folded name); the default namespace is "". `tainted` holds folded table names, "*" for all.

    A tainted name with a "*" in it means all names that begin and end like it. `loose` are folded names of which nobody knows whether an index or
    constraint has them.
    """

    name: str
    dialect: Dialect
    tables: Mapping[tuple[str, str], Table] = {}
    enums: Mapping[str, EnumType] = {}
    types: Mapping[str, NamedType] = {}
    functions: Mapping[str, Function] = {}
    tainted: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    dropped: tuple[Dropped, ...] = ()
    default_namespaces: tuple[str, ...] = ("", "public", "main", "dbo")
    search_path: tuple[str, ...] = ()
    settings: Mapping[str, str] = {}
    saved: tuple[tuple[str, "Schema"], ...] = ()

    def table(self, name: str, namespace: str = "") -> Table | None:
        """The table a name means; without a namespace, as if every namespace were on the search path, the default first."""
        key = fold(name, self.dialect)
        if namespace and namespace not in self.default_namespaces:
            found = self.tables.get((fold(namespace, self.dialect), key))
            anywhere = self.tables.get(("", key))
            return found or (anywhere if anywhere is not None and anywhere.spliced else None)
        found = (None if namespace else self.tables.get(("pg_temp", key))) or self.tables.get(("", key))
        if found is not None or namespace:
            return found
        return self._any_namespace.get(key)

    def ending(self, suffix: str) -> Table | None:
        """The table that a name means whose beginning is not known: the one made so, else the only one that ends in this word."""
        key = fold(suffix, self.dialect)
        if not key:
            return None
        found = [table for (_, name), table in self.tables.items() if name == key or name.endswith(f"_{key}")]
        made = [table for table in found if table.spliced and fold(table.name, self.dialect) == key]
        return (made or found)[0] if len(made) == 1 or len(found) == 1 else None

    @cached_property
    def _any_namespace(self) -> dict[str, Table]:
        return {name: table for (_, name), table in reversed(list(self.tables.items()))}

    @cached_property
    def namespaces(self) -> frozenset[str]:
        return frozenset(namespace for namespace, _ in self.tables)

    def is_tainted(self, name: str) -> bool:
        """True where a step that could not be read may have made, changed or dropped this table."""
        key = fold(name, self.dialect)
        return "*" in self.tainted or key in self.tainted or self._may_be_spliced(key)

    def _may_be_spliced(self, key: str) -> bool:
        return any(
            key.startswith(head) and key.endswith(tail) and len(key) >= len(head) + len(tail)
            for head, tail in self._patterns
        ) or (("", key) not in self.tables and any(key.endswith(suffix) for suffix in self._suffixes))

    @cached_property
    def _patterns(self) -> tuple[tuple[str, str], ...]:
        return tuple((head, tail) for head, star, tail in (name.partition("*") for name in self.tainted) if star)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(name for (_, name), table in self.tables.items() if table.spliced == "prefix")

    def has_function(self, name: str) -> bool:
        return name in self.functions

    def has_namespace(self, name: str) -> bool:
        """Whether a table is in it, or it is one that needs no making."""
        return name.lower() in {each.lower() for each in (*self.namespaces, *self.default_namespaces)}

    def is_empty(self) -> bool:
        return not self.tables

    def enum(self, name: str) -> EnumType | None:
        return self.enums.get(name.rpartition(".")[2].strip('"'))

    def type(self, name: str) -> NamedType | None:
        return self.types.get(name.rpartition(".")[2].strip('"'))

    def column_type(self, type_: ColumnType) -> ColumnType:
        """The type with enums and domains of this schema resolved."""
        if type_.family == "array" and type_.element:
            element = self.enum(type_.element) or self.type(type_.element)
            return type_ if element is None else replace(type_, namespace=self._printed(element.namespace))
        if type_.family != "unknown":
            return type_
        enum = self.enum(type_.name)
        if enum is not None:
            return replace(type_, name=enum.name, family="enum", namespace=self._printed(enum.namespace))
        domain = self.type(type_.name)
        if domain is None:
            return type_
        made = replace(type_, name=domain.name, family="other", namespace=self._printed(domain.namespace))
        if domain.base is None:
            return made
        return replace(made, family=domain.base.family, length=domain.base.length, element=domain.base.element)

    def allowed_values(self, table: Table, column: Column) -> tuple[AllowedValues, ...]:
        """The lists that say which values a column takes, its type's first: a value must be in all of them. Empty where nothing lists them, or
        where a step that could not be read may have changed what does.
        """
        if self.is_tainted(table.name) or not (table.certain and column.certain) or table.kind != "table":
            return ()
        type_ = self.column_type(column.type)
        key = fold(column.name, self.dialect)
        own = (check for check in table.checks if check.column and fold(check.column, self.dialect) == key)
        return (*self._typed_values(type_, column), *self._listed(own, type_, column, "check"))

    def is_unrestricted(self, table: Table, column: Column) -> bool:
        """Whether a column is sure to take any text: no type, check, key or trigger of its table says otherwise."""
        if (
            self.is_tainted(table.name)
            or not (table.certain and column.certain)
            or table.kind != "table"
            or table.triggers
        ):
            return False
        type_ = self.column_type(column.type)
        if type_.family != "text" or self.type(type_.name) is not None:
            return False
        key = fold(column.name, self.dialect)
        keys = (*table.unique, *(one for one in (table.primary_key, *table.foreign_keys) if one is not None))
        named = {
            fold(name, self.dialect)
            for one in keys
            if len(one.columns) == 1 or isinstance(one, ForeignKey)
            for name in one.columns
        }
        return key not in named and not any(_mentions(check.sql, column.name) for check in table.checks)

    def _typed_values(self, type_: ColumnType, column: Column) -> tuple[AllowedValues, ...]:
        """What an enum or a domain lists."""
        if type_.family == "enum" and self.dialect == "mysql":
            values = mysql_members(type_)
            case = not ignores_case(type_, column.collation, self.dialect)
            return (AllowedValues(values, "enum", column.defined, case=case),) if values else ()
        enum = self.enum(type_.name) if type_.family == "enum" else None
        if enum is not None:
            return () if self.is_tainted(enum.name) else (AllowedValues(enum.values, "enum", enum.defined, enum.name),)
        domain = self.type(type_.name) if self.dialect == "postgres" and not type_.element else None
        if domain is None or domain.base is None or self.is_tainted(domain.name):
            return ()
        inner = self._typed_values(self.column_type(domain.base), column)
        return (*inner, *self._listed(domain.checks, type_, column, "domain"))

    def _listed(
        self, checks: Iterable[Check], type_: ColumnType, column: Column, kind: Literal["check", "domain"]
    ) -> tuple[AllowedValues, ...]:
        case = not ignores_case(type_, column.collation, self.dialect)
        return tuple(
            AllowedValues(check.values, kind, check.defined, check.name, case, is_numeric(type_), check.valid)
            for check in checks
            if check.values is not None
        )

    def _printed(self, namespace: str) -> str:
        """Types in a default namespace are printed without it."""
        return "" if namespace in self.default_namespaces else namespace

    def nearest_table(self, name: str) -> str | None:
        return nearest(name, (table.name for table in self.tables.values()))

    def nearest_type(self, name: str) -> str | None:
        return nearest(name, (*self.enums, *self.types))

    def last_dropped(self, table: str, column: str | None) -> Dropped | None:
        """The step that took this object away last, if one did."""
        for dropped in reversed(self.dropped):
            if (
                fold(dropped.table, self.dialect) == fold(table, self.dialect)
                and (dropped.column is None) == (column is None)
                and (column is None or fold(dropped.column or "", self.dialect) == fold(column, self.dialect))
            ):
                return dropped
        return None

    @cached_property
    def places(self) -> frozenset[Span]:
        """Where its tables and views are defined."""
        return frozenset(table.defined for table in self.tables.values())

    @property
    def columns(self) -> int:
        return sum(len(table.columns) for table in self.tables.values())


def _mentions(sql: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sql, re.IGNORECASE) is not None


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The likest of some names, or None where none is alike enough to be a slip."""
    by_fold = {known.lower(): known for known in sorted(names)}
    close = difflib.get_close_matches(name.lower(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


__all__ = [
    "LOOSE",
    "UNKNOWN",
    "AllowedValues",
    "Check",
    "Column",
    "ColumnType",
    "Dropped",
    "EnumType",
    "ForeignKey",
    "Function",
    "Index",
    "Key",
    "NamedType",
    "Schema",
    "Table",
    "TableKind",
    "Trigger",
    "fold",
    "nearest",
]
