"""The configuration as a value.

What comes in: the bytes of `schemalink.toml` or of the `[tool.schemalink]` table of a `pyproject.toml`. What goes out: a Config, or a
ConfigError with the place and, for an unknown key, the likest known one. This module does not know rules or schemas.
"""

from msgspec import Struct

from analyzer.facts.source import Dialect


class SchemaConfig(Struct, frozen=True):
    """A schema the user names: `paths` hold its migrations or DDL (files or folders, relative to the root), `serves` the
    folders whose code reads it (empty: all). `tool` is a layout's name, "" to find out; `dialect` None to find out.
    """

    name: str
    paths: tuple[str, ...]
    tool: str = ""
    dialect: Dialect | None = None
    serves: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """`select` empty means every rule but the opt-in ones; `ignore` wins over `select`. Rule ids or family names.

    `external_tables` are globs of tables that something else creates. `exclude` are gitignore patterns.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    schemas: tuple[SchemaConfig, ...] = ()
    external_tables: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
