"""mongoose's schemas: `new Schema({..}, {..})`, with all that is done to one afterwards.

What comes in: a file's Names. What goes out: DocumentShapes. An object of another file that a definition or its options take from is one of the shape's `bases`; options that a file keeps for others
are therefore a shape as well. Source: https://mongoosejs.com/docs/guide.html, `lib/schema.js` of mongoose 9. This module does not know models.
"""

import re
from collections.abc import Iterator

import msgspec

from analyzer.extract.frameworks.kept_values import Names, bare, built_on, entry, is_literal, last_name, links
from analyzer.extract.frameworks.mongoose.definitions import Definition, Reader, indexes_of
from analyzer.extract.frameworks.mongoose.options import OPTIONS, TELLING, implied, keys, merged, read_options, stamped
from analyzer.extract.frameworks.mongoose.plugins import added
from analyzer.extract.objects.declared import dotted
from analyzer.facts.call import Parameter
from analyzer.facts.document import DocumentField, DocumentIndex, DocumentShape
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    FunctionValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    Value,
)

# Packages whose `Schema` is mongoose's.
_PACKAGES = frozenset({"mongoose", "@nestjs/mongoose", "@typegoose/typegoose", "typegoose", "mongoose-paginate-v2"})


class Schemas:
    """The schemas of one file."""

    def __init__(self, names: Names, framework: str) -> None:
        self.names = names
        self.framework = framework
        self._made: dict[Span, tuple[DocumentField, ...]] = {}

    # ------------------------------------------------------------------ which call makes one
    def call(self, value: Value) -> CallValue | None:
        """The call that makes a schema, at the beginning of a chain."""
        several = [one for one in links(built_on(value)) if self._makes(one)]
        return several[-1] if several else None

    def _makes(self, call: CallValue) -> bool:
        if last_name(call.callee) != "Schema" or not (call.made or isinstance(call.callee, MemberValue)):
            return False
        module = self.names.module(call.callee)
        return module is None or module in _PACKAGES or module.startswith((".", "@/", "~"))

    def shapes(self) -> Iterator[DocumentShape]:
        """A shape of every schema that has a name, and of every object of options."""
        for name, value in self.names.kept.items():
            call = self.call(value)
            if call is not None:
                yield self.shape(name, call, tuple(links(value)))
            elif isinstance(inner := bare(value), ObjectValue):
                yield from self._part(name, inner)

    def _part(self, name: str, value: ObjectValue) -> Iterator[DocumentShape]:
        """Options or fields that other files may take: an object that looks like them."""
        named = {one.key for one in value.entries if one.key is not None}
        if named & TELLING and named <= OPTIONS:
            read = read_options(value, self.names)
            yield DocumentShape(
                value.span, name, self.framework, read.fields, read.bases, read.others, closed=read.closed is not False, collection=read.collection,
            )  # fmt: skip
            return
        if _names_type(value):
            # The options of one field.
            return
        found = Reader(self.names, self.is_schema, self.fields).definition(value)
        types = [field for field in found.fields if field.kinds not in ((), ("mixed",), ("object",))]
        if types and any(_names_type(one.value) for one in value.entries):
            yield DocumentShape(value.span, name, self.framework, found.fields, found.bases, closed=found.whole)

    def is_schema(self, value: Value) -> bool:
        return self.call(value) is not None

    def fields(self, value: Value) -> tuple[DocumentField, ...]:
        """The fields of a schema that has no name."""
        call = self.call(value)
        if call is None:
            return ()
        if call.span not in self._made:
            self._made[call.span] = ()
            self._made[call.span] = self.shape("", call, tuple(links(value)), inner=True).fields
        return self._made[call.span]

    # ------------------------------------------------------------------ one schema
    def shape(self, name: str, call: CallValue, chain: tuple[CallValue, ...], *, inner: bool = False) -> DocumentShape:
        given = call.arguments[1] if len(call.arguments) > 1 else None
        read = read_options(given, self.names)
        reader = Reader(self.names, self.is_schema, self.fields, read.key, read.ids)
        found = reader.definition(call.arguments[0]) if call.arguments else Definition()
        shape = DocumentShape(
            call.span,
            name,
            self.framework,
            merged(
                implied(call.span, self.names.resolved(given) if given is not None else None, inner=inner),
                found.fields,
                read.fields,
            ),
            (*found.bases, *read.bases),
            read.others,
            indexes_of(found.fields),
            closed=found.whole and read.closed is not False,
            collection=read.collection,
        )
        listed = {field.name for field in shape.fields}
        if (
            "id" not in listed
            and "_id" in listed
            and not is_literal(entry(self.names.resolved(given), "id") if given is not None else None, "false")
        ):
            shape = msgspec.structs.replace(shape, others=(*shape.others, "id"))
        return self.altered(shape, name, call.span, chain, reader)

    # ------------------------------------------------------------------ what is done to it
    def altered(
        self, shape: DocumentShape, name: str, span: Span, chain: tuple[CallValue, ...], reader: Reader
    ) -> DocumentShape:
        """The shape with everything that the file does to its schema."""
        for one in {one.span: one for one in (*chain, *self._calls_on(name, span))}.values():
            if isinstance(one.callee, MemberValue):
                shape = self.after(shape, one.callee.name, one, reader)
        others = [shape.others]
        for kept, value in self.names.kept.items():
            owner, _, rest = kept.partition(".")
            kind, _, method = rest.partition(".")
            if name and owner == name and kind in ("methods", "statics", "query", "virtuals"):
                others.append((method,) if method else tuple(keys(self.names.resolved(value))))
        return msgspec.structs.replace(shape, others=tuple(dict.fromkeys(one for several in others for one in several)))

    def _calls_on(self, name: str, span: Span) -> Iterator[CallValue]:
        for invocation in self.names.declarations.objects.invocations:
            several = list(links(invocation.call))
            callee = several[-1].callee if several else None
            root = bare(callee.of) if isinstance(callee, MemberValue) else None
            made = [one for one in several if one.span == span]
            if (isinstance(root, NameValue) and name and root.name == name) or (made and several[0].span != span):
                yield from (one for one in several if one.span != span)

    def after(self, shape: DocumentShape, method: str, call: CallValue, reader: Reader) -> DocumentShape:
        replace = msgspec.structs.replace
        first = call.arguments[0] if call.arguments else None
        second = call.arguments[1] if len(call.arguments) > 1 else None
        match method:
            case "add" if first is not None:
                found = self._added(first, reader)
                fields = merged(shape.fields, found.fields)
                return replace(
                    shape, fields=fields, bases=(*shape.bases, *found.bases), closed=shape.closed and found.whole
                )
            case "index" if first is not None:
                return replace(shape, indexes=(*shape.indexes, *self._index(call, first, second)))
            case "virtual" | "method" | "static" | "virtuals" | "methods" | "statics" if first is not None:
                text = self.names.text(first)
                more = (text,) if text is not None else tuple(keys(self.names.resolved(first)))
                return replace(shape, others=(*shape.others, *more))
            case "plugin" if first is not None:
                return self._plugged(shape, call, first, second)
            case "set" if second is not None:
                return self._set(shape, call, self.names.text(first), second)
            case "path" if second is not None and (text := self.names.text(first)) is not None:
                return replace(shape, fields=merged(shape.fields, (reader.typed(call.span, text, second),)))
            case "discriminator":
                return replace(shape, closed=shape.closed and method != "discriminator")
            case _:
                return shape

    def _added(self, value: Value, reader: Reader) -> Definition:
        resolved = self.names.resolved(value)
        if self.is_schema(resolved):
            name = dotted(value)
            return Definition(bases=(name,)) if name else Definition(self.fields(resolved))
        return reader.definition(value)

    def _index(self, call: CallValue, written: Value, options: Value | None) -> Iterator[DocumentIndex]:
        found = self.names.resolved(written)
        given = self.names.resolved(options) if options is not None else None
        if not isinstance(found, ObjectValue) or found.open or any(one.key is None for one in found.entries):
            return
        pairs = tuple((one.key or "", _direction(self.names.resolved(one.value))) for one in found.entries)
        partial = any(entry(given, word) is not None for word in ("partialFilterExpression", "sparse"))
        name = self.names.text(entry(given, "name")) or ""
        if pairs:
            yield DocumentIndex(call.span, pairs, is_literal(entry(given, "unique"), "true"), partial, name)

    def _plugged(self, shape: DocumentShape, call: CallValue, plugin: Value, options: Value | None) -> DocumentShape:
        replace = msgspec.structs.replace
        module = self.names.module(plugin)
        fields = added(module, options, call.span, self.names) if module is not None else None
        if fields is not None:
            return replace(shape, fields=merged(shape.fields, fields))
        name = dotted(plugin)
        own = module is None or module.startswith(".")
        return replace(shape, bases=(*shape.bases, name)) if own and name else replace(shape, closed=False)

    def _set(self, shape: DocumentShape, call: CallValue, name: str | None, value: Value) -> DocumentShape:
        replace = msgspec.structs.replace
        if name == "strict":
            return replace(shape, closed=shape.closed and not is_literal(bare(value), "false"))
        if name == "collection":
            return replace(shape, collection=self.names.text(value) or shape.collection)
        if name == "timestamps":
            return replace(
                shape, fields=merged(shape.fields, tuple(stamped(self.names.resolved(value), call.span, self.names)))
            )
        return shape

    # ------------------------------------------------------------------ plugins of the project
    def plugins(self) -> Iterator[DocumentShape]:
        """Functions that are given a schema: what they add to it."""
        objects, reader = self.names.declarations.objects, Reader(self.names, self.is_schema, self.fields)
        kept = {
            value.span: name for name, one in self.names.kept.items() if isinstance(value := bare(one), FunctionValue)
        }
        for function in self.names.declarations.functions:
            first = function.parameters[0] if function.parameters else None
            name = kept.get(function.span) or function.name
            if first is None or not name or function.owner or not _takes_schema(first):
                continue
            shape = DocumentShape(function.span, name, self.framework, closed=True)
            inside = (one for one in objects.invocations if function.span.start <= one.span.start < function.span.end)
            calls = [
                link
                for one in inside
                for link in links(one.call)
                if isinstance(link.callee, MemberValue) and _is_parameter(link.callee.of, function.span)
            ]
            for call in calls:
                shape = self.after(shape, last_name(call.callee), call, reader)
            if calls:
                yield shape


def _takes_schema(parameter: Parameter) -> bool:
    """By its type, or by its name where it has none."""
    named = parameter.name.lower() == "schema" and parameter.type in ("", "any")
    return named or _TYPES.fullmatch(parameter.type) is not None


def _is_parameter(value: Value, function: Span) -> bool:
    found = built_on(value)
    return isinstance(found, ParameterValue) and found.function == function and found.index == 0


def _names_type(value: Value) -> bool:
    """Whether an entry is written as a field is: `String`, `Schema.Types.X`, `[..]`, `{ type: .. }`."""
    found = bare(value)
    if isinstance(found, ObjectValue):
        type_ = entry(found, "type")
        return type_ is not None and _names_type(type_)
    return isinstance(found, NameValue | MemberValue) and last_name(found) in _WORDS


_TYPES = re.compile(r"(?:mongoose\.)?Schema(?:<.*>)?")
_WORDS = frozenset({"String", "Number", "Boolean", "Date", "Buffer", "ObjectId", "Mixed", "Decimal128", "Map"})


def _direction(value: Value) -> str:
    return value.text if isinstance(value, LiteralValue) and value.kind in ("int", "string") else ""
