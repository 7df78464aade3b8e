"""Beanie's documents: fields, indexes, collections."""

import pytest

from analyzer.facts.file import FileFacts
from tests.extract.python_source import facts
from tests.shapes import fields, indexes, model, shape


def read(code: str) -> FileFacts:
    return facts(
        f"from beanie import Document, Indexed, Link, BackLink\nfrom pydantic import BaseModel, Field\n{code}", "beanie"
    )


def one(line: str) -> str:
    """The field that a line of a document makes."""
    return fields(read(f"class User(Document):\n    {line}\n"), "User")[-1]


FIELDS = [
    ("name: str", "name string!"),
    ("name: str = 'x'", "name string="),
    ("name: Optional[str] = None", "name string="),
    ("name: str | None", "name string!"),
    ("name: str = Field(...)", "name string!"),
    ("name: str = Field(max_length=3)", "name string!"),
    ("name: str = Field(alias='n')", "n string as name!"),
    ("at: datetime = Field(default_factory=now)", "at date="),
    ("tags: list[str] = []", "tags [string]="),
    ("tags: Set[int] = Field(default=set())", "tags [int/long]="),
    ("where: Address", "where ? of Address!"),
    ("lines: List['Line'] = []", "lines [?] of Line="),
    ("data: dict[str, Any] = {}", "data map="),
    ("value: Union[str, int]", "value string/int/long!"),
    ("state: Literal['a', 'b'] = 'a'", "state string (a|b)="),
    ("email: Indexed(str, unique=True)", "email string unique indexed!"),
    ("email: Annotated[str, Indexed(unique=True)]", "email string unique indexed!"),
    ("email: Annotated[EmailStr, Indexed(), Field(alias='mail')]", "mail string indexed as email!"),
    ("owner: Link[Person]", "owner object{$ref string, $id ?} -> Person!"),
    ("owners: Optional[List[Link['Person']]] = None", "owners [object]{$ref string, $id ?} -> Person="),
    ("id: UUID = Field(default_factory=uuid4)", "_id uuid as id="),
    ("id: Optional[PydanticObjectId] = Field(default=None, alias='_id')", "_id objectId as id="),
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
    assert one(line) == "_id objectId as id="


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
        "text:text",
        "user_id:1",
        "user_id:1 created_at:-1",
        "number:-1 unique partial",
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
        "Plain": '"Plain"',
        "Named": '"named_things" unnamed',
        "Heir": '"named_things" unnamed',
        "Root": '"roots" always',
        "Leaf": '"roots" in Root always',
        "Away": "? if Elsewhere",
    }
    assert fields(found, "Root")[:3] == ["_id objectId as id=", "revision_id uuid=", "_class_id string="]
    assert fields(found, "Leaf") == ["more int/long="]
    assert shape(found, "Leaf").bases == ("Root",)
    assert (shape(found, "Data").closed, shape(found, "Root").closed) == (False, True)


def test_places() -> None:
    code = "class User(Document):\n    name: str\n    email: str = Field()\n"
    found = read(code)
    text = f"from beanie import Document, Indexed, Link, BackLink\nfrom pydantic import BaseModel, Field\n{code}"
    assert [text[one.span.start : one.span.end] for one in shape(found, "User").fields[1:]] == ["name", "email"]
