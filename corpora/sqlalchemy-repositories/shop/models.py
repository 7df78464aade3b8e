from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    @classmethod
    def find(cls, session, id_):
        return session.scalars(select(cls).where(cls.id == id_)).first()


class Owned:
    shop_id: Mapped[int] = mapped_column(BigInteger)


class User(Owned, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(Text, unique=True)


class Order(Owned, Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(Text)


class Item(Owned, Base):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    sku: Mapped[str] = mapped_column(Text)
    rank: Mapped[int] = mapped_column(Integer)
    # want missing-column "colour"
    colour: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)


class Label(Base):
    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    # want missing-column "rank"
    rank: Mapped[int] = mapped_column(Integer)
    # want missing-column "colour"
    colour: Mapped[str] = mapped_column(Text)
    code: Mapped[int] = mapped_column(Integer)
    archived: Mapped[bool] = mapped_column(Boolean, server_default="false")
