"""Functions that take a model, loops over models, tables by their names."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from .models import Base, Item, Label, Order, User

STALE = ["orders", "items"]


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count(model.id)).where(model.weight > 3))  # want missing-model-field "weight"


def owned(session: Session, model, shop_id: int):
    return session.scalars(select(model).where(model.shop_id == shop_id)).all()


def oldest(session: Session, model: type[Order | Item], id_: int):
    return session.scalars(select(model).where(model.id == id_, model.place == 1)).first()  # want missing-model-field "place"


def totals(session: Session, shop_id: int):
    return [count(session, User), count(session, model=Order), *owned(session, Item, shop_id), *owned(session, User, shop_id)]


def wipe(session: Session, shop_id: int):
    for model in (Item, Order, User):
        session.execute(delete(model).where(model.shop_id == shop_id))
    for name in STALE:
        table = Base.metadata.tables[name]
        session.execute(update(table).where(table.c.shop_id == shop_id).values(shop_id=0))
    labels = Base.metadata.tables["labels"]
    session.execute(labels.update().where(labels.c.archived).values(title=""))


def drop_old(session: Session, age: int):
    for model in (Item, Label):
        session.execute(delete(model).where(model.age > age))  # want missing-model-field "age"
        # One of the two tables has no such column: its model is told so.
        session.execute(delete(model).where(model.rank > 3, model.code == "x"))
        session.execute(delete(model).where(model.colour == "red"))  # want missing-column "colour"


def owners(session: Session, ids: list[int]):
    return [User.find(session, id_) for id_ in ids]  # want n-plus-one "users"
