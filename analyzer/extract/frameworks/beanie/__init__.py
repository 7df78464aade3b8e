"""Beanie: classes of documents, and the pydantic classes that they embed.

Source: https://beanie-odm.dev (defining a document, indexes, relations, inheritance). A class whose base stands in another file is a model where that one
is: `inherits` names it. This module does not know the methods of documents.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.beanie.classes import foreign, is_data, is_document, parent_of, setting, unknown
from analyzer.extract.frameworks.beanie.shapes import Shapes
from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.objects.declared import DeclaredValues, is_literal
from analyzer.facts.document import DocumentModel, DocumentShape
from analyzer.facts.value import Class, LiteralValue


def _documents(declared: Declarations) -> Iterator[DocumentShape | DocumentModel]:
    read = DeclaredValues(declared.objects)
    shapes = Shapes(read, declared.source)
    for one in read.classes.values():
        if "." in one.name or not is_data(one, read):
            continue
        yield shapes.shape(one)
        known = is_document(one, read)
        inherits = () if known or not unknown(one, read) else foreign(read.bases(one))
        if known or inherits:
            yield _model(one, read, inherits)


def _model(one: Class, read: DeclaredValues, inherits: tuple[str, ...]) -> DocumentModel:
    parent = parent_of(one, read)
    name = setting(one, read, "name")
    is_root = is_literal(setting(one, read, "is_root"), "true")
    derived = inherits and f"{one.name}.Settings" not in read.classes
    default = None if derived else LiteralValue(one.span, "string", one.name)
    return DocumentModel(
        one.span,
        one.name,
        "beanie",
        registered=one.name,
        collection=name if name is not None else default,
        shape=one.name,
        parent=parent,
        inherits=inherits,
        shares="always" if is_root else "unnamed" if name is not None else "",
    )


FRAMEWORKS = (
    Framework(
        name="beanie",
        languages=("python",),
        dependencies=frozenset({"beanie"}),
        tokens=(b"beanie",),
        dialect="mongodb",
        reexported=True,
        documents=_documents,
    ),
)
