"""The engines of `tests.schema`, for queries."""

from tests.schema.conftest import fresh_mariadb, mariadb_socket

__all__ = ["fresh_mariadb", "mariadb_socket"]
