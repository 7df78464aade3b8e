"""A whole schema that a tool keeps beside a migration. This module does not know formats."""

from msgspec import Struct

from analyzer.facts.change.tables import CreateTable
from analyzer.facts.change.types import CreateEnum
from analyzer.facts.source import Dialect


class Snapshot(Struct, frozen=True):
    """What the tool takes the database to be once the migration has run, as the changes that would make it of nothing.

    Spans are places in the snapshot; views are left out.
    """

    dialect: Dialect
    changes: tuple[CreateEnum | CreateTable, ...]
