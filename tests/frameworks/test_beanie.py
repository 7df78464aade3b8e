"""Beanie's documents: fields, indexes, collections."""

import pytest

from analyzer.facts.file import FileFacts
from tests.extract.python_source import facts
from tests.python_documents import fields, indexes, model, shape


def read(code: str) -> FileFacts:
    return facts(
        f"from beanie import Document, Indexed, Link, BackLink\nfrom pydantic import BaseModel, Field\n{code}", "beanie"
    )


def one(line: str) -> str:
    """The field that a line of a document makes."""
    return fields(read(f"class User(Document):\n    {line}\n"), "User")[-1]


FIELDS = [
    ("name: str", "name: string required"),
    ("name: str = 'x'", "name: string filled"),
    ("name: Optional[str] = None", "name: string filled"),
    ("name: str | None", "name: string"),
    ("name: str = Field(...)", "name: string required"),
    ("name: str = Field(max_length=3)", "name: string required"),
    ("name: str = Field(alias='n')", "n: string required alias name"),
    ("at: datetime = Field(default_factory=now)", "at: date filled"),
    ("tags: list[str] = []", "tags: [string] filled"),
    ("tags: Set[int] = Field(default=set())", "tags: [int|long] filled"),
    ("where: Address", "where: =Address required"),
    ("lines: List['Line'] = []", "lines: [=Line] filled"),
    ("data: dict[str, Any] = {}", "data: map filled"),
    ("value: Union[str, int]", "value: string|int|long required"),
    ("state: Literal['a', 'b'] = 'a'", "state: string filled in a/b"),
    ("email: Indexed(str, unique=True)", "email: string required unique"),
    ("email: Annotated[str, Indexed(unique=True)]", "email: string required unique"),
    ("email: Annotated[EmailStr, Indexed(), Field(alias='mail')]", "mail: string required indexed alias email"),
    ("owner: Link[Person]", "owner: object{$ref: string, $id: ?} required -> Person"),
    ("owners: Optional[List[Link['Person']]] = None", "owners: [object{$ref: string, $id: ?}] filled -> Person"),
    ("id: UUID = Field(default_factory=uuid4)", "_id: uuid filled alias id"),
    ("id: Optional[PydanticObjectId] = Field(default=None, alias='_id')", "_id: objectId filled alias id"),
]


@pytest.mark.parametrize(("line", "field"), FIELDS)
def test_fields(line: str, field: str) -> None:
    assert one(line) == field


@pytest.mark.parametrize(
    "line",
    [
        "x: BackLink[A] = Field(original_field='a')",
        "x: ClassVar[int] = 1",
        "_x: int = 1",
        "x: str = Field(exclude=True)",
        "model_config: ConfigDict = {}",
    ],
)
def test_what_is_not_stored(line: str) -> None:
    assert one(line) == "_id: objectId filled alias id"


def test_indexes() -> None:
    code = """
class Order(Document):
    text: Indexed(str, index_type=pymongo.TEXT)
    class Settings:
        indexes = [
            "user_id",
            [("user_id", pymongo.ASCENDING), ("created_at", -1)],
            IndexModel([("number", DESCENDING)], unique=True, sparse=True),
            IndexModel(KEYS),
        ]
"""
    assert indexes(read(code), "Order") == [
        "text text",
        "user_id 1",
        "user_id 1, created_at -1",
        "number -1 unique partial",
    ]


MODELS = """
class Plain(Document): pass
class Named(Document):
    class Settings:
        name = "named_things"
class Heir(Named): pass
class Root(Document):
    kind: str
    class Settings:
        name = "roots"
        is_root = True
        use_revision = True
class Leaf(Root):
    more: int = 1
class Away(Elsewhere):
    more: int = 1
class Data(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int
"""


def test_collections() -> None:
    found = read(MODELS)
    assert {one.name: model(found, one.name) for one in found.document_models} == {
        "Plain": "in Plain",
        "Named": "in named_things unnamed",
        "Heir": "in named_things unnamed",
        "Root": "in roots always",
        "Leaf": "of Root in roots always",
        "Away": "in ? if Elsewhere",
    }
    assert fields(found, "Root")[:3] == [
        "_id: objectId filled alias id",
        "revision_id: uuid filled",
        "_class_id: string filled",
    ]
    assert fields(found, "Leaf") == ["more: int|long filled"]
    assert shape(found, "Leaf").bases == ("Root",)
    assert (shape(found, "Data").closed, shape(found, "Root").closed) == (False, True)


def test_places() -> None:
    code = "class User(Document):\n    name: str\n    email: str = Field()\n"
    found = read(code)
    text = f"from beanie import Document, Indexed, Link, BackLink\nfrom pydantic import BaseModel, Field\n{code}"
    assert [text[one.span.start : one.span.end] for one in shape(found, "User").fields[1:]] == ["name", "email"]
