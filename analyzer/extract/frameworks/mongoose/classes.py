"""Schemas that are written as classes: Nest's `@Schema()` with `@Prop()`, typegoose's `@prop()`.

What comes in: a file's Names and Schemas. What goes out: DocumentShapes. Source: https://docs.nestjs.com/techniques/mongodb, `type-metadata.storage` and `definitions.factory` of
@nestjs/mongoose; https://typegoose.github.io/typegoose/docs/api/decorators/prop. This module does not know where classes are registered.
"""

import re
from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.kept_values import entry, last_name, links
from analyzer.extract.frameworks.mongoose.definitions import Reader, indexes_of
from analyzer.extract.frameworks.mongoose.marks import with_options
from analyzer.extract.frameworks.mongoose.options import implied, merged, read_options
from analyzer.extract.frameworks.mongoose.schemas import Schemas
from analyzer.extract.frameworks.mongoose.types import KINDS, WRITTEN
from analyzer.extract.objects.declared import dotted
from analyzer.facts.document import DocumentField, DocumentShape
from analyzer.facts.value import CallValue, Class, ListValue, ObjectValue, Value

_SCHEMAS = frozenset({"Schema", "modelOptions"})
_PROPERTIES = frozenset({"Prop", "prop", "arrayProp", "mapProp"})
_MADE = frozenset({"createForClass", "buildSchema"})
_LIST = re.compile(
    r"(?P<item>[\w.]+)\[\]|(?:Readonly)?Array<(?P<of>[\w.]+)>|(?:Types\.)?(?:Document)?Array<(?P<in>[\w.]+)>"
)
_REFERENCE = re.compile(r"Ref<(?P<to>\w+)[^>]*>(?P<many>\[\])?")


def shapes(schemas: Schemas) -> Iterator[DocumentShape]:
    """Shapes of classes, and of the schemas that are made of them."""
    for one in schemas.names.declarations.objects.classes:
        above = next((_call(d) for d in one.decorators if last_name(_called(d)) in _SCHEMAS), None)
        given = [(name, _call(value)) for name, value in one.injected if last_name(_called(value)) in _PROPERTIES]
        if above is not None or given:
            yield _shape(one, above, given, schemas)
    for name, value in schemas.names.kept.items():
        made = next((call for call in links(value) if last_name(call.callee) in _MADE and call.arguments), None)
        base = dotted(made.arguments[0]) if made is not None else ""
        if made is not None and base:
            shape = DocumentShape(made.span, name, schemas.framework, bases=(base,), closed=True)
            chain = tuple(link for link in links(value) if link.span != made.span)
            yield schemas.altered(
                shape, name, made.span, chain, Reader(schemas.names, schemas.is_schema, schemas.fields)
            )


def _called(decorator: Value) -> Value:
    return decorator.callee if isinstance(decorator, CallValue) else decorator


def _call(decorator: Value) -> CallValue:
    return decorator if isinstance(decorator, CallValue) else CallValue(decorator.span, decorator)


def _shape(one: Class, above: CallValue | None, given: list[tuple[str, CallValue]], schemas: Schemas) -> DocumentShape:
    options = above.arguments[0] if above is not None and above.arguments else None
    if above is not None and last_name(above.callee) == "modelOptions":
        options = entry(schemas.names.resolved(options), "schemaOptions") if options is not None else None
    read = read_options(options, schemas.names)
    reader = Reader(schemas.names, schemas.is_schema, schemas.fields)
    written = dict(one.attributes)
    fields = [_field(name, call, written.get(name, ""), reader) for name, call in given]
    own = (
        implied(one.span, schemas.names.resolved(options) if options is not None else None) if above is not None else ()
    )
    bases = [dotted(base) for base in one.bases]
    shape = DocumentShape(
        one.span, one.name, schemas.framework, merged(own, tuple(fields), read.fields),
        (*(base for base in bases if base and base.rpartition(".")[2] not in ("Document", "TimeStamps")), *read.bases),
        read.others, indexes_of(tuple(fields)), closed=read.closed is not False and all(bases), collection=read.collection,
    )  # fmt: skip
    for decorator in one.decorators:
        call = _call(decorator)
        if last_name(call.callee) in ("index", "plugin"):
            shape = schemas.after(shape, last_name(call.callee), call, reader)
    return shape


def _field(name: str, call: CallValue, written: str, reader: Reader) -> DocumentField:
    """A property: what its decorator says, and its TypeScript type where that says nothing."""
    options = reader.names.resolved(call.arguments[0]) if call.arguments else None
    second = reader.names.resolved(call.arguments[1]) if len(call.arguments) > 1 else None
    # typegoose: `@prop({ required: true }, PropType.ARRAY)`; `@prop({ type: () => [String] })`.
    if isinstance(options, CallValue) and last_name(options.callee) == "raw" and options.arguments:
        return reader.typed(call.span, name, options.arguments[0])
    if options is not None and not isinstance(options, ObjectValue):
        return reader.typed(call.span, name, options)
    type_ = entry(options, "type")
    if type_ is not None and isinstance(options, ObjectValue):
        return reader.typed(call.span, name, options)
    field = _by_type(DocumentField(call.span, name), written)
    if isinstance(options, ObjectValue):
        field = with_options(field, options, reader.names)
    many = field.many or isinstance(second, ListValue)
    return msgspec.structs.replace(field, many=many, filled=field.filled or many)


def _by_type(field: DocumentField, written: str) -> DocumentField:
    """`string`, `Date | null`, `Types.ObjectId[]`, `Address`."""
    parts = [part.strip() for part in written.split("|")]
    kept = [part for part in parts if part not in ("null", "undefined", "")]
    text = kept[0] if len(kept) == 1 else ""
    reference, listed = _REFERENCE.fullmatch(text), _LIST.fullmatch(text)
    if reference is not None:
        return msgspec.structs.replace(field, kinds=("objectId",), refers=reference["to"], many=bool(reference["many"]))
    if listed is not None:
        inner = _by_type(field, listed["item"] or listed["of"] or listed["in"] or "")
        return msgspec.structs.replace(inner, many=True, filled=True)
    if text in WRITTEN:
        return _named(field, WRITTEN[text])
    if text.startswith(("Map<", "Record<")):
        return msgspec.structs.replace(field, kinds=("map",) if text.startswith("Map<") else ("mixed",))
    return msgspec.structs.replace(field, shape=text if text.replace(".", "").isidentifier() else "")


def _named(field: DocumentField, name: str) -> DocumentField:
    return msgspec.structs.replace(field, kinds=KINDS[name])
