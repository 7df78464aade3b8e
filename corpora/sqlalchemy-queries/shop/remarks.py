"""An alias gives its column a value: who makes a row need not."""

from typing import Annotated, Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base

Settings = Annotated[dict[str, Any], mapped_column(JSONB, nullable=False, default=dict)]


class Remark(Base):
    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    settings: Mapped[Settings]


def remark(session, body):
    session.add(Remark(body=body))


def empty_remark(session):
    session.add(Remark(settings={}))  # want missing-required-column "body"
