"""Parts of schema changes: names, columns, keys, checks, indexes as a statement declares them.

Names are folded as the dialect folds; declared types and expressions are texts. This module does not know what a statement does with them.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span


class ObjectName(Struct, frozen=True):
    """A table, view, index or type. `namespace` is "" where none is written.

    `spliced` says which part of it code puts in: the "namespace", or a "prefix" in front of `name`; "" where it is all known.
    """

    name: str
    namespace: str = ""
    spliced: Literal["", "namespace", "prefix"] = ""


class ForeignKeyClause(Struct, frozen=True):
    """`target_columns` is empty where the target's primary key is meant. `on_delete` and `on_update` are lower case, "" where not given.

    `valid` is False for NOT VALID: rows that are there are not looked at.
    """

    span: Span
    columns: tuple[str, ...]
    target: ObjectName
    target_columns: tuple[str, ...] = ()
    on_delete: str = ""
    name: str = ""
    valid: bool = True
    on_update: str = ""


class KeyClause(Struct, frozen=True):
    """A primary key or unique constraint. `nulls_distinct` is False for NULLS NOT DISTINCT. `descending` as of a column."""

    span: Span
    columns: tuple[str, ...]
    name: str = ""
    nulls_distinct: bool = True
    descending: bool = False


class LikeClause(Struct, frozen=True):
    """LIKE among a table's elements: behind how many columns it stands, and what it copies beside names, types and NOT NULL."""

    table: ObjectName
    at: int
    including: tuple[str, ...] = ()


class Bounds(Struct, frozen=True):
    """What a check asks of a column's value, or of its length in characters: numbers as written, None where there is no bound.

    A bound that is `above` or `below` is not itself among the values.
    """

    column: str
    of: Literal["value", "length"] = "value"
    low: str | None = None
    high: str | None = None
    above: bool = False
    below: bool = False


class CheckClause(Struct, frozen=True):
    """`bounds` is set where the check is nothing but comparisons of one column with numbers.

    `column` and `values` are set where the check is one column against a list of literals. `valid` is False for NOT VALID.
    """

    span: Span
    sql: str
    name: str = ""
    column: str | None = None
    values: tuple[str, ...] | None = None
    valid: bool = True
    inherited: bool = True
    bounds: Bounds | None = None


class ColumnClause(Struct, frozen=True):
    """A column as declared. `type` is the declared text, "" where none is given. `default` is the text of the expression.

    `generated`: "" no, "stored" or "virtual" computed, "always" or "default" identity, "auto" serial or AUTO_INCREMENT.
    `key_name` is the name given to the primary key or unique constraint that stands in the definition. `open` is True where a part of the
    definition is not known: what else it says of the column may not be all.
    `descending` is True for SQLite's PRIMARY KEY DESC, which is no alias of the rowid.
    """

    span: Span
    name: str
    type: str = ""
    not_null: bool = False
    default: str | None = None
    generated: str = ""
    primary_key: bool = False
    unique: bool = False
    references: ForeignKeyClause | None = None
    checks: tuple[CheckClause, ...] = ()
    collation: str = ""
    key_name: str = ""
    open: bool = False
    nulls_distinct: bool = True
    descending: bool = False


class IndexClause(Struct, frozen=True):
    """`columns` holds plain column names, and the text of an expression where it is one (`expressions` has its positions).

    `options` is, for each column, what stands behind it: collation, operator class, direction, MySQL's key length; lower case,
    "" for none; the tuple is empty where no column has any. `method` is lower case, "" where none is written.
    """

    span: Span
    name: str
    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None
    expressions: tuple[int, ...] = ()
    include: tuple[str, ...] = ()
    method: str = ""
    options: tuple[str, ...] = ()
    nulls_distinct: bool = True
