from typing import Generic, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .models import Item, Order, User

Model = TypeVar("Model")


class Repository(Generic[Model]):
    model: type[Model]

    def __init__(self, session: Session):
        self.session = session

    def find(self, id_):
        return self.session.get(self.model, id_)

    def all(self):
        return self.session.scalars(select(self.model).where(self.model.id > 5)).all()


class Orders(Repository[Order]):
    def open(self):
        return self.session.scalars(select(self.model).where(self.model.stat == "open"))  # want missing-model-field "stat"


class Users(Repository):
    model = User

    def named(self, name):
        return self.session.scalars(select(self.model).where(self.model.nam == name))  # want missing-model-field "nam"


def count(session: Session, model: type[Item]):
    session.execute(delete(model).where(model.sku == ""))
    return session.scalar(select(func.count(model.id)).where(model.amount > 1))  # want missing-model-field "amount"
