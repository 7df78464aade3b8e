"""Names that are handed in: which entities they may stand for, and what hostile files give."""

import time

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile
from analyzer.extract.extract import extract
from analyzer.facts.part.written import IdentifierPart
from analyzer.facts.query import Query
from analyzer.program.program import build_program

_MODELS = """
from sqlalchemy import Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
"""
_HEAD = """
from sqlalchemy import select
from models import Base, Item, Order, User
"""
_REPOSITORY = """
class Repository:
    def __init__(self, session, model):
        self.session, self.model = session, model
    def all(self):
        return self.session.scalars(select(self.model).where(self.model.nick == "x"))
"""


def queries(code: str) -> tuple[Query, ...]:
    files = {"models.py": _MODELS, "shop.py": _HEAD + code}
    program = build_program(
        extract(source) for source in discover([RawFile(path, text.encode()) for path, text in files.items()])
    )
    return next(file for file in program.files.values() if file.path == "shop.py").queries


def tables(found: tuple[Query, ...]) -> set[str]:
    """Tables that are known."""
    return {part.words[0] for query in found for part in query.text.parts if isinstance(part, IdentifierPart)} - {
        "nick"
    }


@pytest.mark.parametrize(
    ("code", "expected", "accused"),
    [
        (_REPOSITORY + "Repository(s, User)\nRepository(s, model=Order)\n", {"users", "orders"}, True),
        # One of them is made with something that nobody knows.
        (_REPOSITORY + "Repository(s, User)\nRepository(s, pick())\n", {"users"}, False),
        (_REPOSITORY + "Repository(*rest)\nRepository(s, User)\n", {"users"}, False),
        (_REPOSITORY, set(), False),
        (_REPOSITORY + "class Users(Repository):\n    def __init__(self, s):\n        super().__init__(s, User)\n", {"users"}, True),
        (_REPOSITORY + "class Users(Repository):\n    def __init__(self, *a):\n        super(Users, self).__init__(*a)\nUsers(s, Item)\n", {"items"}, True),
        # A class that is made from what it takes from: only its own kind meets its own.
        (_REPOSITORY + "class Users(Repository):\n    model = User\nclass Loose(Repository):\n    model = pick()\n", {"users"}, False),
        ("def all(s, model):\n    return s.scalars(select(model).where(model.nick == 1))\nall(s, User)\nall(s, model=Item)\n", {"users", "items"}, True),
        ("def all(s, model=Item):\n    return s.scalars(select(model).where(model.nick == 1))\nall(s, User)\nall(s)\n", {"users"}, False),
        # What calls itself hands in what it was handed.
        ("def all(s, model):\n    s.scalars(select(model).where(model.nick == 1))\n    all(s, model)\nall(s, User)\n", {"users"}, True),
        ("def run(s):\n    for model in (User, Order):\n        s.execute(select(model).where(model.nick == 1))\n", {"users", "orders"}, True),
        ("def run(s):\n    for model in MODELS:\n        s.execute(select(model).where(model.nick == 1))\n", set(), False),
        ("def run(s):\n    t = Base.metadata.tables['items']\n    s.execute(select(t.c.id).where(t.c.nick == 1))\n", {"items"}, False),
    ],
)  # fmt: skip
def test_handed_in(code: str, expected: set[str], accused: bool) -> None:
    found = queries(code)
    assert tables(found) == expected
    assert all(query.lacking for query in found) == accused


def test_two_that_call_each_other_know_all_that_is_handed_to_either() -> None:
    code = """
def one(s, model):
    s.execute(select(model))
    other(s, model)
def other(s, model):
    s.execute(select(model).where(model.nick == 1))
    one(s, model)
one(s, User)
other(s, Order)
"""
    assert tables(queries(code)) == {"users", "orders"}


def _constructors(count: int) -> str:
    classes = (
        f"class R{at}(R{at - 1}):\n    def __init__(self, s, m):\n        super().__init__(s, m)\n        super().__init__(s, self.model)\n"
        for at in range(1, count)
    )
    made = (f"R{at}(s, User)\nR{at}(s, Order)\n" for at in range(count))
    return _REPOSITORY.replace("Repository", "R0") + "".join((*classes, *made))


def _callers(count: int) -> str:
    functions = (
        f"def f{at}(s, m):\n    s.execute(select(m))\n"
        + "".join(f"    f{(at * 7 + other) % count}(s, m)\n" for other in range(6))
        for at in range(count)
    )
    return "".join(functions) + "f0(s, User)\n"


def _parameters(count: int) -> str:
    names = ", ".join(f"m{at}" for at in range(count))
    users, orders = (", ".join([word] * count) for word in ("User", "Order"))
    return f"def f({names}, s):\n    s.execute(select({names}))\nf({users}, s)\nf({orders}, s)\n"


@pytest.mark.parametrize(
    "code",
    [
        _constructors(150),
        _callers(150),
        _parameters(40),
        _REPOSITORY + "class A(B): ...\nclass B(A, Repository): ...\nclass A(A): ...\nA(s, User)\n",
        _REPOSITORY + "Repository(s, " + "Repository(s, " * 300 + "User" + ")" * 301,
    ],
    ids=["constructors", "callers", "parameters", "circles", "nested"],
)
def test_time_stays_small(code: str) -> None:
    started = time.process_time()
    queries(code)
    assert time.process_time() - started < 10
