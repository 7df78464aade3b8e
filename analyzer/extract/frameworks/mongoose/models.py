"""mongoose's models: `mongoose.model("User", userSchema)`, discriminators, what Nest and typegoose register.

What comes in: a file's Names and Schemas. What goes out: DocumentModels, and shapes of schemas that are made where the model is. Source: https://mongoosejs.com/docs/api/mongoose.html,
https://docs.nestjs.com/techniques/mongodb, https://typegoose.github.io. This module does not know fields.
"""

from collections.abc import Iterator

import msgspec

from analyzer.catalog.pluralize import pluralize
from analyzer.extract.frameworks.kept_values import Names, bare, entry, inside, last_name, links
from analyzer.extract.frameworks.mongoose.options import merged, read_options
from analyzer.extract.frameworks.mongoose.schemas import Schemas
from analyzer.extract.objects.declared import dotted
from analyzer.facts.document import DocumentField, DocumentModel, DocumentShape
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    FunctionValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    Value,
)

_WHOLE = ("module.exports", "default")
_PACKAGES = frozenset({"mongoose", "@nestjs/mongoose"})


class Models:
    """The models of one file."""

    def __init__(self, names: Names, schemas: Schemas, framework: str) -> None:
        self.names = names
        self.schemas = schemas
        self.framework = framework
        self.called: dict[Span, str] = {}
        for name, value in names.kept.items():
            for one in inside(value):
                for call in links(one):
                    if self.called.get(call.span, _WHOLE[0]) in _WHOLE and not isinstance(bare(value), ObjectValue):
                        self.called[call.span] = name

    def found(self) -> Iterator[DocumentModel | DocumentShape]:
        done: set[Span] = set()
        for call in self._calls():
            if call.span in done:
                continue
            done.add(call.span)
            match last_name(call.callee):
                case "model" if len(call.arguments) > 1:
                    yield from self._model(call)
                case "discriminator" if len(call.arguments) > 1:
                    yield from self._discriminator(call)
                case "forFeature" | "forFeatureAsync" if call.arguments:
                    yield from self._features(call)
                case "getModelForClass" | "addModelToTypegoose" if call.arguments:
                    yield self._of_class(call)
        yield from self._asked()

    def _asked(self) -> Iterator[DocumentModel]:
        """`@InjectModel(User.name)`: what is registered may be named in a list that another file makes."""
        for one in self.names.declarations.objects.classes:
            for _, given in one.injected:
                if isinstance(given, CallValue) and last_name(given.callee) == "InjectModel" and given.arguments:
                    name = dotted(given.arguments[0])
                    if name.endswith(".name"):
                        yield msgspec.structs.replace(self._of_name(given, name.removesuffix(".name")), asked=True)

    def _calls(self) -> Iterator[CallValue]:
        """Every call of the file that may make a model: those at their places, and those that are only kept."""
        for invocation in self.names.declarations.objects.invocations:
            yield from links(invocation.call)
        for value in self.names.kept.values():
            for one in inside(value):
                yield from links(one)

    # ------------------------------------------------------------------ mongoose's own
    def _model(self, call: CallValue) -> Iterator[DocumentModel | DocumentShape]:
        name, schema = call.arguments[0], call.arguments[1]
        if not self._is_model(call, schema):
            return
        registered = self._registered(name)
        called = self.called.get(call.span) or registered
        shape, declared = self._shape(schema, called)
        if declared is not None:
            yield declared
        third = call.arguments[2] if len(call.arguments) > 2 else None
        collection = self._collection(call.span, third, schema, registered)
        yield DocumentModel(call.span, called, self.framework, registered, collection, shape)

    def _is_model(self, call: CallValue, schema: Value) -> bool:
        """A method of this name is also one of other libraries: what it is given tells."""
        if isinstance(bare(call.callee), NameValue):
            return self.names.module(call.callee) in (*_PACKAGES, None)
        if self.names.module(call.callee) == "mongoose" or self.schemas.is_schema(self.names.resolved(schema)):
            return True
        return "schema" in last_name(schema).lower() or isinstance(bare(schema), ParameterValue)

    def _registered(self, value: Value) -> str:
        """`"User"`, `User.name`, a constant of this file."""
        text = self.names.text(value)
        if text is not None:
            return text
        found = bare(value)
        return last_name(found.of) if isinstance(found, MemberValue) and found.name in ("name", "modelName") else ""

    def _shape(self, schema: Value, called: str) -> tuple[str, DocumentShape | None]:
        """The name of a schema's shape, and the shape where it is made on the spot."""
        name = dotted(schema)
        if name:
            return name, None
        for one in inside(schema):
            call = self.schemas.call(one)
            if call is not None:
                kept = next((word for word, value in self.names.kept.items() if bare(value).span == bare(one).span), "")
                return (kept, None) if kept else (called, self.schemas.shape(called, call, tuple(links(one))))
        clone = next((link for link in links(schema) if last_name(link.callee) == "clone"), None)
        if clone is not None and isinstance(clone.callee, MemberValue):
            return dotted(clone.callee.of), None
        return "", None

    def _collection(self, span: Span, given: Value | None, schema: Value, registered: str) -> Value | None:
        """What is named, what the schema's options name, or what the model's name makes."""
        if given is not None and not isinstance(bare(given), ObjectValue):
            inner = bare(given)
            if not (isinstance(inner, LiteralValue) and inner.kind != "string"):
                return given
        call = self.schemas.call(self.names.resolved(schema))
        named = (
            read_options(call.arguments[1], self.names).collection
            if call is not None and len(call.arguments) > 1
            else ""
        )
        if named or registered:
            return LiteralValue(span, "string", named or pluralize(registered))
        return None

    def _discriminator(self, call: CallValue) -> Iterator[DocumentModel | DocumentShape]:
        parent = last_name(call.callee.of) if isinstance(call.callee, MemberValue) else ""
        registered = self._registered(call.arguments[0])
        # `schema.path("events").discriminator(..)` is of a part of a document.
        if not parent or not registered or self.schemas.is_schema(self.names.resolved(NameValue(call.span, parent))):
            return
        called = self.called.get(call.span) or registered
        shape, declared = self._shape(call.arguments[1], called)
        own = declared or DocumentShape(
            call.span, called, self.framework, bases=(shape,) if shape else (), closed=bool(shape)
        )
        kind = DocumentField(call.span, "__t", ("string",), filled=True)
        yield msgspec.structs.replace(own, fields=merged(own.fields, (kind,)), bases=(*own.bases, parent))
        yield DocumentModel(call.span, called, self.framework, registered, None, called, parent)

    # ------------------------------------------------------------------ Nest, typegoose
    def _features(self, call: CallValue) -> Iterator[DocumentModel]:
        """`MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])`."""
        listed = self.names.resolved(call.arguments[0])
        of_classes = isinstance(call.callee, MemberValue) and last_name(call.callee.of) == "TypegooseModule"
        for item in listed.items if isinstance(listed, ListValue) else ():
            if of_classes:
                yield from self._typegoose(item)
            else:
                yield from self._feature(self.names.resolved(item), "")

    def _typegoose(self, item: Value) -> Iterator[DocumentModel]:
        """`TypegooseModule.forFeature([User, { typegooseClass: Order, schemaOptions: { collection: "orders" } }])`."""
        one = self.names.resolved(item)
        given = entry(one, "typegooseClass") or item
        name = dotted(given)
        if not name:
            return
        options = entry(one, "schemaOptions")
        collection = read_options(options, self.names).collection if options is not None else ""
        model = self._of_name(given, name)
        # A name that is written here is stronger than that of the class.
        named = LiteralValue(options.span, "string", collection) if options is not None and collection else None
        yield msgspec.structs.replace(model, collection=named or model.collection)

    def _feature(self, one: Value, parent: str) -> Iterator[DocumentModel]:
        name, given = entry(one, "name"), entry(one, "collection")
        schema = entry(one, "schema") or self._made(entry(one, "useFactory"))
        registered = self._registered(name) if name is not None else ""
        if not registered:
            return
        collection = given
        if collection is None and not parent:
            collection = LiteralValue(one.span, "string", pluralize(registered))
        shape = dotted(schema) if schema is not None else ""
        yield DocumentModel(one.span, registered, self.framework, registered, collection, shape, parent)
        several = entry(one, "discriminators")
        listed = self.names.resolved(several) if several is not None else None
        for item in listed.items if isinstance(listed, ListValue) else ():
            yield from self._feature(self.names.resolved(item), registered)

    def _made(self, factory: Value | None) -> Value | None:
        """The schema that a factory gives."""
        given = self.names.given(factory)
        return None if isinstance(given, FunctionValue) else given

    def _of_class(self, call: CallValue) -> DocumentModel:
        """`getModelForClass(User)`."""
        name = last_name(call.arguments[0])
        called = self.called.get(call.span) or name
        return msgspec.structs.replace(self._of_name(call, name), name=called)

    def _of_name(self, at: Value, name: str) -> DocumentModel:
        """A model that is called as its class is."""
        collection = LiteralValue(at.span, "string", pluralize(name)) if name else None
        return DocumentModel(at.span, name, self.framework, name, collection, name)
