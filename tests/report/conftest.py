"""The engine that printed statements are run in."""

from tests.schema.conftest import fresh_postgres, postgres_uri

__all__ = ["fresh_postgres", "postgres_uri"]
