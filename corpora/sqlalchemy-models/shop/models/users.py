from typing import TYPE_CHECKING, Any, Optional
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, func
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from shop.db.base import Base, Noted, Stamped
from shop.db.kinds import GUID, new_key

if TYPE_CHECKING:
    from shop.models.orders import Order


class User(Stamped, Noted, Base):
    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("length(email) > 3", name="ck_users_email"),
        Index("ix_users_lower", func.lower("email")),
        {"comment": "who buys"},
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "user"}

    id: Mapped[UUID] = mapped_column(GUID, primary_key=True, default=new_key)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    full_name: Mapped[Optional[str]] = mapped_column("name", String(80), index=True)
    kind: Mapped[str] = mapped_column(String(10), server_default="user")
    settings: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    # want model-drift "type of \"users.points\" is INTEGER in the model and BIGINT in"
    points: Mapped[int] = mapped_column(default=0)

    orders: Mapped[list["Order"]] = relationship(back_populates="user", cascade="all, delete-orphan")
    codes = association_proxy("orders", "code")

    @hybrid_property
    def shown(self) -> str:
        return self.full_name or self.email

    @validates("email")
    def _email(self, key: str, value: str) -> str:
        return value.lower()


class Admin(User):
    """Kept in the table of users."""

    level: Mapped[int | None] = mapped_column(default=1)
    __mapper_args__ = {"polymorphic_identity": "admin"}
