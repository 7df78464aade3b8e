"""The collection that a model's shape names, where the model's own file does not.

What comes in: an Index, a model. What goes out: a name, "" where no shape says one. This module does not know what a library derives: that stands in the model.
"""

from analyzer.facts.document import DocumentModel
from analyzer.program.documents.evaluation.index import Index

_DEPTH = 4


def named_by_shape(model: DocumentModel, path: str, index: Index) -> str:
    """The collection of a shape of another file; what is written where the model is made comes first."""
    derived = model.collection is None or model.collection.span == model.span
    return _named(model.shape, path, index, 0) if derived and model.shape else ""


def _named(name: str, path: str, index: Index, depth: int) -> str:
    """`@Schema({ collection: "people" })` of the class that a schema is made of, or of the options that it takes."""
    places = [
        (path, name),
        *((file.path, there) for file, there in index.resolver.definitions(index.files[path], name)),
    ]
    for there, defined in places:
        for shape in index.files[there].shapes:
            if shape.name != defined or depth > _DEPTH:
                continue
            bases = (_named(base, there, index, depth + 1) for base in shape.bases)
            return shape.collection or next((found for found in bases if found), "")
    return ""
