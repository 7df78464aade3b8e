from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Stamped

order_labels = Table(
    "order_labels",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
)


class User(Stamped, Base):
    __tablename__ = "users"
    __table_args__ = (CheckConstraint("status IN ('active', 'blocked')"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(Text, unique=True)
    status: Mapped[str] = mapped_column(Text, server_default="active")
    is_admin: Mapped[bool] = mapped_column(Boolean, server_default="false")
    settings: Mapped[dict | None] = mapped_column(JSONB)
    tags: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    orders: Mapped[list["Order"]] = relationship("Order", back_populates="user")

    @hybrid_property
    def is_open(self):
        return self.status == "active"

    @classmethod
    def named(cls, session, name):
        return session.query(cls).filter(cls.name == name).first()


class Order(Stamped, Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    state: Mapped[str] = mapped_column(Text, default="open")
    total: Mapped[int] = mapped_column(Integer)
    user: Mapped[User] = relationship("User", back_populates="orders")
    items: Mapped[list["Item"]] = relationship("Item", back_populates="order")
    labels: Mapped[list["Label"]] = relationship("Label", secondary=order_labels)


class Item(Base):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    sku: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int] = mapped_column(Integer)
    # want missing-column "discount"
    discount: Mapped[int | None] = mapped_column(Integer)
    order: Mapped[Order] = relationship("Order", back_populates="items")


class Label(Base):
    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    title: Mapped[str] = mapped_column(Text)


class Payment(Base):
    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    amount: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "any"}


class Cash(Payment):
    __mapper_args__ = {"polymorphic_identity": "cash"}


class Transfer(Payment):
    __tablename__ = "transfers"

    id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    iban: Mapped[str] = mapped_column(Text)

    __mapper_args__ = {"polymorphic_identity": "transfer"}
