"""PyMongo and Motor: handles and calls are values; what a database itself checks are validators.

Source: https://pymongo.readthedocs.io/en/stable/api/pymongo/database.html (`create_collection`, `command`) and
https://www.mongodb.com/docs/manual/reference/command/collMod/. This module does not know which method does what to documents.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.objects.declared import DeclaredValues, called, text
from analyzer.extract.objects.json_schema import fields, is_closed
from analyzer.facts.document import DocumentModel, DocumentShape
from analyzer.facts.value import CallValue, ObjectValue, Value

_COMMANDS = ("collMod", "create")


def _documents(declared: Declarations) -> Iterator[DocumentShape | DocumentModel]:
    read = DeclaredValues(declared.objects)
    for one in declared.objects.invocations:
        name, validator = _validated(one.call, read)
        schema = read.entry(validator, "$jsonSchema")
        if name and schema is not None:
            yield DocumentShape(
                schema.span,
                name,
                "pymongo",
                fields(schema, read),
                closed=is_closed(schema, read),
                kind="validator",
            )


def _validated(call: CallValue, read: DeclaredValues) -> tuple[str, Value | None]:
    """The collection that a call gives a validator, and the validator."""
    first = read.plain(call.arguments[0]) if call.arguments else read.entry(call, "name")
    if called(call) == "create_collection":
        return text(first), read.entry(call, "validator")
    if called(call) != "command":
        return "", None
    if isinstance(first, ObjectValue):
        name = next((text(found) for word in _COMMANDS if (found := read.entry(first, word)) is not None), "")
        return name, read.entry(first, "validator")
    second = read.plain(call.arguments[1]) if len(call.arguments) > 1 else None
    return (text(second), read.entry(call, "validator")) if text(first) in _COMMANDS else ("", None)


FRAMEWORKS = (
    Framework(
        name="pymongo",
        languages=("python",),
        dependencies=frozenset({"pymongo", "motor"}),
        tokens=(b"pymongo", b"motor.motor", b"MongoClient", b"AsyncIOMotor"),
        dialect="mongodb",
        reexported=True,
        documents=_documents,
    ),
)
