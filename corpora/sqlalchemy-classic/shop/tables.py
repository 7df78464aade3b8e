"""Tables by themselves, and a class that is mapped to one."""

from sqlalchemy import Boolean, CheckConstraint, Column, Enum, ForeignKey, Index, Integer, Numeric, String, Table, UniqueConstraint, false, text
from sqlalchemy.orm import relationship

from shop.meta import NAME_LENGTH, Base, metadata

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(200), nullable=False, unique=True),
    Column("name", String(NAME_LENGTH)),
    Column("state", Enum("new", "active", "gone", name="states", create_constraint=True), nullable=False, server_default="new"),
    Column("is_staff", Boolean, nullable=False, server_default=false()),
    Column("signed_up", Integer, key="since", server_default=text("0")),
    CheckConstraint("length(email) > 3"),
    UniqueConstraint("name", "email"),
)

orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("total", Numeric(10, 2), nullable=False),
)
Index("ix_orders_total", orders.c.total)


class Order:
    def __init__(self, total):
        self.total = total


Base.registry.map_imperatively(Order, orders, properties={"lines": relationship("OrderLine", backref="order")})
