"""Models whose bases stand in other files."""

from analyzer.extract.extract import extract
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.program import build_program


def collections(library: str, **files: str) -> dict[str, tuple[str, ...]]:
    project = Project("", "shop", (Dependency(library),))
    read = [
        extract(Source(f"shop/{name}.py", code.encode(), "python", project=project))
        for name, code in {"__init__": "", **files}.items()
    ]
    return {one.model.name: one.collections for one in build_program(read).documents.models}


def test_beanie() -> None:
    bases = """
from beanie import Document
class Plain(Document):
    at: int
class Named(Document):
    class Settings:
        name = "named"
class Root(Document):
    class Settings:
        name = "roots"
        is_root = True
"""
    models = """
from pydantic import BaseModel
from shop.bases import Plain, Named, Root
from shop import bases
from shop.elsewhere import Unknown
class A(Plain):
    x: int
class B(Named):
    x: int
class C(Named):
    x: int
    class Settings:
        use_cache = True
class D(bases.Root):
    x: int
    class Settings:
        name = "d"
class E(BaseModel):
    x: int
class F(Unknown):
    x: int
class G(A):
    x: int
"""
    found = collections("beanie", bases=bases, models=models)
    assert found == {
        "Plain": ("Plain",),
        "Named": ("named",),
        "Root": ("roots",),
        "A": ("A",),
        "B": ("named",),
        "C": ("C",),
        "D": ("roots",),
        "G": ("G",),
    }


def test_mongoengine() -> None:
    bases = """
from mongoengine import Document, StringField
class Base(Document):
    name = StringField()
    meta = {"abstract": True}
class Post(Document):
    name = StringField()
    meta = {"allow_inheritance": True, "collection": "posts"}
"""
    models = """
from mongoengine import IntField
from shop.bases import Base, Post
class OldUser(Base):
    n = IntField()
class Review(Post):
    n = IntField()
class Form(Other):
    n = IntField()
class Deep(Review): pass
"""
    found = collections("mongoengine", bases=bases, models=models)
    assert found == {"Post": ("posts",), "OldUser": ("old_user",), "Review": ("posts",), "Deep": ("posts",)}
