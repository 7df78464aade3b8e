"""Tables that something other than the project's migrations makes.

What comes in: the configuration's globs, the project's own statements. What goes out: a predicate over table names. Sources of the names:
each tool's own documentation of its bookkeeping table. This module does not know schemas.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

# Bookkeeping tables that migration tools make for themselves.
_TOOLS = frozenset({
    "_sqlx_migrations", "__diesel_schema_migrations", "schema_migrations", "goose_db_version", "flyway_schema_history",
    "_prisma_migrations", "__drizzle_migrations", "knex_migrations", "knex_migrations_lock", "alembic_version", "django_migrations",
    "pgmigrations", "migrations", "refinery_schema_history", "seaql_migrations", "sequelizemeta", "typeorm_metadata", "gorp_migrations",
    "databasechangelog", "databasechangeloglock", "kysely_migration", "kysely_migration_lock", "mikro_orm_migrations", "ar_internal_metadata",
})  # fmt: skip

# Tables and views that extensions and hosting platforms bring along: PostGIS, pg_stat_statements, timescaledb, pg_cron.
_EXTENSIONS = frozenset({
    "spatial_ref_sys", "geometry_columns", "geography_columns", "raster_columns", "raster_overviews", "pg_stat_statements",
    "pg_stat_statements_info", "pg_buffercache", "hypertables",
})  # fmt: skip


def external_tables(globs: Iterable[str], made_in_code: Iterable[str]) -> Callable[[str], bool]:
    """True for a table that is made elsewhere; names compare without case."""
    patterns = tuple(glob.lower() for glob in globs)
    known = _TOOLS | _EXTENSIONS | {name.lower() for name in made_in_code}

    def is_external(name: str) -> bool:
        folded = name.lower()
        return folded in known or any(fnmatchcase(folded, pattern) for pattern in patterns)

    return is_external


def is_bookkeeping(name: str) -> bool:
    """True for a table that a migration tool makes for itself."""
    return name.lower() in _TOOLS
