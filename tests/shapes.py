"""Shapes of documents as lines of text: `tags: [string] required -> Tag`, what is inside of a field in braces."""

from analyzer.facts.document import DocumentField, DocumentIndex, DocumentModel, DocumentShape
from analyzer.facts.value import LiteralValue
from tests.values import shown


def field_text(field: DocumentField) -> str:
    kinds = "|".join(field.kinds) + (f"={field.shape}" if field.shape else "")
    inside = "{" + ", ".join(map(field_text, field.fields)) + "}" if field.fields else ""
    whole = f"[{kinds or '?'}{inside}]" if field.many else f"{kinds or '?'}{inside}"
    marks = [
        "required" * field.required,
        "filled" * field.filled,
        "unique" * field.unique,
        "indexed" * (field.indexed and not field.unique),
        f"-> {field.refers}" * bool(field.refers),
        f"in {'/'.join(field.members or ())}" * (field.members is not None),
        f"alias {field.alias}" * bool(field.alias),
    ]
    return " ".join([f"{field.name}: {whole}", *filter(None, marks)])


def fields(shape: DocumentShape) -> list[str]:
    return [field_text(field) for field in shape.fields]


def index_text(index: DocumentIndex) -> str:
    keys = ", ".join(f"{path} {way}".strip() for path, way in index.keys)
    return " ".join(filter(None, [keys, "unique" * index.unique, "partial" * index.partial]))


def shape_text(shape: DocumentShape) -> str:
    parts = [f"{shape.name}{'' if shape.closed else ' open'}{f' in {shape.collection}' if shape.collection else ''}"]
    parts += [f"({', '.join(shape.bases)})"] * bool(shape.bases)
    parts += [f"no fields: {', '.join(shape.others)}"] * bool(shape.others)
    parts += [f"index {index_text(index)}" for index in shape.indexes]
    return "; ".join(parts)


def model_text(model: DocumentModel) -> str:
    collection = model.collection
    where = collection.text if isinstance(collection, LiteralValue) else shown(collection) if collection else "?"
    parent = f" of {model.parent}" if model.parent else ""
    return f"{model.name} ({model.registered}){parent}: {model.shape} in {where}"
