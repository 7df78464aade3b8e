"""Made-up histories of PostgreSQL's DDL.

What comes in: what hypothesis draws, and the schema that our own replay knows after each statement, so that most statements name what is there.
What goes out: statements. This module does not know the engine.
"""

from hypothesis import strategies as st

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.sql.scan import scan
from tests.schema.histories.postgres_parts import (
    COLUMNS,
    DOMAINS,
    ENUMS,
    INDEXES,
    NAMESPACES,
    TABLES,
    VALUES,
    VIEWS,
    Draw,
    dotted,
    known_tables,
    named,
    new_name,
    odds,
    pick,
    quoted,
    some_column,
    some_columns,
    some_table,
    type_name,
)
from tests.schema.histories.postgres_tables import alter_alone, alter_table, create_of, create_table


def index(draw: Draw, schema: Schema) -> str | None:
    """CREATE, ALTER and DROP INDEX; a key made of an index."""
    table = some_table(draw, schema)
    known = [(one.name, other) for other in schema.tables.values() for one in (*other.indexes, *other.unique)]
    if table is None or (known and odds(draw, 4)):
        name, of = pick(draw, known) if known else ("by_email", table)
        where = f"{quoted(of.namespace)}.{quoted(name)}" if of and of.namespace else quoted(name)
        return pick(draw, (
            f"DROP INDEX {where}", f"DROP INDEX IF EXISTS {where}, by_nothing", f"ALTER INDEX {where} RENAME TO {quoted(pick(draw, INDEXES))}",
            f"ALTER TABLE {dotted(of)} ADD {named(draw)}UNIQUE USING INDEX {quoted(name)}" if of else "SELECT 1",
        ))  # fmt: skip
    name = quoted(pick(draw, INDEXES)) if odds(draw, 2) else ""
    guard = "IF NOT EXISTS " if name and odds(draw, 4) else ""
    keys = ", ".join(_index_key(draw, table) for _ in range(draw(st.integers(1, 2))))
    include = f" INCLUDE ({some_columns(draw, table, 1)})" if odds(draw, 6) else ""
    nulls = " NULLS NOT DISTINCT" if odds(draw, 8) else ""
    where = f" WHERE {some_columns(draw, table, 1)} IS NOT NULL" if odds(draw, 5) else ""
    unique = "UNIQUE " if nulls or odds(draw, 4) else ""
    only = "ONLY " if odds(draw, 10) else ""
    return f"CREATE {unique}INDEX {guard}{name} ON {only}{dotted(table)}{' USING btree' if odds(draw, 3) else ''} ({keys}){include}{nulls}{where}"


def _index_key(draw: Draw, table: Table) -> str:
    column = some_column(draw, table)
    texts = [quoted(one.name) for one in table.columns if one.type.family == "text" and not one.type.element]
    if texts and odds(draw, 3):
        text = pick(draw, texts)
        return pick(
            draw,
            (
                f"lower({text})",
                f"({text} || 'x')",
                f"(lower({text}::text))",
                f"(coalesce({text}, ''))",
                f"{text} text_pattern_ops",
            ),
        )
    return column + pick(draw, ("", "", "", " DESC", " ASC NULLS FIRST", " DESC NULLS LAST", " ASC"))


def types(draw: Draw, schema: Schema) -> str | None:
    """Enums, domains and composite types."""
    enum = pick(draw, [type_name(named) for named in schema.enums.values()] or list(map(quoted, ENUMS)))
    made = pick(draw, [type_name(named) for named in schema.types.values()] or list(map(quoted, DOMAINS)))
    known = schema.enum(enum)
    values = known.values if known is not None else ()
    value, new = pick(draw, values or ("a",)), pick(draw, ("a", "b", "it''s", "D"))
    return pick(draw, (
        lambda: f"CREATE TYPE {quoted(pick(draw, ENUMS))} AS ENUM ({pick(draw, VALUES)})",
        lambda: f"ALTER TYPE {enum} ADD VALUE {'IF NOT EXISTS ' if odds(draw, 3) else ''}'{new}'{_beside(draw, value)}",
        lambda: f"ALTER TYPE {enum} RENAME VALUE '{value.replace(chr(39), chr(39) * 2)}' TO '{new}'",
        lambda: f"ALTER TYPE {enum} RENAME TO {quoted(pick(draw, ENUMS))}",
        lambda: f"ALTER TYPE {enum} SET SCHEMA {pick(draw, ('public', 'archive'))}",
        lambda: f"DROP TYPE {'IF EXISTS ' if odds(draw, 3) else ''}{pick(draw, (enum, made))}{' CASCADE' if odds(draw, 2) else ''}",
        lambda: f"CREATE DOMAIN {quoted(pick(draw, DOMAINS))} AS {pick(draw, ('int', 'numeric(6, 2)', 'varchar(9)'))}{_domain_tail(draw)}",
        lambda: f"ALTER DOMAIN {made} {pick(draw, ('SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT', 'ADD CHECK (VALUE IS NOT NULL)'))}",
        lambda: f"ALTER DOMAIN {made} ADD CONSTRAINT small CHECK (VALUE IS NOT NULL) NOT VALID",
        lambda: f"ALTER DOMAIN {made} {pick(draw, ('VALIDATE CONSTRAINT small', 'RENAME CONSTRAINT small TO tiny', 'DROP CONSTRAINT small'))}",
        lambda: f"ALTER DOMAIN {made} RENAME TO {quoted(pick(draw, DOMAINS))}",
        lambda: f"CREATE TYPE {quoted(pick(draw, ('pair', 'Address')))} AS (id int, note varchar(5), {quoted(pick(draw, COLUMNS[2:]))} text)",
        lambda: f"ALTER TYPE {made} {pick(draw, ('ADD ATTRIBUTE more int', 'DROP ATTRIBUTE note CASCADE', 'RENAME ATTRIBUTE id TO nr'))} CASCADE",
    ))()  # fmt: skip


def _beside(draw: Draw[str], value: str) -> str:
    text = value.replace("'", "''")
    return pick(draw, ("", "", f" BEFORE '{text}'", f" AFTER '{text}'"))


def _domain_tail(draw: Draw[str]) -> str:
    return pick(
        draw,
        (
            "",
            " NOT NULL",
            " DEFAULT NULL",
            " CHECK (VALUE IS NOT NULL)",
            " CONSTRAINT good CHECK (VALUE IS NOT NULL) NOT NULL",
        ),
    )


def view(draw: Draw, schema: Schema) -> str | None:
    """Views, materialized ones too."""
    known = known_tables(schema, "view")
    if known and odds(draw, 3):
        made = pick(draw, known)
        word = "MATERIALIZED VIEW" if "materialized" in made.options else "VIEW"
        return pick(draw, (
            f"DROP {word} {dotted(made)}", f"DROP {word} IF EXISTS {dotted(made)} CASCADE",
            f"ALTER {word} {dotted(made)} RENAME TO {quoted(pick(draw, VIEWS))}",
            f"ALTER {word} {dotted(made)} RENAME COLUMN {some_column(draw, made)} TO {quoted(pick(draw, COLUMNS))}",
            f"ALTER {word} {dotted(made)} SET SCHEMA {quoted(pick(draw, ('public', *NAMESPACES)))}",
        ))  # fmt: skip
    source = some_table(draw, schema, "table", "view")
    if source is None or not source.columns:
        return None
    head = pick(
        draw,
        ("CREATE VIEW", "CREATE OR REPLACE VIEW", "CREATE MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW IF NOT EXISTS"),
    )
    tail = " WITH NO DATA" if "MATER" in head and odds(draw, 2) else ""
    return f"{head} {new_name(draw, VIEWS)} AS {_query(draw, schema, source)}{tail}"


def _query(draw: Draw, schema: Schema, source: Table) -> str:
    name, columns = dotted(source), some_columns(draw, source, 3)
    one = some_columns(draw, source, 1)
    other = some_table(draw, schema)
    joined = (
        f"SELECT a.*, 1 AS one FROM {name} a CROSS JOIN {dotted(other)} b"
        if other is not None
        else f"SELECT 1 AS one FROM {name}"
    )
    return pick(draw, (
        f"SELECT * FROM {name}", f"SELECT {columns} FROM {name}", f"SELECT {columns} FROM {name} WHERE {one} IS NOT NULL",
        f"SELECT {one}, count(*) AS n FROM {name} GROUP BY {one}", f"SELECT {one} AS renamed, 'x' AS kind, now() AS at FROM {name}",
        f"WITH q AS (SELECT {columns} FROM {name}) SELECT * FROM q", f"SELECT {one}::text AS t, NULL::int AS nothing FROM {name}",
        f"SELECT count(*), max({one}::text) AS top, coalesce({one}::text, 'none') AS c, {one} IS NULL AS empty FROM {name}",
        f"SELECT CASE WHEN {one} IS NULL THEN 1 ELSE 2.5 END AS n, ARRAY[1, 2] AS list, 1 + 1, '{{}}'::jsonb AS j, row_number() OVER () AS r FROM {name}",
        f"SELECT t.{one}, lower('X') AS low, sum(1) AS s, avg(2) AS a, bool_and(true) AS b FROM {name} AS t GROUP BY t.{one}",
        f"SELECT {one}::varchar(7) AS v, extract(year FROM now()) AS y, now()::date AS d, now() - interval '1 day' AS before FROM {name}",
        f"SELECT DISTINCT {columns}, EXISTS (SELECT 1 FROM {name}) AS any FROM {name}", f"SELECT * FROM (SELECT {columns} FROM {name}) AS inner_one",
        f"SELECT {columns} FROM {name} UNION ALL SELECT {columns} FROM {name}", joined,
    ))  # fmt: skip


def namespace(draw: Draw, schema: Schema) -> str | None:
    """Namespaces, the search path, and blocks."""
    del schema
    name = quoted(pick(draw, NAMESPACES))
    table = quoted(pick(draw, TABLES[:-1]))
    return pick(draw, (
        f"CREATE SCHEMA {name}", f"CREATE SCHEMA IF NOT EXISTS {name}", 'DROP SCHEMA "Billing" CASCADE', 'DROP SCHEMA IF EXISTS "Billing" CASCADE',
        f'CREATE SCHEMA "Annex" CREATE TABLE {table} (id int PRIMARY KEY) CREATE INDEX ON {table} (id) CREATE VIEW seen AS SELECT 1 AS one',
        "SET search_path TO archive, public", "SET search_path = public", "RESET search_path",
        "SELECT pg_catalog.set_config('search_path', 'archive, public', false)",
        f"DO $$ BEGIN CREATE TABLE {table} (id int); EXCEPTION WHEN duplicate_table THEN NULL; END $$",
        "DO $do$ BEGIN CREATE TYPE mood AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $do$",
        f"COMMENT ON SCHEMA public IS 'it''s; {table}'", "GRANT USAGE ON SCHEMA public TO PUBLIC", 'ALTER SCHEMA "Billing" RENAME TO "Annex"',
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'by_email' AND relkind = 'i') THEN CREATE INDEX by_email ON {table} (id); END IF; END $$",
        f"DO $$ BEGIN EXECUTE 'ALTER TABLE {table} ADD COLUMN more int'; UPDATE {table} SET more = 1; END $$",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.note := 'x'; RETURN NEW; END $f$", "CREATE SEQUENCE numbers", "DROP SEQUENCE numbers",
    ))  # fmt: skip


KINDS = (create_table, create_table, create_table, create_of, alter_table, alter_table, alter_table, alter_table, alter_alone, alter_alone, index, index, types,
         types, view, view, namespace)  # fmt: skip


def statement(draw: Draw, schema: Schema) -> str:
    """One statement that fits what is there, or nearly."""
    made = pick(draw, KINDS)(draw, schema) or create_table(draw, schema)
    return _oddly_written(draw, made) if odds(draw, 4) else made


def _oddly_written(draw: Draw, sql: str) -> str:
    """The same with other white space, comments between words, and words in lower case."""
    out, end = [], 0
    for token in scan(sql, "postgres"):
        gap, raw = sql[end : token.start], sql[token.start : token.end]
        out += [
            pick(draw, (gap, "\n", " /* a; b */ ", "\t")) if gap else "",
            raw.lower() if token.kind == "word" else raw,
        ]
        end = token.end
    return "".join(out)
