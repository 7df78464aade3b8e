"""The class says which model, by an attribute, a property, a type or what it gives its base."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .models import Base, Item, Label, Order, User

T = TypeVar("T", bound=Base)


class Store:
    table: type[Base]

    def __init__(self, session: Session):
        self.session = session

    def touch(self, id_):
        self.session.execute(update(self.table).where(self.table.id == id_).values(touched=1))  # want missing-model-field "touched"

    def drop(self, title):
        self.session.execute(delete(self.table).where(self.table.title == title))


class LabelStore(Store):
    table = Label

    def archive(self):
        self.session.execute(update(self.table).where(self.table.archived.is_(False)).values(title="-"))


class OrderStore(Store):
    @property
    def table(self):
        return Order


class Reader(Generic[T]):
    def __init__(self, session: Session, kind: type[T]):
        self.session, self.kind = session, kind

    def ids(self):
        return self.session.scalars(select(self.kind.id)).all()


class Typed(Generic[T]):
    model: type[T]
    session: Session

    def get(self, id_):
        return self.session.get(self.model, id_)

    def labelled(self, label):
        return self.session.scalars(select(self.model).where(self.model.label == label))  # want missing-model-field "label"


class TypedItems(Typed[Item]):
    pass


class TypedOrders(Typed[Order]):
    pass


class Handing:
    """Nobody makes one of these here: a framework does."""

    def __init__(self, session: Session, kind: type[Base]):
        self.session = session
        self.kind = kind

    def all(self):
        return self.session.scalars(select(self.kind).where(self.kind.colour == "red"))  # want missing-model-field "colour"


class HandingUsers(Handing):
    def __init__(self, session: Session):
        super().__init__(session, User)


@dataclass
class Shelf:
    session: Session
    model: type[Base] = Item

    def first(self):
        return self.session.scalars(select(self.model).where(self.model.id > 0)).first()


def readers(session: Session):
    return Reader(session, Order), Reader[Item](session, Item)


def shelves(session: Session):
    return Shelf(session), Shelf(session, Label), Shelf(session, model=Order)
