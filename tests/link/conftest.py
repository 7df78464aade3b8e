"""The PostgreSQL of the schema tests."""

from tests.schema.conftest import fresh_postgres, postgres_uri

__all__ = ["fresh_postgres", "postgres_uri"]
