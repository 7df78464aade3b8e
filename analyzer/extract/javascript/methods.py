"""What well-known methods and functions do with rows that they are called on or given.

Sources: ECMA-262, "Properties of the Array Prototype Object"; the rest are names by custom. This module does not know a syntax.
"""

# Methods of arrays: whose callback takes a row, first or second; that give rows back; that give one row.
FIRST = frozenset({"map", "forEach", "filter", "find", "findLast", "findIndex", "some", "every", "flatMap"})
SORTS = frozenset({"sort", "toSorted"})
SAME = frozenset({"filter", "slice", "reverse", "toReversed", "execute", "simple"}) | SORTS
ONE = frozenset({"find", "findLast", "at", "shift", "pop"})
ADDS = frozenset({"push", "unshift", "splice", "fill"})
OBJECT = frozenset({"constructor", "hasOwnProperty", "toString", "valueOf", "toJSON", "__proto__", "length", "then"})
# Functions that only look at what they are given, or hand it out of this file.
LOOKS = frozenset({
    "log", "info", "debug", "warn", "error", "trace", "dir", "table", "json", "send", "status", "resolve", "push", "callback", "cb", "next", "done",
    "expect", "assert", "ok", "equal", "deepEqual", "strictEqual", "deepStrictEqual", "set", "add", "emit", "render", "write", "end", "keys",
    "values", "entries", "stringify", "String", "Number", "Boolean", "isArray", "reply", "dispatch",
})  # fmt: skip
MERGES = frozenset({"assign", "merge", "extend", "defaults", "defineProperty"})
SCHEMAS = frozenset({"parse", "safeParse", "parseAsync", "safeParseAsync"})
