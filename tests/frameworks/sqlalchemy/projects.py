"""Small projects, each a form of declaring tables: the expression of their MetaData, and files by path."""

_BASE = """
from datetime import datetime
from typing import Any
from sqlalchemy import DateTime, MetaData, BigInteger, Integer, String, JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, declared_attr
from sqlalchemy.dialects.postgresql import JSONB
from typing_extensions import Annotated

str_30 = Annotated[str, 30]
intpk = Annotated[int, mapped_column(primary_key=True)]
bigpk = Annotated[int, mapped_column(BigInteger, primary_key=True)]
short = Annotated[str, mapped_column(String(12))]
user_key = Annotated[datetime, mapped_column(nullable=False)]
JSONType = JSON().with_variant(JSONB(), "postgresql")
BigKey = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONType,
        str_30: String(30),
    }
"""

PROJECTS: dict[str, tuple[str, dict[str, str]]] = {}

PROJECTS["annotated"] = (
    "models:Base.metadata",
    {
        "base.py": _BASE,
        "models.py": """
import enum
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, Optional, Union
from uuid import UUID
from sqlalchemy import Float, ForeignKey, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column, relationship
from base import Base, BigKey, JSONType, bigpk, intpk, short, str_30

class Status(enum.Enum):
    draft = "D"
    sent = "S"
    cancelled = 3

class User(Base):
    __tablename__ = "users"
    id: Mapped[intpk]
    email: Mapped[str] = mapped_column(String(200), unique=True)
    nick: Mapped[Optional[str]] = mapped_column(String(20), index=True)
    code: Mapped[short]
    code2: Mapped[Optional[short]]
    code3: Mapped[short] = mapped_column(unique=True)
    tag: Mapped[str_30]
    born: Mapped[date | None]
    at: Mapped[datetime]
    alarm: Mapped[Union[time, None]]
    wait: Mapped[timedelta]
    price: Mapped[Decimal]
    ratio: Mapped[float] = mapped_column(Float, default=0.5)
    active: Mapped[bool] = mapped_column(server_default="1")
    key: Mapped[UUID]
    raw: Mapped[bytes | None]
    data: Mapped[dict[str, Any]]
    more: Mapped[dict] = mapped_column(JSONType)
    status: Mapped[Status]
    other: Mapped[Optional["Status"]]
    level: Mapped[Literal["low", "high"]]
    orders: Mapped[list["Order"]] = relationship(back_populates="user", foreign_keys="Order.user_id")

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[bigpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    seller: Mapped[int | None] = mapped_column("seller_id", ForeignKey(User.id))
    user_code: Mapped[str] = mapped_column(ForeignKey(User.email))
    note: Mapped[str | None] = mapped_column(Text, deferred=True)
    made: Mapped[datetime] = mapped_column(server_default=func.now())
    user: Mapped["User"] = relationship(back_populates="orders", foreign_keys=[user_id])

class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    count: Mapped[int] = mapped_column(nullable=True)
    must: Mapped[Optional[int]] = mapped_column(nullable=False)
    plain: Mapped[int] = mapped_column("plain_name")

class Link(Base):
    __tablename__ = "links"
    left: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    right: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    at: Mapped[int] = mapped_column(primary_key=True)

class Tree(Base):
    __tablename__ = "tree"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("tree.id"))
""",
    },
)

PROJECTS["enums"] = (
    "models:Base.metadata",
    {
        "kinds.py": """
import enum
class Kind(enum.Enum):
    one = "first"
    two = "second one"
class Labelled(str, enum.Enum):
    def __new__(cls, value, label):
        made = str.__new__(cls, value)
        made._value_ = value
        return made
    near = "n", "Near by"
    far = "f", "Far away"
""",
        "models.py": """
import enum
from typing import Optional
from sqlalchemy import Column, Enum, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from kinds import Kind, Labelled

class Base(DeclarativeBase):
    type_annotation_map = {enum.Enum: Enum(enum.Enum, native_enum=False, length=30)}

class Values(DeclarativeBase):
    metadata = Base.metadata
    type_annotation_map = {enum.Enum: Enum(enum.Enum, values_callable=lambda kind: [one.value for one in kind])}

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    other: Mapped[Optional[Labelled]] = mapped_column(default=None)

class Order(Values):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    place: Mapped[Labelled | None]
    last: Mapped[Kind] = mapped_column(Enum(Kind, name="last_kind"))
""",
    },
)

PROJECTS["mixins"] = (
    "shop.models:Base.metadata",
    {
        "shop/__init__.py": "",
        "shop/base.py": """
import re
from sqlalchemy import Column, DateTime, Integer, func, ForeignKey, String, Index
from sqlalchemy.orm import declarative_base, declared_attr, relationship
from sqlalchemy.ext.declarative import as_declarative

class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

Base = declarative_base(cls=Named)

class Stamped:
    created_at = Column(DateTime, server_default=func.now(), nullable=False)
    updated_at = Column(DateTime, onupdate=func.now())

class Keyed:
    id = Column(Integer, primary_key=True)

class Owned:
    @declared_attr
    def owner_id(cls):
        return Column("owner", ForeignKey("users.id", ondelete="SET NULL"), index=True)

    @declared_attr
    def owner(cls):
        return relationship("User", foreign_keys=[cls.owner_id])

class Repr:
    def __repr__(self):
        return "x"

class Model(Base, Keyed, Repr):
    __abstract__ = True
    note = Column(String(40))
""",
        "shop/models.py": """
from sqlalchemy import Column, ForeignKey, Integer, String, UniqueConstraint, Index, CheckConstraint, PrimaryKeyConstraint, ForeignKeyConstraint, text, func
from sqlalchemy.orm import relationship, column_property, deferred, synonym
from sqlalchemy.ext.hybrid import hybrid_property
from . import base as b
from .base import Base, Model, Owned, Stamped

class User(Model, Stamped):
    email = Column(String(200), nullable=False)
    first = Column(String(20))
    full = column_property(first + " x")
    big = deferred(Column(String(999)))
    mail = synonym("email")
    __table_args__ = (
        UniqueConstraint("email", "first", name="uq_mail"),
        CheckConstraint("first <> ''", name="ck_first"),
        Index("ix_mail", "email", "first", unique=True),
        Index("ix_first", first.desc()),
        Index("ix_lower", func.lower(email)),
        Index("ix_text", text("lower(first)")),
        {"comment": "people"},
    )

    @hybrid_property
    def shout(self):
        return self.email.upper()

class Order(Owned, b.Stamped, Model):
    total = Column("amount", Integer, server_default=text("0"))

class Line(Base):
    order_id = Column(ForeignKey("orders.id"))
    place = Column(Integer)
    name = Column(String(9))
    __table_args__ = (PrimaryKeyConstraint("order_id", "place"),)

class Detail(Base):
    __tablename__ = "details"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer)
    place = Column(Integer)
    __table_args__ = (ForeignKeyConstraint(["order_id", "place"], ["lines.order_id", "lines.place"], ondelete="CASCADE"), Index(None, "place"))
""",
    },
)

PROJECTS["inheritance"] = (
    "models:Base.metadata",
    {
        "base.py": _BASE,
        "people.py": """
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from base import Base, intpk

class Stamp:
    stamp: Mapped[int]

class Person(Stamp, Base):
    __tablename__ = "people"
    id: Mapped[intpk]
    kind: Mapped[str] = mapped_column(String(10))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}
""",
        "models.py": """
from typing import Optional
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column
from base import Base, intpk
from people import Person

class Clerk(Person):
    desk: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "clerk"}

class Boss(Person):
    car = Column(String(20))
    team_id = Column(ForeignKey("teams.id"))
    __mapper_args__ = {"polymorphic_identity": "boss"}

class Chief(Boss):
    yacht = Column(String(20))
    __mapper_args__ = {"polymorphic_identity": "chief"}

class Supplier(Person):
    __tablename__ = "suppliers"
    id = Column(ForeignKey("people.id"), primary_key=True)
    firm: Mapped[str] = mapped_column(String(50))
    __mapper_args__ = {"polymorphic_identity": "supplier"}

class Foreign(Supplier):
    country: Mapped[Optional[str]] = mapped_column(String(2))
    __mapper_args__ = {"polymorphic_identity": "foreign"}

class Team(Base):
    __tablename__ = "teams"
    id: Mapped[intpk]
""",
    },
)

PROJECTS["imperative"] = (
    "tables:metadata",
    {
        "meta.py": "from sqlalchemy import MetaData\nmetadata = MetaData()\nNAME_LENGTH = 60\n",
        "kinds.py": """
import uuid
from sqlalchemy.types import CHAR, TypeDecorator, UserDefinedType, String
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.dialects import postgresql
import sqlalchemy as sa

class GUID(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        else:
            return dialect.type_descriptor(CHAR(32))

class Secret(TypeDecorator):
    impl = String(500)

class Lower(TypeDecorator):
    impl = sa.Text
    cache_ok = True

class Point(UserDefinedType):
    def get_col_spec(self, **kw):
        return "POINT"
""",
        "tables.py": """
import enum
import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Computed, DateTime, Enum, ForeignKey, Identity, Index, Integer, LargeBinary, Numeric, String, Table, UniqueConstraint, false, func, text, true
from sqlalchemy import literal
from meta import NAME_LENGTH, metadata
from kinds import GUID, Lower, Point, Secret

class Kind(str, enum.Enum):
    GOOD = "good"
    BAD_ONE = "bad-one"

users = Table(
    "users",
    metadata,
    Column("id", GUID, primary_key=True),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("secret", Secret()),
    Column("lower", Lower),
    Column("kind", Enum(Kind), nullable=False),
    Column("kind2", Enum(Kind, name="kind_two", values_callable=lambda e: [m.value for m in e])),
    Column("kind3", Enum(Kind, native_enum=False)),
    Column("kind6", Enum("x", "y", name="kind_six", create_constraint=True)),
    Column("kind7", Enum("x", "y", native_enum=False, create_constraint=True, name="kind_seven")),
    Column("kind4", Enum("a", "bcd", name="kind_four"), server_default="a"),
    Column("kind5", Enum(Kind, native_enum=False, length=30), default=Kind.GOOD),
    Column("on", Boolean, server_default=true(), nullable=False),
    Column("off", Boolean(), server_default=sa.false()),
    Column("at", DateTime(timezone=True), server_default=func.now()),
    Column("n", Numeric(10, 2), server_default=text("0.5")),
    Column("word", String(9), server_default="it's"),
    Column("twice", Integer, Computed("n_ * 2", persisted=True)),
    Column("n_", Integer, server_default=literal(3)),
    Column("lowered", String(20), server_default=func.lower("A")),
    Column("stamp", DateTime, server_default=sa.func.current_timestamp()),
    Column("key_name", Integer, key="k"),
    UniqueConstraint("name", "kind4"),
    Index("ix_users_name", "name"),
)

orders = sa.Table(
    "orders", metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(start=5, always=True), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("other_id", GUID(), sa.ForeignKey(users.c.id, onupdate="CASCADE", deferrable=True, initially="DEFERRED")),
    sa.Column("blob", sa.LargeBinary(length=2000)),
    sa.Column("c", sa.CHAR(3), sa.CheckConstraint("c <> ''")),
    sa.Column("s", sa.Integer, sa.Sequence("s_seq")),
)

links = Table("links", metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("order_id", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
)
Index("ix_links_order", links.c.order_id)
""",
    },
)

PROJECTS["sqlmodel"] = (
    "models:SQLModel.metadata",
    {
        "common.py": """
from datetime import datetime
from typing import Optional
from pydantic import NaiveDatetime
from sqlalchemy import Column, DateTime, func
from sqlmodel import Field, SQLModel

class Stamped(SQLModel):
    created_at: NaiveDatetime = Field(default_factory=datetime.utcnow, nullable=False)
    updated_at: Optional[NaiveDatetime] = Field(default=None, sa_column_kwargs={"server_default": func.now()})
""",
        "models.py": """
import enum
import uuid
from decimal import Decimal
from typing import List, Optional
from sqlalchemy import Column, JSON, Text, String, UniqueConstraint
from pydantic import NaiveDatetime
from sqlmodel import Field, Relationship, SQLModel
from common import Stamped

class Size(str, enum.Enum):
    small = "S"
    large = "L"

class TeamBase(SQLModel):
    name: str = Field(index=True, max_length=80)
    city: Optional[str] = None

class Team(TeamBase, Stamped, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")

class TeamCreate(TeamBase):
    token: str

class Hero(SQLModel, table=True):
    __tablename__ = "heroes"
    __table_args__ = (UniqueConstraint("secret_name", "age"),)
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    secret_name: str = Field(max_length=40)
    age: int | None = Field(default=None, index=True)
    seen: Optional[NaiveDatetime] = None
    size: Size = Field(default=Size.small)
    price: Decimal = Field(default=0)
    active: bool = True
    bio: str = Field(sa_column=Column(Text, nullable=False))
    tags: dict = Field(default={}, sa_column=Column(JSON))
    nick: str = Field(unique=True, max_length=10)
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="SET NULL")
    team: Optional[Team] = Relationship(back_populates="heroes")

class HeroRead(SQLModel):
    id: int
""",
    },
)

PROJECTS["flask"] = (
    "models:db.metadata",
    {
        "ext.py": "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n",
        "models.py": """
from flask import Flask
from ext import db

app = Flask("shop")
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
db.init_app(app)

class BaseModel(db.Model):
    __abstract__ = True
    id = db.Column(db.Integer, primary_key=True)
    created = db.Column(db.DateTime, default=db.func.now())

tags = db.Table("tags", db.Column("user_id", db.ForeignKey("shop_user.id"), primary_key=True), db.Column("tag", db.String(20), primary_key=True))

class ShopUser(BaseModel):
    email = db.Column(db.String(120), unique=True, nullable=False, index=True)
    role = db.Column(db.Enum("admin", "user", name="roles"), nullable=False, server_default="user")
    data = db.Column(db.JSON)
    type = db.Column(db.String(9))
    orders = db.relationship("HTTPOrder", backref="user", lazy="dynamic")
    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "u"}

class Vip(ShopUser):
    discount = db.Column(db.Integer)
    __mapper_args__ = {"polymorphic_identity": "v"}

class HTTPOrder(BaseModel):
    user_id = db.Column(db.Integer, db.ForeignKey("shop_user.id"), nullable=False)
    price = db.Column(db.Numeric(8, 2), db.CheckConstraint("price > 0"))
    __table_args__ = (db.Index("ix_price", "price", "user_id"), {"extend_existing": True})
""",
    },
)

PROJECTS["schemas"] = (
    "models:Base.metadata",
    {
        "models.py": """
from sqlalchemy import Column, ForeignKey, Integer, String, Table, MetaData, Index, or_, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry, relationship, MappedAsDataclass

SCHEMA = "shop"
PREFIX = "app"

class Base(MappedAsDataclass, DeclarativeBase):
    pass

class User(Base):
    __tablename__ = f"{PREFIX}_users"
    __table_args__ = {"schema": SCHEMA}
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(30), default="x")

class Order(Base):
    __tablename__ = PREFIX + "_orders"
    @declared_attr.directive
    def __table_args__(cls):
        return (
            Index("ix_open", "state", postgresql_where=text("state = 'open'"), sqlite_where=text("state = 'open'")),
            Index("ix_two", cls.state, unique=True, postgresql_where=(cls.state == "open") & cls.kind.is_(None) & (cls.user_id != 3)),
            Index("ix_three", cls.user_id.desc(), postgresql_where=or_(cls.kind.in_(["a", "b"]), ~(cls.state == "x"))),
            {"schema": SCHEMA},
        )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(f"{SCHEMA}.{PREFIX}_users.id"))
    state: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str | None] = mapped_column("kind_name", String(8), default=None)

class Plain(DeclarativeBase):
    metadata = Base.metadata

class Extra(Plain):
    __table__ = Table("extras", Base.metadata, Column("id", Integer, primary_key=True), Column("n", String(3)))
""",
    },
)
