from datetime import datetime
from decimal import Decimal
from typing import Optional

from sqlalchemy import Enum, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, column_property, deferred, mapped_column, relationship, synonym

from shop.db import kinds as k
from shop.db.base import Base, Named, Stamped
from shop.models.users import User


class Order(Stamped, Named):
    __table_args__ = (
        Index("ix_orders_open", "user_id", unique=True, postgresql_where=text("status = 'DRAFT'")),
        UniqueConstraint("code", "channel", name="once"),
    )

    id: Mapped[k.intpk]
    code: Mapped[k.code]
    # Kept as the key it refers to, whatever the annotation says.
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    status: Mapped[k.OrderStatus] = mapped_column(default=k.OrderStatus.DRAFT)
    channel: Mapped[k.Channel | None] = mapped_column(
        Enum(k.Channel, name="channels", values_callable=lambda kind: [one.value for one in kind])
    )
    total: Mapped[k.money]
    # want model-drift "nullability of \"orders.sent_at\" is NULL in the model and NOT NULL in"
    sent_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(back_populates="orders", lazy="joined")
    lines: Mapped[list["Line"]] = relationship(back_populates="order", lazy="selectin", passive_deletes=True)
    reference = synonym("code")


class Line(Named):
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(server_default=text("1"))
    price: Mapped[Decimal] = mapped_column("unit_price")
    remark: Mapped[Optional[str]] = deferred(mapped_column(String(400)))
    order: Mapped["Order"] = relationship(back_populates="lines")
    value = column_property(amount * price)


class Refund(Named):
    id: Mapped[k.intpk]
    order_id: Mapped[int]
    place: Mapped[int]
    # want missing-column "reason"
    reason: Mapped[Optional[str]]
    __table_args__ = (ForeignKeyConstraint(["order_id", "place"], ["lines.order_id", "lines.place"]),)


# want missing-table "invoices"
class Invoice(Base):
    __tablename__ = "invoices"
    id: Mapped[k.intpk]
