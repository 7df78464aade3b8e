"""A schema: its tables and named objects, and the questions asked of all of them.

A name is *tainted* where a step nobody could read mentions it: nothing may be accused of it. `dropped` keeps what existed
once, as evidence.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.named import Dropped, EnumType, Function, NamedType
from analyzer.catalog.names import fold, nearest
from analyzer.catalog.table import Check, Column, ForeignKey, Table
from analyzer.catalog.types import ColumnType
from analyzer.catalog.value_lists import AllowedValues, ignores_case, is_numeric, mysql_members
from analyzer.facts.source import Dialect, Span


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
