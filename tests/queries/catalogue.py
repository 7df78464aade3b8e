"""PostgreSQL's own catalogue as the text that `analyzer/sql/signatures/postgres.txt` holds.

What comes in: a connection to an empty database of the version the text names. What goes out: the text. Run as a program with a server's URI it writes the file.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "analyzer/sql/signatures/postgres.txt"
_HEAD = """# Types, casts, operators, functions and system relations of PostgreSQL 18, made from pg_type, pg_cast, pg_operator, pg_proc and pg_attribute
# by tests/queries/catalogue.py. Names as format_type prints them, bpchar for `character`.
# [functions] FLAGS;ARGUMENTS;RESULT: a aggregate, w window, s set of rows, v variadic, n called with NULL too, a number: arguments with defaults;
# {name type,...} are the columns of a record. [relations] a "!" behind a type: never NULL. [ranges] RANGE ELEMENT|MULTIRANGE."""
# What cannot be written in a query: types of C functions and of the engine's own bookkeeping.
_HIDDEN = """'cstring', 'internal', 'language_handler', 'fdw_handler', 'index_am_handler', 'tsm_handler', 'table_am_handler', 'trigger',
  'event_trigger', 'pg_ddl_command', 'pg_node_tree', 'pg_ndistinct', 'pg_dependencies', 'pg_mcv_list', 'pg_brin_bloom_summary',
  'pg_brin_minmax_multi_summary', 'gtsvector', 'unknown'"""
_NAME = "CASE WHEN {0} = 'bpchar'::regtype THEN 'bpchar' WHEN {0} = 'bpchar[]'::regtype THEN 'bpchar[]' ELSE format_type({0}, NULL) END"
_TYPES = f"""
SELECT t.typcategory::text || CASE WHEN t.typispreferred THEN '!' ELSE '' END, string_agg({_NAME.format("t.oid")}, '|' ORDER BY t.oid)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = 'pg_catalog' AND t.typtype IN ('b', 'r', 'm', 'p') AND t.typcategory <> 'A' AND t.typname NOT IN ({_HIDDEN}) GROUP BY 1"""
_CASTS = f"""
SELECT c.castcontext::text || ' ' || {_NAME.format("c.castsource")}, string_agg({_NAME.format("c.casttarget")}, '|' ORDER BY 1)
FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
WHERE s.typname NOT IN ({_HIDDEN}) AND t.typname NOT IN ({_HIDDEN}) AND c.castsource <> c.casttarget
GROUP BY c.castcontext, c.castsource"""
_OPERATORS = f"""
SELECT o.oprname, string_agg(coalesce({_NAME.format("nullif(o.oprleft, 0)")}, '') || ',' || {_NAME.format("o.oprright")} || '>' || {_NAME.format("o.oprresult")}, '|' ORDER BY o.oid)
FROM pg_operator o LEFT JOIN pg_type l ON l.oid = o.oprleft JOIN pg_type r ON r.oid = o.oprright
WHERE coalesce(l.typname, '') NOT IN ({_HIDDEN}) AND r.typname NOT IN ({_HIDDEN}) GROUP BY 1"""
_FUNCTIONS = f"""
SELECT p.proname, string_agg(
  CASE p.prokind WHEN 'a' THEN 'a' WHEN 'w' THEN 'w' ELSE '' END || CASE WHEN p.proretset THEN 's' ELSE '' END
  || CASE WHEN p.provariadic <> 0 THEN 'v' ELSE '' END || CASE WHEN p.proisstrict THEN '' ELSE 'n' END || coalesce(nullif(p.pronargdefaults, 0)::text, '')
  || ';' || coalesce((SELECT string_agg({_NAME.format("a.t")}, ',' ORDER BY a.n) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, n)), '')
  || ';' || CASE WHEN p.proallargtypes IS NULL OR p.prorettype <> 'record'::regtype THEN {_NAME.format("p.prorettype")} ELSE
    '{{' || (SELECT string_agg(p.proargnames[o.n] || ' ' || {_NAME.format("o.t")}, ',' ORDER BY o.n) FROM unnest(p.proallargtypes) WITH ORDINALITY o(t, n)
             WHERE p.proargmodes[o.n] IN ('o', 't', 'b')) || '}}' END, '|' ORDER BY p.oid)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_type r ON r.oid = p.prorettype
WHERE n.nspname = 'pg_catalog' AND p.prokind IN ('f', 'a', 'w') AND r.typname NOT IN ({_HIDDEN})
  AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[]) a(t) JOIN pg_type t ON t.oid = a.t WHERE t.typname IN ({_HIDDEN}))
GROUP BY 1"""
_RELATIONS = f"""
SELECT n.nspname || '.' || c.relname, string_agg(a.attname || ' ' || {_NAME.format("base.oid")} || CASE WHEN a.attnotnull THEN '!' ELSE '' END, ',' ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type base ON base.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v') GROUP BY 1"""
_RANGES = f"""
SELECT {_NAME.format("r.rngtypid")}, {_NAME.format("r.rngsubtype")} || '|' || {_NAME.format("r.rngmultitypid")} FROM pg_range r
WHERE r.rngtypid < 16384"""
_SECTIONS = {
    "types": _TYPES,
    "ranges": _RANGES,
    "casts": _CASTS,
    "operators": _OPERATORS,
    "functions": _FUNCTIONS,
    "relations": _RELATIONS,
}


def extract(connection: Any) -> str:
    """The text."""
    lines = [_HEAD]
    for title, query in _SECTIONS.items():
        lines += [f"[{title}]", *sorted(_rows(connection.execute(query)))]
    return "\n".join(lines) + "\n"


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name} {text}" if not name.startswith(("i ", "a ", "e ")) else f"{name}>{text}" for name, text in rows]


if __name__ == "__main__":
    import psycopg

    with psycopg.connect(sys.argv[1]) as server:
        FILE.write_text(extract(server), encoding="utf-8")
