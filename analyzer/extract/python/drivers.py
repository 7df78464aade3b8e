"""Which database drivers a Python file speaks to, as its imports and its project's dependencies say.

What comes in: a file's Scope. What goes out: Evidence. Source of the parameter styles: `paramstyle` of each driver (PEP 249), asyncpg's
usage page. This module does not know calls.
"""

from functools import lru_cache

from msgspec import Struct

from analyzer.extract.scope import Scope
from analyzer.facts.query import ParamStyle


class _Driver(Struct, frozen=True):
    dialect: str
    style: ParamStyle


_SQLITE, _POSTGRES = _Driver("sqlite", "any"), _Driver("postgres", "pyformat")
_ASYNCPG, _MYSQL, _ANY = _Driver("postgres", "numeric"), _Driver("mysql", "pyformat"), _Driver("", "any")
# Module -> driver; the names under which they are installed are the same but for those of _PACKAGES.
_MODULES = {
    "sqlite3": _SQLITE, "aiosqlite": _SQLITE, "apsw": _SQLITE, "pysqlite3": _SQLITE, "libsql": _SQLITE, "sqlcipher3": _SQLITE,
    "psycopg": _POSTGRES, "psycopg2": _POSTGRES, "psycopg_pool": _POSTGRES, "aiopg": _POSTGRES, "pg8000": _POSTGRES,
    "asyncpg": _ASYNCPG,
    "pymysql": _MYSQL, "MySQLdb": _MYSQL, "mysql": _MYSQL, "aiomysql": _MYSQL, "asyncmy": _MYSQL, "mariadb": _MYSQL,
    "databases": _Driver("", "named"),
}  # fmt: skip
_PACKAGES = {
    "psycopg2-binary": "psycopg2",
    "psycopg-binary": "psycopg",
    "psycopg-pool": "psycopg_pool",
    "mysqlclient": "MySQLdb",
    "mysql-connector-python": "mysql",
    "pysqlite3-binary": "pysqlite3",
}
# Drivers of systems that are not read: what they speak to is no schema of ours.
_FOREIGN = {
    "duckdb": "duckdb", "clickhouse_driver": "clickhouse", "clickhouse_connect": "clickhouse", "aiochclient": "clickhouse",
    "asynch": "clickhouse", "google.cloud.bigquery": "bigquery", "snowflake.connector": "snowflake",
    "snowflake.snowpark": "snowflake", "pymssql": "mssql", "cx_Oracle": "oracle", "oracledb": "oracle", "redshift_connector": "redshift",
    "pyhive": "hive", "impala": "hive", "trino": "trino", "prestodb": "presto", "pyathena": "athena", "databricks": "databricks",
    "pyspark": "spark", "cassandra": "cassandra", "vertica_python": "vertica", "teradatasql": "teradata", "hdbcli": "hana",
    "ibm_db": "db2", "ibm_db_dbi": "db2", "fdb": "firebird", "firebird": "firebird", "taos": "tdengine", "monetdblite": "monetdb",
}  # fmt: skip
_BUILDERS = frozenset({"sqlalchemy", "sqlmodel", "django", "peewee", "tortoise", "pony"})


class Evidence(Struct, frozen=True):
    """`drivers` are modules this file imports, `installed` those its project depends on. `dialect` and `style` are what all of
    them agree on ("" and "any" where they do not); a file that speaks to a system which is not read has that system's name.
    `builds` is True where statements may be objects of a query builder.
    """

    drivers: frozenset[str]
    installed: frozenset[str]
    dialect: str
    style: ParamStyle
    builds: bool

    @property
    def any(self) -> bool:
        return bool(self.drivers or self.installed)


@lru_cache(maxsize=1)
def evidence(scope: Scope) -> Evidence:
    """What a file and its project say; asked once a site, so the last file's answer is kept."""
    # `from .compat import sqlite3` is the driver as well.
    imported = {name for entry in scope.structure.imports for name in (entry.module.partition(".")[0], entry.name)}
    drivers = frozenset(imported & _MODULES.keys())
    dependencies = {dependency.name.lower() for dependency in scope.structure.source.project.dependencies}
    installed = frozenset(
        module for name in dependencies if (module := _PACKAGES.get(name, name.replace("-", "_"))) in _MODULES
    )
    styles = {_MODULES[name].style for name in drivers}
    return Evidence(
        drivers,
        installed,
        dialect=_foreign(scope, drivers) or _agreed(drivers) or ("" if drivers - {"databases"} else _agreed(installed)),
        # A project may speak to a second database in another file: its dependencies say nothing of the style here.
        style=next(iter(styles)) if len(styles) == 1 else "any",
        builds=bool(imported & _BUILDERS),
    )


def _foreign(scope: Scope, drivers: frozenset[str]) -> str:
    """The system that the file's only drivers speak to, where it is none of ours."""
    if drivers:
        return ""
    modules = {
        name
        for entry in scope.structure.imports
        for name in (entry.module, entry.module.partition(".")[0], f"{entry.module}.{entry.name}")
    }
    return next((_FOREIGN[name] for name in sorted(modules & _FOREIGN.keys())), "")


def _agreed(drivers: frozenset[str]) -> str:
    dialects = {_MODULES[name].dialect for name in drivers} - {""}
    return next(iter(dialects)) if len(dialects) == 1 else ""
