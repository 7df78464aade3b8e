"""Types and columns that models of other files are made of."""

import enum
import uuid
from datetime import datetime
from typing import Annotated

from sqlalchemy import CHAR, JSON, DateTime, Numeric, String, TypeDecorator, func
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import mapped_column


class GUID(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        return dialect.type_descriptor(CHAR(32))


class OrderStatus(enum.Enum):
    DRAFT = "draft"
    SENT = "sent"
    PAID = "paid"


class Channel(str, enum.Enum):
    WEB = "web"
    SHOP = "shop"


JSONType = JSON().with_variant(JSONB(), "postgresql")
money = Annotated[float, mapped_column(Numeric(10, 2))]
intpk = Annotated[int, mapped_column(primary_key=True)]
made_at = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
code = Annotated[str, mapped_column(String(12), unique=True)]


def new_key() -> uuid.UUID:
    return uuid.uuid4()
