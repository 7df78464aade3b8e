from sqlalchemy import ARRAY, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.db.base import Base, Named
from shop.db.kinds import GUID, intpk, money

product_tags = Table(
    "product_tags",
    Base.metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
    Column("added_by", GUID, ForeignKey("users.id")),
)


class Product(Named):
    id: Mapped[intpk]
    title: Mapped[str] = mapped_column(Text, nullable=False)
    words: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    price: Mapped[money | None]
    tags: Mapped[list["Tag"]] = relationship(secondary=product_tags, backref="products")


class Tag(Named):
    id: Mapped[intpk]
    label: Mapped[str] = mapped_column(String(20), unique=True, index=True)
