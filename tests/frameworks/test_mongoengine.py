"""MongoEngine's documents: fields, indexes, collections."""

import pytest

from analyzer.facts.file import FileFacts
from tests.extract.python_source import facts
from tests.python_documents import fields, indexes, model, shape


def read(code: str) -> FileFacts:
    return facts(f"from mongoengine import *\nimport mongoengine as me\n{code}", "mongoengine")


FIELDS = [
    ("name = StringField()", "name: string"),
    ("name = StringField(required=True, unique=True, db_field='n')", "n: string required unique alias name"),
    ("name = me.StringField(default='x')", "name: string filled"),
    ("code = StringField(primary_key=True)", "_id: string required alias code"),
    ("state = StringField(choices=('a', 'b'))", "state: string in a/b"),
    ("state = StringField(choices=[('a', 'A'), ('b', 'B')])", "state: string in a/b"),
    ("n = IntField()", "n: int|long"),
    ("at = DateTimeField(default=datetime.utcnow)", "at: date filled"),
    ("owner = ReferenceField('User')", "owner: ? -> User"),
    ("owner = ReferenceField(User, required=True)", "owner: ? required -> User"),
    ("tags = ListField(StringField(max_length=5))", "tags: [string] filled"),
    ("owners = ListField(ReferenceField('User'))", "owners: [?] filled -> User"),
    ("lines = ListField(EmbeddedDocumentField(Line))", "lines: [object=Line] filled"),
    ("lines = EmbeddedDocumentListField(Line)", "lines: [object=Line] filled"),
    ("where = EmbeddedDocumentField('Address')", "where: object=Address"),
    ("data = DictField()", "data: map filled"),
    ("any = ListField()", "any: [?] filled"),
    ("grid = ListField(ListField(IntField()))", "grid: [?] filled"),
]


@pytest.mark.parametrize(("line", "field"), FIELDS)
def test_fields(line: str, field: str) -> None:
    assert fields(read(f"class Post(Document):\n    {line}\n"), "Post")[-1] == field


def test_collections() -> None:
    code = """
class BlogPost(Document):
    title = StringField()
    meta = {"allow_inheritance": True}
class Review(BlogPost):
    stars = IntField()
class Base(Document):
    at = DateTimeField()
    meta = {"abstract": True, "strict": False}
class Named(Base):
    meta = {"collection": "things"}
class Part(EmbeddedDocument):
    n = IntField()
class Loose(DynamicDocument): pass
class Away(Elsewhere):
    n = IntField()
class Other(Elsewhere): pass
"""
    found = read(code)
    assert {one.name: model(found, one.name) for one in found.document_models} == {
        "BlogPost": "in blog_post always",
        "Review": "of BlogPost in review always",
        "Base": "in base base",
        "Named": "in things always",
        "Loose": "in loose always",
        "Away": "in away if Elsewhere always",
    }
    assert fields(found, "BlogPost") == ["_id: objectId filled alias id", "_cls: string filled", "title: string"]
    assert fields(found, "Part") == ["n: int|long"]
    assert [shape(found, name).closed for name in ("BlogPost", "Base", "Loose")] == [True, False, False]


def test_indexes() -> None:
    code = """
class Post(Document):
    title = StringField(db_field="t")
    slug = StringField(unique_with="title")
    meta = {"indexes": ["title", "-created", ("author", "-created"), {"fields": ["$title"]}, {"fields": ["n"], "unique": True, "sparse": True}]}
"""
    assert indexes(read(code), "Post") == [
        "slug 1, t 1 unique",
        "t 1",
        "created -1",
        "author 1, created -1",
        "t text",
        "n 1 unique partial",
    ]
