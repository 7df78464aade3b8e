from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.base import Base, Numbered
from shop.sales import Address, Invoice, Order, Review


class User(Numbered, Base):
    __tablename__ = "users"

    email: Mapped[str] = mapped_column(unique=True)

    orders: Mapped[list[Order]] = relationship(cascade="all, delete-orphan", foreign_keys="Order.user_id")  # want delete-rule-mismatch "\"orders\" deletes rows of \"orders\" with their parent, the key in the database does nothing"
    # The key does the same.
    addresses: Mapped[list[Address]] = relationship(cascade="all, delete-orphan")
    reviews: Mapped[list[Review]] = relationship(cascade="all, delete")  # want delete-rule-mismatch "SET NULL"
    # Rows of it are only marked as deleted.
    invoices: Mapped[list[Invoice]] = relationship(cascade="all, delete-orphan")
    # Nothing is said of what is deleted.
    referred: Mapped[list[Order]] = relationship(foreign_keys="Order.referrer_id")
