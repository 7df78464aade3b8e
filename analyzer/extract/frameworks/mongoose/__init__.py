"""mongoose, and what is built on it: Nest's module, typegoose. https://mongoosejs.com

What comes in: a file's values. What goes out: its shapes and models. This module does not know what calls of a model do.
"""

from collections.abc import Iterator

from analyzer.extract.frameworks.framework import Declarations, Framework
from analyzer.extract.frameworks.kept_values import Names
from analyzer.extract.frameworks.mongoose import classes
from analyzer.extract.frameworks.mongoose.models import Models
from analyzer.extract.frameworks.mongoose.schemas import Schemas
from analyzer.facts.document import DocumentModel, DocumentShape

_NAME = "mongoose"


def documents(declarations: Declarations) -> Iterator[DocumentShape | DocumentModel]:
    names = Names(declarations)
    schemas = Schemas(names, _NAME)
    yield from schemas.shapes()
    yield from schemas.plugins()
    yield from classes.shapes(schemas)
    yield from Models(names, schemas, _NAME).found()


FRAMEWORKS = (
    Framework(
        name=_NAME,
        languages=("javascript", "typescript", "tsx"),
        dependencies=frozenset({"mongoose", "@nestjs/mongoose", "@typegoose/typegoose"}),
        tokens=(b'"mongoose"', b"'mongoose'", b'"@nestjs/mongoose"', b"'@nestjs/mongoose'"),
        dialect="mongodb",
        reexported=True,
        documents=documents,
    ),
)
