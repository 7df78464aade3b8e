"""What is known of the libraries of documents by their names, as a table.

What comes in: nothing. What goes out: look-ups by driver. Sources stand in the table. This module does not know code.
"""

import tomllib
from functools import cache
from importlib import resources

from msgspec import Struct, convert

from analyzer.facts.source import Project


class Origin(Struct, frozen=True):
    """A module that handles are imported from."""

    module: str
    driver: str
    prefix: str = ""
    whole: bool = False


class Drivers(Struct, frozen=True):
    """`cursors` and `lazy` are methods by driver, `same` and `runs` steps by language and driver."""

    origins: tuple[Origin, ...]
    cursors: dict[str, frozenset[str]]
    same: dict[str, frozenset[str]]
    lazy: dict[str, frozenset[str]]
    runs: dict[str, frozenset[str]]
    truth: dict[str, frozenset[str]]
    since: dict[str, int]
    zero: dict[str, str]

    def origin(self, module: str, name: str) -> Origin | None:
        """Where a name of a module comes from."""
        for one in self.origins:
            is_inside = module == one.module or module.startswith((f"{one.module}.", f"{one.module}/"))
            if is_inside and name.startswith(one.prefix):
                return one
        return None

    def is_cursor(self, driver: str, method: str, steps: tuple[str, ...]) -> bool:
        """Whether a call with these steps behind it gives a cursor."""
        same = self.same["javascript" if driver == "mongodb" else "python"]
        return method in self.cursors.get(driver, ()) and all(step in same for step in steps)

    def is_idle(self, driver: str, method: str, steps: tuple[str, ...]) -> bool:
        """Whether a call whose result nobody takes does nothing at all."""
        return method in self.lazy.get(driver, ()) and not any(step in self.runs.get(driver, ()) for step in steps)

    def raises_on_truth(self, driver: str, project: Project) -> bool:
        """Whether a handle raises where its truth is asked, in the version that a project pins."""
        older = any((project.major(name) or first) < first for name, first in self.since.items())
        return driver in self.truth["raises"] and not older

    def is_gone(self, driver: str, method: str) -> bool:
        """Whether only older versions, whose handles have a truth, know a method."""
        return driver in self.truth["raises"] and method in self.truth["gone"]


@cache
def drivers() -> Drivers:
    data = tomllib.loads((resources.files(__package__) / "drivers.toml").read_text(encoding="utf-8"))
    return convert(data, Drivers)
