"""What is handed in is known in part, or not at all."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Order, User


class Finder:
    def __init__(self, session: Session, model):
        self.session = session
        self.model = model

    def named(self, word):
        return self.session.scalars(select(self.model).where(self.model.label == word)).all()


def finders(session: Session, registry):
    return Finder(session, User), Finder(session, Order), Finder(session, registry.pick())


class Foreign:
    def __init__(self, session: Session, model):
        self.session = session
        self.model = model

    def all(self):
        return self.session.scalars(select(self.model).where(self.model.label == "x")).all()  # want unresolved-query "run time"


class Swapped:
    model = User

    def __init__(self, session: Session, model=None):
        self.session = session
        if model is not None:
            self.model = model

    def all(self):
        return self.session.scalars(select(self.model).where(self.model.state == "open")).all()


def swapped(session: Session):
    return Swapped(session, Order), Swapped(session)


class Plain:
    word = "plain"


class Rich:
    word = "rich"


def spoken(session: Session):
    for kind in (Plain, Rich):
        session.execute(select(Order).where(Order.state == kind.word))
