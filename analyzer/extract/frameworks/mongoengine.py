"""MongoEngine: classes of documents whose fields are calls.

Source: https://docs.mongoengine.org/guide/defining-documents.html, the API reference of fields, and `base/metaclasses.py` for names of collections. A class
whose base stands in another file is a model where that one is. This module does not know the methods of documents.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.objects.declared import DeclaredValues, called, dotted, is_literal, text
from analyzer.facts.document import BsonKind, DocumentField, DocumentIndex, DocumentModel, DocumentShape
from analyzer.facts.value import CallValue, Class, LiteralValue, Value

_DOCUMENTS = frozenset({"Document", "DynamicDocument"})
_EMBEDDED = frozenset({"EmbeddedDocument", "DynamicEmbeddedDocument"})
_BASES = _DOCUMENTS | _EMBEDDED
_DYNAMIC = frozenset({"DynamicDocument", "DynamicEmbeddedDocument"})
_KINDS: dict[str, tuple[BsonKind, ...]] = {
    "StringField": ("string",), "URLField": ("string",), "EmailField": ("string",), "ComplexDateTimeField": ("string",), "IntField": ("int", "long"),
    "LongField": ("int", "long"), "SequenceField": ("int", "long"), "FloatField": ("double",), "DecimalField": ("double", "string"),
    "Decimal128Field": ("decimal",), "BooleanField": ("bool",), "DateTimeField": ("date",), "DateField": ("date",), "ObjectIdField": ("objectId",),
    "FileField": ("objectId",), "ImageField": ("objectId",), "BinaryField": ("binData",), "UUIDField": ("uuid", "string"), "DynamicField": ("mixed",),
    "DictField": ("map",), "MapField": ("map",), "EmbeddedDocumentField": ("object",), "GenericEmbeddedDocumentField": ("object",),
    "GenericReferenceField": ("object",), "CachedReferenceField": ("object",), "PointField": ("object",), "LineStringField": ("object",),
    "PolygonField": ("object",), "MultiPointField": ("object",), "MultiLineStringField": ("object",), "MultiPolygonField": ("object",),
    "ReferenceField": (), "LazyReferenceField": (), "EnumField": (),
}  # fmt: skip
_LISTS = frozenset({"ListField", "SortedListField", "EmbeddedDocumentListField", "GeoPointField"})
_REFERENCES = frozenset({"ReferenceField", "LazyReferenceField", "CachedReferenceField"})
_EMBEDS = frozenset({"EmbeddedDocumentField", "EmbeddedDocumentListField"})
# The first letter of a field in an index.
_SIGNS = {"+": "1", "-": "-1", "$": "text", "#": "hashed", "(": "2dsphere", "*": "2d"}
_DEPTH = 12


def _documents(declared: Declarations) -> Iterator[DocumentShape | DocumentModel]:
    read = DeclaredValues(declared.objects)
    for one in read.classes.values():
        kinds = _kinds(one, read)
        inherits = _unknown(one, read)
        if not kinds and not inherits:
            continue
        yield _shape(one, read, kinds)
        if not kinds & _EMBEDDED:
            yield _model(one, read, () if kinds else inherits)


def _kinds(one: Class, read: DeclaredValues, depth: int = 0) -> set[str]:
    """Which of the library's bases a class takes from, here or through others of this file that say so by their fields."""
    found: set[str] = set()
    for base in read.bases(one):
        last = base.rpartition(".")[2]
        if last in _BASES and base not in read.classes and (_has_fields(one, read) or last != "Document"):
            found.add(last)
        elif base in read.classes and depth < _DEPTH:
            found |= _kinds(read.classes[base], read, depth + 1)
    return found


def _has_fields(one: Class, read: DeclaredValues) -> bool:
    return any(called(value).endswith("Field") or name == "meta" for name, value in read.members(one.name))


def _unknown(one: Class, read: DeclaredValues, depth: int = 0) -> tuple[str, ...]:
    """The bases of a class with fields that may be documents for all that this file says."""
    if not _has_fields(one, read) and not (depth == 0 and any(base in read.classes for base in read.bases(one))):
        return ()
    bases = (base for base in read.bases(one) if base.rpartition(".")[2] not in _BASES)
    inner = ((base, read.classes.get(base)) for base in bases)
    return tuple(
        base for base, known in inner if known is None or (depth < _DEPTH and _unknown(known, read, depth + 1))
    )


# ------------------------------------------------------------------ models
def _model(one: Class, read: DeclaredValues, inherits: tuple[str, ...]) -> DocumentModel:
    own = _meta(one, read, "collection")
    default = LiteralValue(one.span, "string", collection_name(one.name))
    abstract = read.is_true(read.kept(f"{one.name}.meta"), "abstract")
    return DocumentModel(
        one.span,
        one.name,
        "mongoengine",
        registered=one.name,
        collection=own if own is not None else default,
        shape=one.name,
        parent=_parent(one, read),
        is_base=abstract,
        inherits=inherits,
        shares="" if abstract else "always",
    )


def collection_name(name: str) -> str:
    """`BlogPost` is kept in blog_post."""
    return "".join(f"_{sign}" if sign.isupper() else sign for sign in name).strip("_").lower()


def _meta(one: Class, read: DeclaredValues, name: str) -> Value | None:
    """What `meta` says, its own or that of an abstract base."""
    found = read.entry(read.kept(f"{one.name}.meta"), name)
    for base in read.bases(one) if found is None else ():
        known = read.classes.get(base)
        if known is not None and base != one.name and read.is_true(read.kept(f"{base}.meta"), "abstract"):
            return read.entry(read.kept(f"{base}.meta"), name)
    return found


def _parent(one: Class, read: DeclaredValues) -> str:
    """The class of this file whose collection it shares."""
    for base in read.bases(one):
        known = read.classes.get(base)
        if known is not None and _kinds(known, read) & _DOCUMENTS:
            abstract = read.is_true(read.kept(f"{base}.meta"), "abstract")
            return _parent(known, read) or ("" if abstract else base)
    return ""


# ------------------------------------------------------------------ shapes
def _shape(one: Class, read: DeclaredValues, kinds: set[str]) -> DocumentShape:
    fields = [field for name, value in read.members(one.name) if (field := _field(name, value, read)) is not None]
    names = {field.alias: field.name for field in fields if field.alias}
    fields = [*_given(one, read, kinds, {field.name for field in fields}), *fields]
    loose = bool(kinds & _DYNAMIC) or is_literal(_meta(one, read, "strict"), "false")
    return DocumentShape(
        one.span,
        one.name,
        "mongoengine",
        tuple(fields),
        tuple(base for base in read.bases(one) if base.rpartition(".")[2] not in _BASES),
        indexes=tuple(_indexes(one, read, names)),
        closed=not loose,
    )


def _given(one: Class, read: DeclaredValues, kinds: set[str], known: set[str]) -> Iterator[DocumentField]:
    """What every document has."""
    is_first = any(base.rpartition(".")[2] in _DOCUMENTS for base in read.bases(one))
    if is_first and kinds & _DOCUMENTS and "_id" not in known:
        yield DocumentField(one.span, "_id", ("objectId",), filled=True, alias="id")
    if is_literal(_meta(one, read, "allow_inheritance"), "true"):
        yield DocumentField(one.span, "_cls", ("string",), filled=True)


def _field(name: str, value: Value, read: DeclaredValues, depth: int = 0) -> DocumentField | None:
    kind = called(value)
    if not isinstance(value, CallValue) or (kind not in _KINDS and kind not in _LISTS) or depth > _DEPTH:
        return None
    first = value.arguments[0] if value.arguments else None
    column = "_id" if read.is_true(value, "primary_key") else text(read.entry(value, "db_field")) or name
    found = DocumentField(
        value.span,
        column,
        _KINDS.get(kind, ()),
        required=read.is_true(value, "required") or column == "_id",
        filled=read.entry(value, "default") is not None or kind in ("SequenceField", *_LISTS, "DictField", "MapField"),
        members=_members(read.entry(value, "choices"), read),
        unique=read.is_true(value, "unique"),
        alias=name if column != name else "",
    )
    if kind in _LISTS:
        return _listed(found, kind, first, read, depth)
    target = _target(first or read.entry(value, "document_type"))
    return replace(found, shape=target if kind in _EMBEDS else "", refers=target if kind in _REFERENCES else "")


def _listed(found: DocumentField, kind: str, first: Value | None, read: DeclaredValues, depth: int) -> DocumentField:
    """A list with what its elements are."""
    if kind == "GeoPointField":
        return replace(found, kinds=("double",), many=True)
    if kind == "EmbeddedDocumentListField":
        return replace(found, kinds=("object",), many=True, shape=_target(first))
    inner = _field("", read.plain(first), read, depth + 1) if first is not None else None
    if inner is None or inner.many:
        return replace(found, many=True)
    members = inner.members or found.members
    return replace(found, kinds=inner.kinds, many=True, shape=inner.shape, refers=inner.refers, members=members)


def _target(value: Value | None) -> str:
    """The class of a reference, as a class or by its name."""
    return text(value) or dotted(value)


def _members(value: Value | None, read: DeclaredValues) -> tuple[str, ...] | None:
    """The texts of `choices`, of pairs the first one."""
    texts = tuple(text(read.items(one)[0]) if read.items(one) else text(one) for one in read.items(value))
    return texts if texts and all(texts) else None


def _indexes(one: Class, read: DeclaredValues, names: dict[str, str]) -> Iterator[DocumentIndex]:
    for name, value in read.members(one.name):
        others = read.entry(value, "unique_with")
        if others is not None:
            several = [text(item) for item in read.items(others)] or [text(others)]
            keys = tuple((names.get(key, key), "1") for key in (name, *several))
            yield DocumentIndex(value.span, keys, unique=True)
    for item in read.items(read.entry(read.kept(f"{one.name}.meta"), "indexes")):
        inner = read.entry(item, "fields")
        parts = read.items(inner) if inner is not None else read.items(item) or (item,)
        keys = tuple(_key(text(part), names) for part in parts)
        if keys and all(key for key, _ in keys):
            partial = read.is_true(item, "sparse") or read.entry(item, "partialFilterExpression") is not None
            yield DocumentIndex(item.span, keys, read.is_true(item, "unique"), partial, text(read.entry(item, "name")))


def _key(written: str, names: dict[str, str]) -> tuple[str, str]:
    direction = _SIGNS.get(written[:1], "1")
    path = written[1:] if written[:1] in _SIGNS else written
    first, dot, rest = path.partition(".")
    return names.get(first, "_id" if first in ("pk", "id") else first) + dot + rest, direction


FRAMEWORKS = (
    Framework(
        name="mongoengine",
        languages=("python",),
        dependencies=frozenset({"mongoengine", "flask-mongoengine", "flask_mongoengine"}),
        tokens=(b"mongoengine",),
        dialect="mongodb",
        reexported=True,
        documents=_documents,
    ),
)
