"""Models that a function of the code's own makes: `getModel("Order", orderSchema)` around mongoose's `model(name, schema)`.

What comes in: an Index. What goes out: a DocumentModel for each call that says the name, by the file of the call. This module does not evaluate: a name is a string or a
constant, a schema a name.
"""

from collections.abc import Iterator

from analyzer.catalog.pluralize import pluralize
from analyzer.facts.call import Function
from analyzer.facts.document import DocumentModel
from analyzer.facts.value import CallValue, LiteralValue, MemberValue, NameValue, ParameterValue, Value
from analyzer.program.documents.evaluation.index import Index, dotted_name, last_name, links

_MAKERS = {"model": 0, "getModelForClass": 0}
_MOST = 400


def made(index: Index) -> Iterator[tuple[str, DocumentModel]]:
    """Models with the files of the calls that make them."""
    for path, file in index.files.items():
        unnamed = {model.span: model for model in file.document_models if not model.registered}
        for invocation in file.objects.invocations if unnamed else ():
            for call in links(invocation.call):
                model = unnamed.get(call.span)
                if model is not None and last_name(call.callee) in _MAKERS and call.arguments:
                    yield from _through(model, call, path, index)


def _through(model: DocumentModel, made_by: CallValue, path: str, index: Index) -> Iterator[tuple[str, DocumentModel]]:
    """The model as each call of the function around has it made."""
    first = made_by.arguments[0]
    function = index.by_span.get(first.function) if isinstance(first, ParameterValue) else None
    named = index.called.get(function.name, ()) if function is not None and function.name else ()
    for there, invocation in named if len(named) <= _MOST else ():
        for call in links(invocation.call):
            if function is not None and _is_of(call, function, there, path, index):
                found = _as_called(model, made_by, call, there, index)
                if found is not None:
                    yield there, found


def _is_of(call: CallValue, function: Function, there: str, path: str, index: Index) -> bool:
    if last_name(call.callee) != function.name:
        return False
    if isinstance(call.callee, NameValue):
        defined = index.resolver.definitions(index.files[there], function.name)
        places = ((there, function.name), *((file.path, name) for file, name in defined))
        return any(path in (place, index.whole_file(place, name)) for place, name in places)
    same = [one for one in index.functions.values() if one.name == function.name]
    return isinstance(call.callee, MemberValue) and same == [function]


def _as_called(
    model: DocumentModel, made_by: CallValue, call: CallValue, path: str, index: Index
) -> DocumentModel | None:
    """What the library's call is given, with the arguments of this call in the place of parameters."""
    given = tuple(_argument(one, call) for one in made_by.arguments)
    of_class = last_name(made_by.callee) == "getModelForClass"
    registered = dotted_name(given[0]) if of_class and given[0] is not None else _text(given[0], path, index)
    if not registered:
        return None
    shape = given[0] if of_class else given[1] if len(given) > 1 else None
    named = _text(given[2], path, index) if len(given) > 2 and not of_class else ""
    called = _kept_as(call, path, index) or registered
    collection = LiteralValue(call.span, "string", named or pluralize(registered))
    name = dotted_name(shape) if shape is not None else ""
    return DocumentModel(call.span, called, model.framework, registered, collection, name)


def _argument(value: Value, call: CallValue) -> Value | None:
    if not isinstance(value, ParameterValue):
        return value
    return call.arguments[value.index] if value.index < len(call.arguments) else None


def _text(value: Value | None, path: str, index: Index) -> str:
    """A string, or a constant of this file or another."""
    if isinstance(value, LiteralValue):
        return value.text if value.kind == "string" else ""
    name = dotted_name(value) if value is not None else ""
    if not name:
        return ""
    defined = index.resolver.definitions(index.files[path], name)
    for place in ((path, name), *((file.path, there) for file, there in defined)):
        for kept in index.kept.get(place, ()):
            if isinstance(kept.value, LiteralValue) and kept.value.kind == "string":
                return kept.value.text
    return ""


def _kept_as(call: CallValue, path: str, index: Index) -> str:
    """The name that a file keeps a call under."""
    for kept in index.files[path].objects.kept:
        if isinstance(kept.value, CallValue) and any(one.span == call.span for one in links(kept.value)):
            return kept.name
    return ""
