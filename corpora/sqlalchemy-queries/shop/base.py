from datetime import datetime

from sqlalchemy import DateTime, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Stamped:
    created: Mapped[datetime] = mapped_column("created_at", DateTime(timezone=True), server_default=func.now())
