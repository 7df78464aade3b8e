"""Conditions that Beanie's classes make: `User.email == email`."""

import pytest

from analyzer.program.documents.paths.named import paths
from analyzer.program.documents.paths.uses import Named, PathUse
from tests.documents.shop import program


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("User.email == email", "email $eq"),
        ("User.id == key", "_id $eq"),
        ("User.address.city != city, User.total >= 3", "address.city $ne, total $gte"),
        ("Or(User.email == email, In(User.role, roles))", "email $eq ?, role $in ?"),
        ("And(User.email == email, User.role == 'a')", "email $eq, role $eq"),
        # A link's key is stored in another place than it is written.
        ("User.team.id == key", "gap"),
        ("same(User.email)", "gap"),
        # What a class gives a field that was not set is no part of the condition.
        ("User.open == True", "open $eq"),
    ],
)
def test_conditions_of_beanie(condition: str, named: str) -> None:
    code = f"from beanie import Document\nclass User(Document):\n    email: str\n    open: bool = False\ndef find():\n    return User.find({condition})\n"
    found = [one for query in program({"shop/a.py": code}).documents.queries for one in paths(query)]
    assert ", ".join(_condition(one) for one in found) == named


def _condition(one: Named) -> str:
    return f"{one.path} {one.operator}{'' if one.certain else ' ?'}" if isinstance(one, PathUse) else "gap"
