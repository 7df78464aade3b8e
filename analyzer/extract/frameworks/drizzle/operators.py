"""Drizzle's operators and functions, and the SQL they send.

Sources: https://orm.drizzle.team/docs/operators, /docs/sql, /docs/select#aggregations-helpers, /docs/guides/vector-similarity-search, /docs/rqb-v2. This
module does not know how operands are written.
"""

from collections.abc import Mapping

INFIX: Mapping[str, str] = {
    "eq": "=",
    "ne": "<>",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "like": "LIKE",
    "notLike": "NOT LIKE",
    "ilike": "ILIKE",
    "notIlike": "NOT ILIKE",
    "arrayContains": "@>",
    "arrayContained": "<@",
    "arrayOverlaps": "&&",
}
POSTFIX: Mapping[str, str] = {"isNull": " IS NULL", "isNotNull": " IS NOT NULL", "asc": " ASC", "desc": " DESC"}
LISTS: Mapping[str, str] = {"inArray": " IN ", "notInArray": " NOT IN "}
RANGES: Mapping[str, str] = {"between": " BETWEEN ", "notBetween": " NOT BETWEEN "}
SUBQUERIES: Mapping[str, str] = {"exists": "EXISTS ", "notExists": "NOT EXISTS "}
JUNCTIONS: Mapping[str, str] = {"and": " AND ", "or": " OR "}
# (before, behind) the operand; without one it is a star.
AGGREGATES: Mapping[str, tuple[str, str]] = {
    "count": ("COUNT(", ")"),
    "countDistinct": ("COUNT(DISTINCT ", ")"),
    "sum": ("SUM(", ")"),
    "sumDistinct": ("SUM(DISTINCT ", ")"),
    "avg": ("AVG(", ")"),
    "avgDistinct": ("AVG(DISTINCT ", ")"),
    "max": ("MAX(", ")"),
    "min": ("MIN(", ")"),
}
# Distances between vectors have operators of extensions: what is said of them is which columns they ask for.
DISTANCES = frozenset(
    {"l2Distance", "l1Distance", "innerProduct", "cosineDistance", "hammingDistance", "jaccardDistance"}
)
SELECTS = frozenset({"select", "selectDistinct", "selectDistinctOn"})
SETS: Mapping[str, str] = {
    "union": " UNION ",
    "unionAll": " UNION ALL ",
    "intersect": " INTERSECT ",
    "intersectAll": " INTERSECT ALL ",
    "except": " EXCEPT ",
    "exceptAll": " EXCEPT ALL ",
}
JOINS: Mapping[str, str] = {
    "leftJoin": " LEFT JOIN ",
    "rightJoin": " RIGHT JOIN ",
    "innerJoin": " INNER JOIN ",
    "fullJoin": " FULL JOIN ",
    "crossJoin": " CROSS JOIN ",
    "leftJoinLateral": " LEFT JOIN LATERAL ",
    "innerJoinLateral": " INNER JOIN LATERAL ",
    "crossJoinLateral": " CROSS JOIN LATERAL ",
}
OPERATORS = frozenset(
    {*INFIX, *POSTFIX, *LISTS, *RANGES, *SUBQUERIES, *JUNCTIONS, *AGGREGATES, *DISTANCES, *SETS, "not"}
)
# What a filter that is an object writes: `{ age: { gte: 18 } }`.
FILTERS: Mapping[str, str] = {**INFIX, "in": " IN ", "notIn": " NOT IN "}
FILTER_KEYS = frozenset({*FILTERS, "isNull", "isNotNull", "OR", "AND", "NOT"})
