"""The configuration as a value.

What comes in: the bytes of `schemalink.toml` or of the `[tool.schemalink]` table of a `pyproject.toml`. What goes out: a Config, or a
ConfigError with the place and, for an unknown key, the likest known one. This module does not know rules or schemas.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import get_args

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


class ConfigError(Exception):
    """A configuration that cannot be used. `line` is 1-based, None where it is not known."""

    def __init__(self, path: str, message: str, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        self.message = message
        self.line = line


_LISTS = ("select", "ignore", "exclude", "external-tables")
_KEYS = (*_LISTS, "schemas")
_SCHEMA_KEYS = ("name", "paths", "tool", "dialect", "serves")
_DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class _Document(Struct, frozen=True):
    """A table of the configuration with what an error needs to say where it is."""

    path: str
    text: str
    table: Mapping[str, object]

    def error(self, message: str, key: str = "") -> ConfigError:
        return ConfigError(self.path, message, _line(self.text, key))


def parse_config(path: str, content: bytes) -> Config:
    """The Config of a `schemalink.toml`, or of the `[tool.schemalink]` table of a file called otherwise.

    ConfigError where it is not TOML, has a key nobody knows or a value of the wrong type. Rule ids are not looked at here.
    """
    document = _document(path, content)
    _refuse_unknown(document, _KEYS)
    lists = {key: _texts(document, key) for key in _LISTS}
    schemas = document.table.get("schemas", [])
    if not isinstance(schemas, list) or not all(isinstance(item, dict) for item in schemas):
        raise document.error('"schemas" must be tables: [[schemas]]', "schemas")
    parsed = tuple(_schema(_Document(path, document.text, item)) for item in schemas)
    _refuse_duplicates(document, [schema.name for schema in parsed])
    return Config(
        select=lists["select"],
        ignore=lists["ignore"],
        schemas=parsed,
        external_tables=lists["external-tables"],
        exclude=lists["exclude"],
    )


def _document(path: str, content: bytes) -> _Document:
    try:
        text = content.decode("utf-8-sig")
        table: object = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(path, "is not UTF-8", content.count(b"\n", 0, error.start) + 1) from error
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        raise ConfigError(path, f"is not TOML: {error}", int(at[1]) if at else None) from error
    except RecursionError as error:
        raise ConfigError(path, "is nested too deeply") from error
    if path.rpartition("/")[2] == "pyproject.toml":
        for key in ("tool", "schemalink"):
            table = table.get(key, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        raise ConfigError(path, '"tool.schemalink" must be a table', _line(text, "schemalink"))
    return _Document(path, text, table)


def _schema(document: _Document) -> SchemaConfig:
    _refuse_unknown(document, _SCHEMA_KEYS)
    for key in ("name", "paths"):
        if not document.table.get(key):
            raise document.error(f'a schema needs "{key}"', "[[schemas]]")
    dialect = _text(document, "dialect")
    return SchemaConfig(
        name=_text(document, "name"),
        paths=_texts(document, "paths"),
        tool=_text(document, "tool"),
        dialect=_dialect(document, dialect) if dialect else None,
        serves=_texts(document, "serves"),
    )


def _dialect(document: _Document, written: str) -> Dialect:
    for dialect in _DIALECTS:
        if written == dialect:
            return dialect
    raise document.error(f'unknown dialect "{written}"{_did_you_mean(written, _DIALECTS)}', "dialect")


def _refuse_unknown(document: _Document, known: Iterable[str]) -> None:
    for key in document.table:
        if key not in known:
            raise document.error(f'unknown key "{key}"{_did_you_mean(key, known)}', key)


def _refuse_duplicates(document: _Document, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise document.error(f'two schemas are called "{name}"', "name")


def _text(document: _Document, key: str) -> str:
    value = document.table.get(key, "")
    if not isinstance(value, str):
        raise document.error(f'"{key}" must be a string', key)
    return value


def _texts(document: _Document, key: str) -> tuple[str, ...]:
    value = document.table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise document.error(f'"{key}" must be a list of strings', key)
    return tuple(value)


def _did_you_mean(written: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(written.lower().replace("_", "-"), list(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else f" (known: {', '.join(known)})"


def _line(text: str, key: str) -> int | None:
    """The line that begins with a key, None where no line does: dotted and inline tables are not searched."""
    for number, line in enumerate(text.splitlines(), start=1):
        if key and line.lstrip().startswith((key, f'"{key}"', f"[[{key}", f"[{key}", f"[tool.{key}")):
            return number
    return None
