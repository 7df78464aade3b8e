"""Relations, bases and constants as facts of one file, and what hostile files give."""

import time

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile
from analyzer.extract.extract import extract
from analyzer.facts.entity import Entity, Relation
from analyzer.facts.file import FileFacts
from analyzer.program.program import Program, build_program
from tests.frameworks.sqlalchemy.projects import PROJECTS

_HEAD = """
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, backref, mapped_column, relationship
class Base(DeclarativeBase): ...
"""


def facts(text: str, path: str = "models.py") -> FileFacts:
    (source,) = discover([RawFile(path, (_HEAD + text).encode())])
    return extract(source)


def program(files: dict[str, str]) -> Program:
    raw = [RawFile(path, text.encode()) for path, text in files.items()]
    return build_program(extract(source) for source in discover(raw))


def entity(text: str, name: str) -> Entity:
    return next(one for one in facts(text).entities if one.name == name)


@pytest.mark.parametrize(
    ("written", "target", "many", "loading", "deletes"),
    [
        ('relationship("Order")', "*Order", False, "lazy", ""),
        ("relationship(Order, uselist=True, lazy='joined')", "Order", True, "eager", ""),
        ("relationship(lambda: Order, lazy='selectin')", "Order", False, "eager", ""),
        (
            'relationship("shop.models.Order", lazy="raise", cascade="all, delete-orphan")',
            "*Order",
            False,
            "raises",
            "cascade",
        ),
        ('relationship("Order", lazy="dynamic", cascade="save-update, merge")', "*Order", False, "", ""),
        ('relationship("Order", lazy="write_only")', "*Order", False, "", ""),
        ('relationship("Order", lazy="noload")', "*Order", False, "raises", ""),
        ('relationship("Order", cascade="all, delete", passive_deletes=True)', "*Order", False, "lazy", ""),
        ('relationship("Order", lazy=True)', "*Order", False, "lazy", ""),
        ("relationship(back_populates='user')", "*Order", True, "lazy", ""),
    ],
)
def test_relation(written: str, target: str, *, many: bool, loading: str, deletes: str) -> None:
    annotation = ': Mapped[list["Order"]]' if written.startswith("relationship(back") else ""
    (found,) = entity(
        f"class User(Base):\n    __tablename__ = 'u'\n    orders{annotation} = {written}\n", "User"
    ).relations
    assert (found.target, found.many, found.loading, found.deletes) == (target, many, loading, deletes)


def test_relation_by_annotation_alone() -> None:
    text = 'class User(Base):\n    __tablename__ = "u"\n    boss: Mapped["User | None"] = relationship(remote_side="User.id")\n    orders: Mapped[set["Order"]] = relationship()\n'
    boss, orders = entity(text, "User").relations
    assert (boss.target, boss.many, orders.target, orders.many) == ("*User", False, "*Order", True)


def test_pairs_are_those_of_the_named_key() -> None:
    text = """
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    buyer = relationship("User", foreign_keys=[buyer_id])
    seller = relationship("User", primaryjoin="Order.seller_id == User.id")
    lines = relationship("Line", foreign_keys="Line.order_id")
    tags = relationship("Tag", secondary="order_tags", backref="orders")
"""
    found = {one.name: one for one in entity(text, "Order").relations}
    assert found["buyer"].pairs == (("buyer_id", "id"),)
    assert found["seller"].pairs == (("seller_id", "id"),)
    assert found["lines"].pairs == (("", "order_id"),)
    assert found["tags"].through == "*order_tags"


def test_back_reference_is_a_relation_of_the_other_side() -> None:
    text = 'class User(Base):\n    __tablename__ = "u"\n    orders = relationship("Order", uselist=True, backref=backref("user", lazy="joined"))\n'
    (related,) = facts(text).related
    (back,) = related.relations
    assert (related.entity, back.name, back.target, back.many, back.loading) == (
        "*Order",
        "user",
        "User",
        False,
        "eager",
    )


def test_what_the_source_does_not_show_is_open() -> None:
    text = """
from sqlalchemy.ext.automap import automap_base
from elsewhere import Vendor
Auto = automap_base()
class Reflected(Auto):
    __tablename__ = "reflected"
class Loaded(Base):
    __tablename__ = "loaded"
    __table_args__ = {"autoload_with": engine}
class Bought(Vendor, Base):
    __tablename__ = "bought"
    id = Column(Integer, primary_key=True)
class Known(Base):
    __tablename__ = "known"
    id = Column(Integer, primary_key=True)
plain = Table("plain", metadata, autoload_with=engine)
"""
    tables = {one.physical: one.closed for one in program({"models.py": _HEAD + text}).entities.tables}
    assert tables == {"reflected": False, "loaded": False, "bought": False, "known": True, "plain": False}


def test_others_are_no_columns() -> None:
    text = """
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    orders = relationship("Order")
    LIMIT = 3
    @property
    def shown(self): return 1
    @hybrid_property
    def total(self): return 1
    @classmethod
    def make(cls): return cls()
"""
    (table,) = program({"models.py": _HEAD + text}).entities.tables
    assert set(table.attributes) == {"id"}
    assert {"shown", "total", "make", "LIMIT"} <= table.others
    assert set(table.relations) == {"orders"}


def test_a_joined_child_has_its_own_columns_alone() -> None:
    _, files = PROJECTS["inheritance"]
    tables = {one.entity.name: one for one in program(files).entities.tables}
    assert set(tables["Supplier"].attributes) == {"id", "firm"}
    assert "kind" in tables["Supplier"].others
    assert tables["Supplier"].attributes["id"].attribute.filled
    assert tables["Foreign"].physical == "suppliers"
    assert tables["Chief"].shares == tables["Person"].entity.span


@pytest.mark.parametrize("name", PROJECTS)
def test_torn_files_never_fail(name: str) -> None:
    """Files as they are while somebody types: cut anywhere."""
    _, files = PROJECTS[name]
    for path, text in files.items():
        for at in range(0, len(text), max(1, len(text) // 25)):
            torn = build_program([extract(one) for one in discover([RawFile(path, text[:at].encode())])])
            assert torn.entities.tables is not None


@pytest.mark.parametrize(
    "text",
    [
        "class A(A):\n    __tablename__ = 'a'\n    id = Column(Integer)\n",
        "class A(B):\n    x = Column(ForeignKey('b.x'))\nclass B(A):\n    __tablename__ = 'b'\n    x = Column(ForeignKey('b.x'))\n",
        "X = Y\nY = X\nclass A(Base):\n    __tablename__ = 'a'\n    x = Column(X)\n    y: Mapped[X]\n",
        "T = T.with_variant(T, 'sqlite')\nclass A(Base):\n    __tablename__ = 'a'\n    x = Column(T)\n",
        "class A(Base):\n    __tablename__ = 'a'\n    x: Mapped[" + "Optional[" * 300 + "int" + "]" * 300 + "]\n",
        "class A(Base):\n    __tablename__ = 'a'\n    x = Column(" + "ARRAY(" * 300 + "Integer" + ")" * 300 + ")\n",
        "class A(Base):\n    __tablename__ = 'a'\n    __table_args__ = " + "(" * 300 + ")" * 300 + "\n",
        "class A(Base):\n    __tablename__ = 'a'\n    __table_args__ = (Index('i', postgresql_where=" + "~" * 2000 + "A.x),)\n",
        "class A(Base):\n    __tablename__ = " + " + ".join(["'a'"] * 3000) + "\n    x = Column(Integer)\n",
        "".join(f"class A{n}(A{n - 1}):\n    x{n} = Column(Integer)\n" for n in range(1, 400)),
        "".join(f"class M{n}(M{n - 1}, M{n - 2}):\n    __tablename__ = 'm{n}'\n    x{n} = Column(ForeignKey('m{n - 1}.x{n - 1}'))\n" for n in range(2, 60)),
        "class A(Base):\n    __tablename__ = 'a'\n" + "".join(f"    x{n} = Column(Integer, ForeignKey('a.x{n + 1}'))\n" for n in range(1500)),
    ],
)  # fmt: skip
def test_hostile_declarations_end(text: str) -> None:
    began = time.monotonic()
    found = program({"models.py": _HEAD + text})
    assert all(isinstance(one, Relation) for table in found.entities.tables for one in table.relations.values())
    assert time.monotonic() - began < 20
