"""What a database holds, on its way from one process to the other: values only.

This module does not know how it is read.
"""

from msgspec import Struct

from analyzer.facts.change.tables import CreateTable


class Contents(Struct, frozen=True):
    """Tables in the order in which they were made, and the texts of views in theirs."""

    tables: tuple[CreateTable, ...]
    views: tuple[str, ...]
