"""The node driver of MongoDB, and scripts of its shell.

What comes in: a file's values. What goes out: shapes that the database itself checks. This module does not know which call is on which collection.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.facts.document import DocumentShape


def documents(_declarations: Declarations) -> Iterator[DocumentShape]:
    yield from ()


FRAMEWORKS = (
    Framework(
        name="mongodb",
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"mongodb", "mongodb-legacy"}),
        tokens=(b'"mongodb"', b"'mongodb'"),
        documents=documents,
    ),
)
