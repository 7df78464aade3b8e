"""The engines that properties of expressions are asked of."""

from tests.schema.conftest import fresh_postgres, postgres_uri

__all__ = ["fresh_postgres", "postgres_uri"]
