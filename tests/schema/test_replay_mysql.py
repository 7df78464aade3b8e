"""What MySQL's manual says these migrations build, and, where MariaDB is installed, what it builds of them."""

from typing import Any

import pytest

from tests.schema.engines.mariadb import mariadb_shapes, mariadb_views
from tests.schema.engines.shapes import shape_of, views_of
from tests.schema.replaying import corpora, replayed, scripts
from tests.schema.statements import run_script


@pytest.mark.parametrize("name", [name for name in corpora(dialect="mysql") if name.startswith("migrations-mysql")])
def test_mariadb_builds_what_we_replay(name: str, fresh_mariadb: Any) -> None:
    history = replayed(name)
    for script in scripts(history):
        run_script(fresh_mariadb, script)
    assert shape_of(history.schema) == mariadb_shapes(fresh_mariadb)
    assert views_of(history.schema) == mariadb_views(fresh_mariadb)
    assert not [failure for step in history.steps for failure in step.failures]


def test_mysql_changes() -> None:
    history = replayed("migrations-mysql")
    assert history.dialect == "mysql"
    assert not [failure for step in history.steps for failure in step.failures]
    shapes = shape_of(history.schema)
    assert sorted(shapes) == ["people", "purchases", "purchases_copy"]
    people = shapes["people"]
    assert [(column.name, column.type, column.nullable) for column in people.columns] == [
        ("id", "int unsigned", False),
        ("email", "varchar(255)", False),
        ("bio", "mediumtext", False),
        ("kind", "varchar(20)", True),
        ("changed", "timestamp", False),
    ]
    assert people.primary_key == ("id",)
    assert people.unique == (("kind",),)
    assert [index.name for index in people.indexes] == ["by_bio", "by_kind"]


def test_mysql_keys() -> None:
    purchases = shape_of(replayed("migrations-mysql").schema)["purchases"]
    assert [column.name for column in purchases.columns] == ["id", "user_id", "paid", "note", "tax"]
    assert purchases.foreign_keys == ()
    assert [(index.name, index.columns) for index in purchases.indexes] == [("by_user", ("user_id",))]
