"""Expressions over one table with columns of many types, for properties that a real engine decides.

What goes out: hypothesis strategies of texts. Most of what they make the engine takes; what it refuses proves nothing. This module does not know
engines.
"""

from hypothesis import strategies as st

POSTGRES_COLUMNS = {
    "id": "integer", "user_id": "bigint", "quantity": "smallint", "price": "numeric(10,2)", "weight": "double precision", "ratio": "real",
    "title": "text", "email": "character varying(255)", "code": "character(3)", "active": "boolean", "made_on": "date",
    "created_at": "timestamp without time zone", "sent_at": "timestamp with time zone", "took": "interval", "data": "jsonb", "raw": "json",
    "tags": "text[]", "sizes": "integer[]", "token": "uuid", "status": "order_status", "Mixed Name": "text",
}  # fmt: skip
SQLITE_COLUMNS = {
    "id": "INTEGER", "user_id": "BIGINT", "price": "REAL", "title": "TEXT", "email": "VARCHAR(255)", "active": "BOOLEAN", "data": "JSON",
}  # fmt: skip

_numbers = st.sampled_from(["0", "1", "-1", "42", "1.5", "-2.50", "5000000000", ".5", "1e3", "'7'", "'-1'", "+3"])
_texts = st.sampled_from(["'draft'", "'it''s'", "''", "E'a\\nb'", "'x'::text", "'y'::varchar", "'%a_'", "'1'", "$$z$$"])


def _postgres_numbers(depth: int) -> st.SearchStrategy[str]:
    leaf = st.one_of(st.sampled_from(["id", "user_id", "quantity", "price", "weight", "ratio", "(id)"]), _numbers)
    if depth == 0:
        return leaf
    inner, text = _postgres_numbers(depth - 1), _postgres_texts(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, st.sampled_from([" + ", " - ", "*", " / ", " % ", "^"]), inner).map("".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-{one}" if not one.startswith("-") else one),
        st.tuples(st.sampled_from(["abs", "round", "floor", "ceil", "sqrt", "pg_catalog.abs", "ABS", "sign", "length"]), inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(inner, st.sampled_from(["integer", "bigint", "numeric", "float8", "numeric(8,2)", "int2", "real"])).map(lambda p: f"({p[0]})::{p[1]}"),
        st.tuples(inner, st.sampled_from(["integer", "bigint", "double precision"])).map(lambda p: f"CAST({p[0]} AS {p[1]})"),
        st.tuples(st.sampled_from(["COALESCE", "greatest", "LEAST", "nullif", "mod", "power"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        text.map(lambda one: f"length({one})"),
        text.map(lambda one: f"char_length({one})"),
        text.map(lambda one: f"position('a' in {one})"),
        st.sampled_from(["EXTRACT(epoch FROM sent_at)", "extract(year from made_on)", "date_part('year', created_at)", "sizes[1]", "array_length(tags, 1)",
                         "cardinality(sizes)", "jsonb_array_length(data)", "(data->>'n')::int", "extract(day from took)"]),
        st.tuples(_postgres_booleans(depth - 1), inner, inner).map(lambda p: f"CASE WHEN {p[0]} THEN {p[1]} ELSE {p[2]} END"),
    )  # fmt: skip


def _postgres_texts(depth: int) -> st.SearchStrategy[str]:
    leaf = st.one_of(
        st.sampled_from(["title", "email", "code", '"Mixed Name"', "data->>'k'", "data #>> '{a,b}'", "raw->>'k'"]),
        _texts,
    )
    if depth == 0:
        return leaf
    inner, number = _postgres_texts(depth - 1), _postgres_numbers(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, inner).map(" || ".join),
        st.tuples(st.sampled_from(["lower", "UPPER", "btrim", "trim", "md5", "reverse", "pg_catalog.lower", "ltrim", "initcap"]), inner).map(lambda p: f"{p[0]}({p[1]})"),
        inner.map(lambda one: f"trim(both from {one})"),
        inner.map(lambda one: f"substring({one} from 1 for 2)"),
        inner.map(lambda one: f"substr({one}, 2)"),
        st.tuples(inner, inner).map(lambda p: f"COALESCE({p[0]}, {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"replace({p[0]}, 'a', {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"NULLIF({p[0]}, {p[1]})"),
        st.tuples(st.one_of(inner, number), st.sampled_from(["text", "varchar", "varchar(20)", "character varying"])).map(lambda p: f"({p[0]})::{p[1]}"),
        inner.map(lambda one: f'lower({one} COLLATE "C")'),
        inner.map(lambda one: f"left({one}, 3)"),
        inner.map(lambda one: f"split_part({one}, '@', 2)"),
        st.sampled_from(["status::text", "token::text", "tags[1]", "encode(title::bytea, 'hex')"]),
        st.tuples(_postgres_booleans(depth - 1), inner).map(lambda p: f"case when {p[0]} then {p[1]} end"),
    )  # fmt: skip


def _postgres_booleans(depth: int) -> st.SearchStrategy[str]:
    number, text = _postgres_numbers(max(depth - 1, 0)), _postgres_texts(max(depth - 1, 0))
    sign = st.sampled_from([" = ", " <> ", "!=", " < ", ">", " <= ", ">="])
    leaf = st.one_of(
        st.sampled_from(["active", "true", "NOT active", "active IS TRUE", "active IS NOT FALSE", "active is unknown", "status = 'draft'",
            "status IN ('draft', 'sent')", "status <> 'sent'::order_status", "status NOT IN ('draft')", "made_on > '2024-01-31'", "sent_at IS NOT NULL",
            "created_at >= '2024-01-01 00:00:00'", "made_on > date '2024-01-31'", "sent_at < now()", "sent_at <= CURRENT_TIMESTAMP",
            "sent_at > now() - interval '30 minutes'", "took < '2 days'::interval", "created_at < made_on", "tags @> ARRAY['a']", "tags && '{a,b}'",
            "'a' = ANY(tags)", "id = ANY (sizes)", "3 <> ALL (sizes)", "data ? 'k'", "data @> '{}'", "data @> '{\"a\": [1, 2.50]}'", "data ?| array['a','b']",
            "token = '6ecd8c99-4036-403d-bf84-cf8400f67836'", "active = 't'", "jsonb_typeof(data) = 'object'", "created_at IS DISTINCT FROM NULL",
            "(data->'a'->>'b') IS NULL", "raw->'a' ->> 'b' = 'c'", "code IN ('a', 'b')", "email = ANY ('{a,b}')", "title ISNULL", "title notnull"]),
        st.tuples(number, sign, number).map("".join),
        st.tuples(text, sign, text).map("".join),
    )  # fmt: skip
    if depth == 0:
        return leaf
    inner = _postgres_booleans(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, st.sampled_from([" AND ", " or "]), inner).map("".join),
        inner.map(lambda one: f"NOT ({one})"),
        inner.map(lambda one: f"({one})"),
        st.tuples(number, st.sampled_from(["IN", "not in"]), st.lists(number, min_size=1, max_size=3)).map(lambda p: f"{p[0]} {p[1]} ({', '.join(p[2])})"),
        st.tuples(text, st.sampled_from(["IN", "NOT IN"]), st.lists(_texts, min_size=1, max_size=3)).map(lambda p: f"{p[0]} {p[1]} ({', '.join(p[2])})"),
        st.tuples(number, st.sampled_from(["BETWEEN", "not between", "BETWEEN SYMMETRIC"]), number, number).map(lambda p: f"{p[0]} {p[1]} {p[2]} AND {p[3]}"),
        st.tuples(text, st.sampled_from(["LIKE", "ilike", "NOT LIKE", "!~~*", "~", "!~*", "SIMILAR TO", "~~"]), _texts).map(lambda p: f"{p[0]} {p[1]} {p[2]}"),
        st.tuples(number, number).map(lambda p: f"{p[0]} IS DISTINCT FROM {p[1]}"),
        st.tuples(text, text).map(lambda p: f"{p[0]} IS NOT DISTINCT FROM {p[1]}"),
        text.map(lambda one: f"{one} IS NOT NULL"),
        number.map(lambda one: f"{one} IS NULL"),
        st.tuples(inner, sign, inner).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
    )  # fmt: skip


postgres_checks = _postgres_booleans(3)
postgres_values = st.one_of(_postgres_numbers(2), _postgres_texts(2), _postgres_booleans(1))
