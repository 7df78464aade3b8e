"""What plugins add to a schema.

What comes in: the module a plugin is of, and the options it is given. What goes out: fields, None for a plugin that nobody here knows. The table is `plugins.toml`. This module does
not know schemas.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from analyzer.extract.frameworks.kept_values import Names, entry, is_literal
from analyzer.extract.frameworks.mongoose.types import KINDS
from analyzer.facts.document import DocumentField
from analyzer.facts.source import Span
from analyzer.facts.value import LiteralValue, ObjectValue, Value


class Plugin(Struct, frozen=True, forbid_unknown_fields=True):
    fields: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    named: Mapping[str, str] = {}


@cache
def _table() -> Mapping[str, Plugin]:
    text = (files("analyzer") / "extract/frameworks/mongoose/plugins.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Plugin])


def added(module: str, options: Value | None, span: Span, names: Names) -> tuple[DocumentField, ...] | None:
    """The fields that a plugin adds."""
    plugin = _table().get(module)
    given = names.resolved(options) if options is not None else None
    return tuple(_fields(plugin, given, span, names)) if plugin is not None else None


def _fields(plugin: Plugin, given: Value | None, span: Span, names: Names) -> Iterator[DocumentField]:
    # Options of another file may say anything: the fields are there, as far as anybody knows.
    known = given is None or isinstance(given, ObjectValue)
    for name, written in plugin.fields.items():
        option = entry(given, plugin.options[name]) if name in plugin.options else None
        if known and name in plugin.options and (option is None or is_literal(option, "false")):
            continue
        renamed = entry(given, plugin.named[name]) if name in plugin.named else None
        called = names.text(renamed) if isinstance(renamed, LiteralValue) else None
        type_, _, filled = written.partition(" ")
        yield DocumentField(span, called or name, KINDS[type_], filled=bool(filled))
