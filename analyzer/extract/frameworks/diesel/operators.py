"""Diesel's methods on expressions and queries, and what SQL has for them. Sources: docs.rs/diesel, `ExpressionMethods`, `BoolExpressionMethods`,
`TextExpressionMethods`, `NullableExpressionMethods`, `pg::expression`; of queries `QueryDsl`. This module does not know how an expression is read.
"""

from tree_sitter import Node

from analyzer.extract.texts import text_of

INFIX = {
    "eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<=", "like": "LIKE", "not_like": "NOT LIKE", "ilike": "ILIKE",
    "not_ilike": "NOT ILIKE", "is_not_distinct_from": "IS NOT DISTINCT FROM", "is_distinct_from": "IS DISTINCT FROM", "and": "AND",
    "or": "OR", "concat": "||", "contains": "@>", "is_contained_by": "<@", "overlaps_with": "&&", "similar_to": "SIMILAR TO",
    "not_similar_to": "NOT SIMILAR TO", "is": "IS", "is_not": "IS NOT",
}  # fmt: skip
BEHIND = {"is_null": " IS NULL", "is_not_null": " IS NOT NULL"}
ORDER = {"desc": " DESC", "asc": " ASC", "nulls_last": " NULLS LAST", "nulls_first": " NULLS FIRST"}
SAME = frozenset(
    {"nullable", "assume_not_null", "into_sql", "single_value", "clone", "as_sql", "over", "into", "as_ref", "to_owned"}
    | {
        "filter_aggregate",
        "aggregate_filter",
        "aggregate_order",
        "aggregate_distinct",
        "cast",
        "fallible_cast",
        "escape",
        "collate",
    }
)
WORDS = {"now": "CURRENT_TIMESTAMP", "today": "CURRENT_DATE"}
OPERATORS = frozenset({"+", "-", "*", "/"})
JOINS = {"inner_join": "INNER JOIN", "left_join": "LEFT JOIN", "left_outer_join": "LEFT JOIN"}
INSERTS = {"insert_into": "insert", "replace_into": "replace", "insert_or_ignore_into": "ignore"}
# docs.rs/diesel-uplete: an update to NULL that deletes the rows of which nothing is left.
CHANGES = {"update": "update", "delete": "delete", "uplete": "update"}
FILTERS = frozenset({"filter", "where_", "or_filter"})
# What makes an expression, or a join's side, of a table.
# Functions of Diesel and the language that give no query.
NO_QUERIES = frozenset({"new", "default", "from", "not", "exists", "count", "sum", "max", "min", "avg"})
# What runs a chain: behind it stand rows.
RUNS = frozenset({"load", "first", "get_result", "get_results", "execute", "load_stream", "load_iter"})
NO_LINKS = RUNS | frozenset(
    {
        "field",
        "fields",
        "on",
        "single_value",
        "eq",
        "ne",
        "iter",
        "into_iter",
        "iter_mut",
        "map",
        "collect",
        "keys",
        "unwrap",
        "expect",
    }
    | {
        "unwrap_or_default",
        "len",
        "to_string",
        "as_str",
        "flatten",
        "drain",
        "ok",
        "as_slice",
        "chunks",
        "push",
        "insert",
        "get",
    }
)
# Links that only queries have.
LINKS = frozenset(
    {
        "filter",
        "or_filter",
        "select",
        "find",
        "inner_join",
        "left_join",
        "left_outer_join",
        "order",
        "order_by",
        "then_order_by",
        "limit",
    }
    | {
        "offset",
        "group_by",
        "having",
        "distinct",
        "distinct_on",
        "count",
        "into_boxed",
        "for_update",
        "for_share",
        "for_no_key_update",
    }
)
ORDERS = frozenset({"order", "order_by", "then_order_by"})


def is_word(node: Node) -> bool:
    words = text_of(node).split("::")
    return words[-1] in WORDS and (len(words) == 1 or words[-2] == "dsl")
