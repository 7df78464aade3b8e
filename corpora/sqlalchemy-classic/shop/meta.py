import re

from sqlalchemy import Column, DateTime, Integer, MetaData, String, func
from sqlalchemy.orm import declarative_base, declared_attr

metadata = MetaData()
NAME_LENGTH = 80


def snake_case(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Derived:
    """Names tables after their classes."""

    @declared_attr
    def __tablename__(cls):
        return snake_case(cls.__name__)


Base = declarative_base(metadata=metadata, cls=Derived)


class Keyed:
    id = Column(Integer, primary_key=True)


class Audited:
    changed_at = Column(DateTime, server_default=func.now(), nullable=False)

    @declared_attr
    def changed_by(cls):
        return Column("changed_by_name", String(NAME_LENGTH))


class Printed:
    def __str__(self):
        return f"{type(self).__name__} {self.id}"
