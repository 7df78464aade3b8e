"""Documents as a library of the host language declares them: shapes, and the models that keep documents of a shape in a collection.

Names are as the source writes them. A class that merely holds data (pydantic, a dataclass, an interface) is a Model of facts/model.py; here are shapes that a
library of documents reads: mongoose schemas, classes of Beanie and mongoengine, JSON schemas. This module does not know any library.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import Value

# BSON's types by the aliases of `$type` (https://www.mongodb.com/docs/manual/reference/bson-types/), and "number" for any of int, long, double and
# decimal, "mixed" for anything at all, "map" for an object with keys of its own.
BsonKind = Literal[
    "string", "int", "long", "double", "decimal", "number", "bool", "date", "timestamp", "objectId", "binData", "regex",
    "uuid", "object", "array", "map", "mixed", "null",
]  # fmt: skip

# PyMongo's constants of directions and kinds of index, as a server names them
# (https://pymongo.readthedocs.io/en/stable/api/pymongo/index.html).
DIRECTIONS = {
    "ASCENDING": "1", "DESCENDING": "-1", "TEXT": "text", "HASHED": "hashed", "GEOSPHERE": "2dsphere", "GEO2D": "2d",
}  # fmt: skip


class DocumentField(Struct, frozen=True):
    """A field by the name it is stored under. `kinds` are what it may hold, () where nobody knows; of an array (`many`) what its elements are.

    `fields` are those inside of it, or inside of its elements; `shape` names a shape that lists them. `refers` is the registered name of the model whose
    key it holds. `required` is what the library itself insists on; `filled` is True where it gives a value to a document that has none.
    `alias` is another name that code may use for it.
    """

    span: Span
    name: str
    kinds: tuple[BsonKind, ...] = ()
    many: bool = False
    required: bool = False
    filled: bool = False
    fields: "tuple[DocumentField, ...]" = ()
    shape: str = ""
    refers: str = ""
    members: tuple[str, ...] | None = None
    unique: bool = False
    indexed: bool = False
    alias: str = ""


class DocumentIndex(Struct, frozen=True):
    """An index a shape declares: (dotted path, direction), a direction being "1", "-1", "text", "2dsphere", "hashed" .. "" where it is not known."""

    span: Span
    keys: tuple[tuple[str, str], ...]
    unique: bool = False
    partial: bool = False
    name: str = ""


class DocumentShape(Struct, frozen=True):
    """`closed` is True where the library keeps nothing that the shape does not list. `others` are names that are no fields: virtuals, methods, statics.

    `bases` are dotted names of the shapes it takes fields from: of one that nobody finds nothing is known, and what takes from it is not closed either.
    `kind` is "validator" where the database itself checks it. `collection` is the name it says its documents are kept under, "" where it says none.
    """

    span: Span
    name: str
    framework: str
    fields: tuple[DocumentField, ...] = ()
    bases: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    indexes: tuple[DocumentIndex, ...] = ()
    closed: bool = False
    kind: Literal["model", "validator"] = "model"
    collection: str = ""


class DocumentModel(Struct, frozen=True):
    """What code queries documents through: `mongoose.model("User", schema)` kept as `User`, a class of Beanie.

    `name` is what its file calls it, `registered` what the library finds it by. `collection` is None where the library derives it and the source
    does not say of what. `shape` names its shape. `parent` is the model whose collection it shares (a discriminator), "" for none.
    `is_base` is True for what only others take from. `inherits` are names of bases that its file does not know: where there are any it is a model only
    if one of them is. `shares` says which of those that take from it keep their documents in its collection: all, or those that name none. `asked` is
    True where code only asks its library for it: it is registered where no file says it as written.
    """

    span: Span
    name: str
    framework: str
    registered: str = ""
    collection: Value | None = None
    shape: str = ""
    parent: str = ""
    is_base: bool = False
    inherits: tuple[str, ...] = ()
    shares: Literal["always", "unnamed", ""] = ""
    asked: bool = False
