"""The model comes with the constructor: through subclasses, by place and by name."""

from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import Base, Item, Order, User

Schema = TypeVar("Schema")
Model = TypeVar("Model", bound=Base)


class Repository(Generic[Schema, Model]):
    def __init__(self, session: Session, key: str, sql_model: type[Model], schema: type[Schema]) -> None:
        self.session = session
        self.key = key
        self.model = sql_model
        self.schema = schema

    def one(self, id_: int) -> Model:
        return self.session.scalars(select(self.model).where(self.model.id == id_)).one()

    def count(self) -> int:
        return self.session.scalar(select(func.count(self.model.id)))

    def named(self, word: str):
        # Some of them have it: whoever calls this knows for which.
        return self.session.scalars(select(self.model).where(self.model.name == word)).all()

    def slugged(self, slug: str):
        return self.session.scalars(select(self.model).where(self.model.slug == slug)).all()  # want missing-model-field "slug"

    def kept(self):
        query = select(self.model)
        if hasattr(self.model, "deleted_at"):
            query = query.where(self.model.deleted_at.is_(None))
        return self.session.scalars(query).all()

    def by(self, key: str, value: str):
        return self.session.scalars(select(self.model).where(getattr(self.model, key) == value)).all()


class ShopRepository(Repository[Schema, Model]):
    def __init__(self, session: Session, key: str, sql_model: type[Model], schema: type[Schema], *, shop_id: int) -> None:
        super().__init__(session, key, sql_model, schema)
        self.shop_id = shop_id

    def all(self):
        return self.session.scalars(select(self.model).where(self.model.shop_id == self.shop_id)).all()


class Users(ShopRepository[dict, User]):
    def rich(self):
        return self.session.scalars(select(self.model).where(self.model.balance > 5)).all()  # want missing-model-field "balance"


class Shop:
    def __init__(self, session: Session, shop_id: int) -> None:
        self.session = session
        self.shop_id = shop_id

    @cached_property
    def users(self) -> Users:
        return Users(self.session, "id", User, dict, shop_id=self.shop_id)

    @cached_property
    def orders(self) -> ShopRepository[dict, Order]:
        return ShopRepository(self.session, "id", Order, dict, shop_id=self.shop_id)

    @cached_property
    def items(self) -> ShopRepository[dict, Item]:
        return ShopRepository(self.session, "id", schema=dict, sql_model=Item, shop_id=self.shop_id)
