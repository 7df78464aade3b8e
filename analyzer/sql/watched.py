"""What a resolution asked of a schema, so that it holds for every schema that answers the same.

What comes in: a Schema. What goes out: the same with a list of questions and answers. Names of tables, types and functions are all that is asked: a
schema in which another table changed gives the same answers. This module does not know texts.
"""

from typing import TypeVar

from msgspec import structs

from analyzer.catalog.named import EnumType, NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table

T = TypeVar("T")
Asked = tuple[tuple[str, tuple[str, ...], object], ...]


class WatchedSchema(Schema, frozen=True, dict=True):
    """A schema that notes what it is asked. One is made for each Schema; `begin` starts a new list."""

    def begin(self) -> None:
        self.__dict__["notes"] = {}

    def asked(self) -> Asked:
        """Questions and answers since `begin`."""
        return tuple((name, given, answer) for (name, given), answer in self.__dict__["notes"].items())

    def _note(self, name: str, given: tuple[str, ...], answer: T) -> T:
        self.__dict__["notes"][name, given] = answer
        return answer

    def table(self, name: str, namespace: str = "") -> Table | None:
        return self._note("table", (name, namespace), super().table(name, namespace))

    def ending(self, suffix: str) -> Table | None:
        return self._note("ending", (suffix,), super().ending(suffix))

    def is_tainted(self, name: str) -> bool:
        return self._note("is_tainted", (name,), super().is_tainted(name))

    def enum(self, name: str) -> EnumType | None:
        return self._note("enum", (name,), super().enum(name))

    def type(self, name: str) -> NamedType | None:
        return self._note("type", (name,), super().type(name))

    def has_function(self, name: str) -> bool:
        return self._note("has_function", (name,), super().has_function(name))

    def has_namespace(self, name: str) -> bool:
        return self._note("has_namespace", (name,), super().has_namespace(name))

    def is_empty(self) -> bool:
        return self._note("is_empty", (), super().is_empty())


def watched(schema: Schema) -> WatchedSchema:
    """The watched form of a schema, made once for each."""
    found = schema.__dict__.get("watched")
    if not isinstance(found, WatchedSchema):
        found = WatchedSchema(**structs.asdict(schema))
        schema.__dict__["watched"] = found
    return found


def answers(schema: Schema, asked: Asked) -> bool:
    """Whether a schema answers all of these questions alike."""
    return all(getattr(schema, name)(*given) == answer for name, given, answer in asked)
