"""PyMongo and Motor: handles and calls are values; the shapes a database itself checks are validators.

Source: https://pymongo.readthedocs.io and https://motor.readthedocs.io. This module does not know which method does what.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.frameworks.validators import validators
from analyzer.facts.document import DocumentModel, DocumentShape


def _documents(read: Declarations) -> Iterator[DocumentShape | DocumentModel]:
    yield from validators(read, "pymongo")


FRAMEWORKS = (
    Framework(
        name="pymongo",
        languages=("python",),
        dependencies=frozenset({"pymongo", "motor"}),
        tokens=(b"pymongo", b"motor.motor", b"bson"),
        dialect="mongodb",
        reexported=True,
        documents=_documents,
    ),
)
