"""The node driver of MongoDB, and scripts of its shell.

What comes in: a file's values. What goes out: shapes that the database itself checks; handles and calls are values. Source:
https://mongodb.github.io/node-mongodb-native, https://www.mongodb.com/docs/mongodb-shell. This module does not know which call is on which collection.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.frameworks.validators import validators
from analyzer.facts.document import DocumentShape

_NAME = "mongodb"


def documents(declarations: Declarations) -> Iterator[DocumentShape]:
    yield from validators(declarations, _NAME)


FRAMEWORKS = (
    Framework(
        name=_NAME,
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"mongodb", "mongodb-legacy", "mongoist", "monk"}),
        # A script of the shell imports nothing: `db` is there.
        tokens=(
            b'"mongodb"',
            b"'mongodb'",
            b"db.getSiblingDB(",
            b"db.getCollection(",
            b"db.createCollection(",
            b"$jsonSchema",
            b".createIndex({",
            b".createIndex( {",
            b".ensureIndex({",
        ),
        dialect="mongodb",
        reexported=True,
        documents=documents,
    ),
)
