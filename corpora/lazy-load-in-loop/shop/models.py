from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    orders: Mapped[list["Order"]] = relationship("Order", back_populates="user")
    guarded: Mapped[list["Order"]] = relationship("Order", lazy="raise", viewonly=True)
    recent: Mapped[list["Order"]] = relationship("Order", lazy="selectin", viewonly=True)
    streamed: Mapped[list["Order"]] = relationship("Order", lazy="dynamic", viewonly=True)


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    user: Mapped[User] = relationship("User", back_populates="orders")
    items: Mapped[list["Item"]] = relationship("Item")


class Item(Base):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    order_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("orders.id"))
    sku: Mapped[str] = mapped_column(Text)
