"""Tables that no migration creates and every database has: what migration tools keep for themselves, and what PostGIS installs.

What comes in: a name. What goes out: whether it is one. This module does not know schemas.
"""

import re

_BOOKKEEPING = re.compile(
    r"_?sqlx_migrations|__?diesel_schema_migrations|(?:gor[pm]_)?_?schema_?(?:migrations?|versions?)(?:_lock)?|(?:\w{1,30}_)?migrations?(?:_lock|_history)?"
    r"|pgmigrations|goose_db_version|flyway_schema_history|schema_info|db_?version|version|ar_internal_metadata|_prisma_migrations|__drizzle_migrations"
    r"|knex_migrations(?:_lock)?|alembic_version|django_migrations|sequelizemeta|databasechangelog(?:lock)?|refinery_schema_history|_yoyo_\w{1,30}"
    r"|yoyo_lock|sqlite_\w{1,30}|spatial_ref_sys|geometry_columns",
    re.IGNORECASE,
)


def is_bookkeeping(name: str) -> bool:
    return _BOOKKEEPING.fullmatch(name) is not None
