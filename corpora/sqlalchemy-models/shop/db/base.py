from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from .kinds import JSONType, made_at

CONVENTION = {"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSONType}

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Stamped:
    """When a row was made and changed."""

    created_at: Mapped[made_at]
    updated_at: Mapped[datetime | None] = mapped_column(onupdate=datetime.now)


class Noted:
    note: Mapped[str | None]

    @property
    def has_note(self) -> bool:
        return bool(self.note)


class Named(Base):
    """Tables that are called as their classes."""

    __abstract__ = True

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"
