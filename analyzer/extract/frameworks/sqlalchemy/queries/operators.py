"""Methods and functions of SQLAlchemy's expressions, as rows.

Sources: https://docs.sqlalchemy.org/en/20/core/operators.html, /en/20/core/sqlelement.html, /en/20/core/functions.html. This module does not read
nodes.
"""

# Python's operators between expressions.
COMPARISONS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
# Methods with one operand.
LIKES = {
    "like": "LIKE", "notlike": "NOT LIKE", "not_like": "NOT LIKE", "startswith": "LIKE", "endswith": "LIKE",
}  # fmt: skip
FOLDED_LIKES = {
    "ilike": "LIKE", "notilike": "NOT LIKE", "not_ilike": "NOT LIKE", "istartswith": "LIKE", "iendswith": "LIKE", "icontains": "LIKE",
}  # fmt: skip
LISTS = {"in_": "IN", "not_in": "NOT IN", "notin_": "NOT IN"}
IS = {"is_": "IS", "is_not": "IS NOT", "isnot": "IS NOT"}
# Methods that say how a column is sorted, or give an expression another type or name: what they are called on is what they are of.
SAME = frozenset({
    "asc", "desc", "nulls_first", "nullsfirst", "nulls_last", "nullslast", "label", "collate", "self_group", "expression", "any_", "all_",
    "correlate", "params", "unique_params", "of_type", "property",
})  # fmt: skip
ORDERS = {"asc": " ASC", "desc": " DESC"}
# Methods whose result is a condition, of a meaning that engines spell differently.
CONDITIONS = frozenset({
    "contains", "contained_by", "overlap", "overlaps", "has_key", "has_any", "has_all", "match", "regexp_match", "op", "bool_op",
    "is_distinct_from", "is_not_distinct_from", "isnot_distinct_from", "any", "has", "comparator", "path_exists", "path_match",
})  # fmt: skip
# Functions whose name stands alone.
WORDS = {
    "now": "CURRENT_TIMESTAMP",
    "current_timestamp": "CURRENT_TIMESTAMP",
    "current_date": "CURRENT_DATE",
    "current_time": "CURRENT_TIME",
}
SORTS = {"asc": " ASC", "desc": " DESC", "nullsfirst": "", "nullslast": "", "nulls_first": "", "nulls_last": ""}
COMPOUNDS = {
    "union": "UNION", "union_all": "UNION ALL", "intersect": "INTERSECT", "intersect_all": "INTERSECT ALL", "except_": "EXCEPT",
    "except_all": "EXCEPT ALL",
}  # fmt: skip
CONSTANTS = {"null": "NULL", "true": "TRUE", "false": "FALSE"}
CONNECTIVES = {"and_": " AND ", "or_": " OR "}
