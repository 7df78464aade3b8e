"""mongoose's types, and what BSON they are kept as.

What comes in: a type as a schema names it. What goes out: BSON kinds, None for a word that is no type. Source: `lib/schema/index.js` of mongoose 9, each SchemaType's
`cast`, and https://mongoosejs.com/docs/schematypes.html. This module does not know schemas.
"""

from analyzer.facts.document import BsonKind

KINDS: dict[str, tuple[BsonKind, ...]] = {
    "String": ("string",), "Number": ("number",), "Boolean": ("bool",), "Bool": ("bool",), "Date": ("date",), "Buffer": ("binData",),
    "ObjectId": ("objectId",), "ObjectID": ("objectId",), "Oid": ("objectId",), "Mixed": ("mixed",), "Object": ("mixed",),
    "Decimal128": ("decimal",), "Decimal": ("decimal",), "Map": ("map",), "BigInt": ("long",), "UUID": ("uuid",), "Double": ("double",), "Int32": ("int",),
    "Array": ("mixed",), "DocumentArray": ("object",), "Embedded": ("object",), "Subdocument": ("object",),
}  # fmt: skip
# Types whose values are lists.
LISTS = frozenset({"Array", "DocumentArray"})
# What a Nest or typegoose class writes as TypeScript's own, by what `emitDecoratorMetadata` makes of it.
WRITTEN: dict[str, str] = {
    "string": "String", "number": "Number", "boolean": "Boolean", "Date": "Date", "Buffer": "Buffer", "bigint": "BigInt", "object": "Mixed", "any": "Mixed",
    "unknown": "Mixed", "Types.ObjectId": "ObjectId", "ObjectId": "ObjectId", "mongoose.Types.ObjectId": "ObjectId", "mongoose.ObjectId": "ObjectId",
    "Schema.Types.ObjectId": "ObjectId", "mongoose.Schema.Types.ObjectId": "ObjectId", "MongooseSchema.Types.ObjectId": "ObjectId",
    "mongoose.Schema.Types.Mixed": "Mixed", "String": "String", "Number": "Number", "Boolean": "Boolean",
}  # fmt: skip


def kinds(name: str) -> tuple[BsonKind, ...] | None:
    """`"objectid"`, as a string, is a type as well where its first letter makes it one."""
    return KINDS.get(name) or KINDS.get(name[:1].upper() + name[1:])
