"""A file before anything is known of it: the value between the walk and the classification.

This module does not know where the bytes came from.
"""

from msgspec import Struct


class RawFile(Struct, frozen=True):
    """`path` is relative to the root and posix."""

    path: str
    content: bytes
