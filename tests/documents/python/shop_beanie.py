"""Classes of a small shop, in Beanie."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Optional
from uuid import UUID, uuid4

import pymongo
from beanie import BackLink, Document, Indexed, Link
from pydantic import BaseModel, ConfigDict, Field
from pymongo import ASCENDING, DESCENDING, IndexModel


class Address(BaseModel):
    street: str
    zip_code: str = Field(alias="zip")
    notes: list[str] = []


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")

    color: str = "red"


class User(Document):
    email: Indexed(str, unique=True)
    name: str | None = None
    nickname: Optional[str]
    age: Annotated[int, Indexed()] = 0
    address: Address
    others: dict[str, Address] = {}
    secret: str = Field(default="", exclude=True)
    created: datetime = Field(default_factory=datetime.now)
    total: Decimal = Decimal(0)
    limit_of: ClassVar[int] = 3
    orders: list[BackLink["Order"]] = Field(default_factory=list, json_schema_extra={"original_field": "user"})

    class Settings:
        name = "users"
        indexes = [
            "name",
            [("name", ASCENDING), ("age", DESCENDING)],
            IndexModel([("created", -1)], name="newest", expireAfterSeconds=3600),
            IndexModel([("nickname", pymongo.TEXT)], unique=False, sparse=True),
        ]


class Order(Document):
    id: UUID = Field(default_factory=uuid4)
    user: Link[User]
    items: list[Link["Product"]] = []
    data: Any = None


class Product(Document):
    title: str

    class Settings:
        is_root = True


class Book(Product):
    pages: int = 1


class Paperback(Book):
    glue: bool = True

    class Settings:
        name = "paperbacks"


class Base(Document):
    at: datetime | None = None

    class Settings:
        name = "shared"
        use_revision = True


class Heir(Base):
    more: int = 1


class Own(Base):
    more: int = 1

    class Settings:
        use_state_management = True


class Also(Base):
    class Settings(Base.Settings):
        keep_nulls = False
