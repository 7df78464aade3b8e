"""No MySQL can be asked here: what its manual says these migrations build."""

from tests.schema.engines.shapes import shape_of
from tests.schema.replaying import replayed


def test_mysql_changes() -> None:
    history = replayed("migrations-mysql")
    assert history.dialect == "mysql"
    assert not [failure for step in history.steps for failure in step.failures]
    shapes = shape_of(history.schema)
    assert sorted(shapes) == ["people", "purchases", "purchases_copy"]
    people = shapes["people"]
    assert people.columns == (
        ("id", "int(11) unsigned", False),
        ("email", "varchar(255)", False),
        ("kind", "varchar(20)", True),
        ("changed", "timestamp", False),
        ("bio", "mediumtext", False),
    )
    assert people.primary_key == ("id",)
    assert people.unique == (("kind",),)
    assert [name for name, _, _ in people.indexes] == ["by_bio", "by_kind"]


def test_mysql_keys() -> None:
    purchases = shape_of(replayed("migrations-mysql").schema)["purchases"]
    assert [name for name, _, _ in purchases.columns] == ["id", "user_id", "paid", "note", "tax"]
    assert purchases.foreign_keys == ()
    assert purchases.indexes == (("by_user", ("user_id",), False),)
