from sqlalchemy import Column, ForeignKey, Integer, String, text
from sqlalchemy.orm import backref, relationship

from shop import meta
from shop.meta import Base, Keyed, Printed
from shop.tables import metadata  # noqa: F401


class OrderLine(Keyed, meta.Audited, Printed, Base):
    order_id = Column(Integer, ForeignKey("orders.id"))
    place = Column(Integer, nullable=False, default=0)
    kind = Column(String(12), nullable=False)
    parcel = relationship("Parcel", uselist=False, backref=backref("lines", uselist=True), lazy="joined", cascade="all, delete")
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "line"}


class GiftLine(OrderLine):
    """In the table of order lines."""

    __tablename__ = None
    wrapping = Column(String(20))
    __mapper_args__ = {"polymorphic_identity": "gift"}


class BulkLine(OrderLine):
    """In a table of its own, beside that of order lines."""

    __tablename__ = "bulk_lines"
    id = Column(ForeignKey("order_line.id"), primary_key=True)
    pallets = Column(Integer, server_default=text("1"))
    __mapper_args__ = {"polymorphic_identity": "bulk"}


class Parcel(Keyed, Base):
    line_id = Column(ForeignKey("order_line.id"), unique=True)
    weight = Column(Integer)


class Legacy(Base):
    """Without a table: others take from it."""

    __abstract__ = True
    old_id = Column(Integer)
