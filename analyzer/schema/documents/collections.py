"""A program -> the schema of its collections.

What comes in: a Program. What goes out: a History whose tables are collections, None where nothing is kept as documents. A collection is closed where everything
that writes to it is known. Code of tests makes no collection and no field. This module does not judge.
"""

from collections.abc import Iterable, Iterator

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import LOOSE, Column, ForeignKey, Index, Table
from analyzer.facts.source import Span
from analyzer.facts.value import CallValue, ItemValue, LiteralValue, MemberValue, TypedValue, Value
from analyzer.program.documents.documents import PlacedModel, PlacedShape
from analyzer.program.documents.paths.named import paths
from analyzer.program.documents.paths.uses import Gap, PathUse
from analyzer.program.documents.paths.writes import TAKES
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.program import Program
from analyzer.schema.documents.fields import Fields
from analyzer.schema.documents.indexes import created, declared, is_untold, made_by_libraries
from analyzer.schema.documents.kinds import Stored, Types, stored, types_of
from analyzer.schema.documents.relations import by_name
from analyzer.schema.history import History, SchemaSource

NAME = "mongodb"
_WRITES = frozenset({"insert", "update", "upsert"})


class _Collection:
    """One collection while it is collected."""

    def __init__(self, name: str, defined: Span) -> None:
        self.name = name
        self.defined = defined
        self.fields = Fields()
        self.closed = True
        self.strict = False
        self.told = False
        self.others: set[str] = set()
        self.indexes: dict[tuple[tuple[str, ...], tuple[str, ...]], Index] = {}


def documents_history(program: Program) -> History | None:
    """The collections of a program."""
    found = _Collections(program)
    found.collect()
    if not found.collections and not program.documents.queries:
        return None
    schema = Schema(NAME, "mongodb", tables=dict(found.tables()), tainted=frozenset(found.tainted))
    source = SchemaSource("documents", "", "", True, "the fields that models, validators and writers set")
    return History(schema, (source,), (), ("",), "mongodb", "a driver of documents")


class _Collections:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.documents = program.documents
        self.types: Types = types_of(program.files.get, program.model)
        self.collections: dict[str, _Collection] = {}
        self.tainted: set[str] = set()
        self.anywhere: set[str] = set()
        self.untold: set[str] = set()
        self.reads: dict[Span, tuple[str, ...]] = {}

    def collect(self) -> None:
        queries = [one for one in self.documents.queries if not self._is_test(one.span)]
        self.reads = {one.span: one.collections for one in queries if one.effect == "select"}
        for placed in self.documents.models:
            self._model(placed)
        for query in queries:
            self._query(query)
        for shape in self.documents.validators:
            self._validator(shape)
        for file in self.program.files.values():
            for name, index in made_by_libraries(file.imports):
                if name in self.collections:
                    self.collections[name].indexes.setdefault((index.columns, index.options), index)

    def _is_test(self, span: Span) -> bool:
        file = self.program.files.get(span.path)
        return file is not None and file.role == "test"

    def _is_code(self, span: Span) -> bool:
        file = self.program.files.get(span.path)
        return file is not None and file.role == "code"

    def _at(self, name: str, span: Span) -> _Collection:
        return self.collections.setdefault(name, _Collection(name, span))

    # ------------------------------------------------------------------ models
    def _model(self, placed: PlacedModel) -> None:
        if self._is_test(placed.model.span):
            return
        shape = self.documents.shape(placed)
        for name in placed.collections:
            own = self._at(name, placed.model.span)
            if shape is None:
                own.closed = False
                continue
            self._shaped(own, shape, "model")

    def _shaped(self, own: _Collection, shape: PlacedShape, evidence: str) -> None:
        own.told = True
        own.fields.declare(shape.fields, evidence)
        own.others.update(shape.shape.others, (field.alias for field in shape.fields if field.alias))
        own.strict = own.strict or shape.shape.closed
        own.closed = own.closed and shape.shape.closed and shape.known
        for index in declared(shape):
            own.indexes.setdefault((index.columns, index.options), index)

    def _validator(self, shape: PlacedShape) -> None:
        own = self._at(shape.shape.name, shape.shape.span)
        own.told = True
        own.fields.declare(shape.fields, "validator")
        own.closed = shape.shape.closed

    # ------------------------------------------------------------------ queries
    def _query(self, query: DocumentQuery) -> None:
        if is_untold(query) and not (query.generic and query.span in self.documents.passed):
            self.untold.update(query.collections or ("*",))
        if not query.targets:
            if query.effect in _WRITES:
                self._anywhere(query)
            return
        for target in query.targets:
            own = self._at(target.name, query.span)
            for index in created(query):
                own.indexes.setdefault((index.columns, index.options), index)
            if query.effect in _WRITES or query.method in ("bulk_write", "bulkWrite"):
                self._written(own, query, strict=target.model is not None and own.strict and query.is_checked)

    def _anywhere(self, query: DocumentQuery) -> None:
        """What nobody knows the collection of may write to any: what it sets, all documents may have."""
        if query.generic and query.span in self.documents.passed:
            return
        for named in paths(query):
            if named.role != "write":
                continue
            path = named.path if isinstance(named, PathUse) else named.prefix
            if path:
                self.anywhere.add(path.partition(".")[0])
            else:
                self.tainted.add("*")

    def _written(self, own: _Collection, query: DocumentQuery, *, strict: bool) -> None:
        """What a writer sets; what goes through a strict model sets nothing that the model does not list."""
        if strict:
            return
        if query.generic:
            # What its callers pass is read at their calls, unless one of them is not known.
            own.closed = own.closed and not self._is_untold(query)
            return
        makes = self._is_code(query.span)
        own.told = own.told or (query.makes and makes)
        for named in paths(query):
            if isinstance(named, PathUse) and named.role == "write" and not named.collection:
                # Of a bulk, what is inserted has no operator.
                own.told = own.told or (makes and named.operator in ("", "upsert"))
                if named.operator not in TAKES:
                    value = self._stored(named)
                    own.fields.write(named.path, named.span, value, self._evidence(named, query))
            elif isinstance(named, Gap) and named.role == "write" and not self._is_own(named.value, own.name):
                if named.prefix:
                    own.fields.open(named.prefix, named.span, "writer")
                else:
                    own.closed = False

    def _is_untold(self, query: DocumentQuery) -> bool:
        """Whether nobody in the program passes what a generic query writes, and somebody may.

        A method of an object that is given its collection is no route: where nothing calls it, it writes nothing.
        """
        if query.function is None or query.span in self.documents.passed:
            return query.function is None
        return len(query.collections) < 2 or self.documents.is_reached(query.function)

    def _stored(self, named: PathUse) -> Stored:
        if named.value is None or named.operator in ("$rename", "$currentDate", "$bit"):
            return Stored(("date",), open=False) if named.operator == "$currentDate" else Stored()
        if named.operator in ("$inc", "$mul"):
            return Stored(("number",), open=False)
        found = stored(_pushed(named.value) if named.operator in ("$push", "$addToSet") else named.value, self.types)
        many = named.operator in ("$push", "$addToSet") or found.many
        return Stored(found.kinds, many and not named.positional, found.parts, found.open)

    def _evidence(self, named: PathUse, query: DocumentQuery) -> str:
        function = query.function
        inside = named.span.path == query.path and (
            function is None or function.start <= named.span.start < function.end
        )
        return "writer" if inside or not isinstance(named.value, TypedValue) else "dto"

    def _is_own(self, value: Value | None, collection: str) -> bool:
        """Whether a document that is written back comes from the same collection."""
        while isinstance(value, MemberValue | ItemValue | TypedValue):
            value = value.of
        return isinstance(value, CallValue) and collection in self.reads.get(value.span, ())

    # ------------------------------------------------------------------ tables
    def tables(self) -> Iterator[tuple[tuple[str, str], Table]]:
        for own in self.collections.values():
            for index in own.indexes.values():
                for path in filter(None, index.columns):
                    own.fields.mention(path, index.defined, "index")
        columns = {name: tuple(own.fields.columns()) for name, own in self.collections.items()}
        for name, own in sorted(self.collections.items()):
            keys = tuple(self._keys(own, columns))
            told = {column for key in keys for column in key.columns}
            names = {name: [column.name for column in found] for name, found in columns.items()}
            keys += tuple(key for key in by_name(name, columns[name], names) if not told & set(key.columns))
            yield (
                ("", name),
                Table(
                    name,
                    "",
                    "collection",
                    "mongodb",
                    own.defined,
                    columns[name],
                    closed=own.closed and own.told,
                    foreign_keys=keys,
                    indexes=tuple(own.indexes.values()),
                    options=(LOOSE,) if self.untold & {name, "*"} else (),
                    others=frozenset(own.others | self.anywhere),
                ),
            )

    def _keys(self, own: _Collection, columns: dict[str, tuple[Column, ...]]) -> Iterable[ForeignKey]:
        for path, model, span in own.fields.references():
            for placed in self.documents.registered(model):
                for name in placed.collections[:1]:
                    if name in columns:
                        yield ForeignKey((path,), name, ("_id",), span, basis="orm")
                        break
                else:
                    continue
                break


def _pushed(value: Value) -> Value:
    """`{$each: [..]}`: one of what is pushed."""
    entries = getattr(value, "entries", ())
    each = next((entry.value for entry in entries if entry.key == "$each"), None)
    items = getattr(each, "items", None)
    if each is None:
        return value
    return items[0] if items else LiteralValue(value.span, "null")
