"""The tables of this folder as values.

What comes in: the TOML files beside this module. What goes out: a Driver each. A file names its `sources`, the `frameworks` and the one dialect it
speaks of, and whether `columns` are met by the name the engine prints (without lengths) or by family. Tables have host types as keys, with
their arguments where those matter (`Vec<u8>`), and lists of columns. This module does not judge.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from analyzer.catalog.types import ColumnType
from analyzer.facts.source import Dialect

Columns = dict[str, frozenset[str]]


class Driver(Struct, frozen=True, forbid_unknown_fields=True):
    """What a driver makes of columns, and takes for them. `modules` are those a file imports to use it, where several share a framework.

    `decodes`, `lossy`: the columns a host type can hold, or hold in part. `converts`: what a checked row is widened from. `unchecked`: what
    passes where nobody asks for the type. `encodes`: what a bound value is taken for; `assigned`: where it is written, besides; `exact`: a
    parameter takes what its column gives. `known` are columns that some type not listed here reads. `arrays` are names of lists whose
    argument is the element. Where a project calls one of `replaced_by`, its types are its own.
    """

    sources: tuple[str, ...]
    frameworks: tuple[str, ...]
    dialect: Dialect
    columns: Literal["name", "family"]
    decodes: Columns
    modules: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    lossy: Columns = {}
    converts: Columns = {}
    unchecked: Columns = {}
    encodes: Columns = {}
    assigned: Columns = {}
    exact: bool = False
    replaced_by: tuple[str, ...] = ()

    def column(self, type_: ColumnType) -> str:
        """How this driver's tables call a type."""
        if self.columns == "family" or type_.family in ("array", "enum"):
            return type_.family
        if type_.family == "bool" and self.dialect == "mysql":
            return "tinyint(1)"
        head, _, rest = type_.name.partition("(")
        return (head + rest.partition(")")[2]).strip()

    def knows(self, column: str) -> bool:
        return column in self.known or any(
            column in found for table in (self.decodes, self.lossy) for found in table.values()
        )


@cache
def drivers() -> tuple[Driver, ...]:
    """Every table, in order of its file's name."""
    folder = files("analyzer") / "link" / "drivers"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return tuple(msgspec.convert(tomllib.loads(entry.read_text("utf-8")), Driver) for entry in found)


@cache
def tables_of(framework: str, dialect: str, modules: frozenset[str]) -> tuple[Driver, ...]:
    """The tables that may hold for a query: of several drivers, those whose modules the file names, all where it names none."""
    found = [driver for driver in drivers() if framework in driver.frameworks and driver.dialect == dialect]
    named = [driver for driver in found if modules.intersection(driver.modules)]
    return tuple(named or found)
