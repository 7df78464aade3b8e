"""What rules take for granted of the drivers, as they say it themselves (tests/documents/README.md)."""

import json
from pathlib import Path
from typing import Any

import pytest

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "python" / "recorded.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("label", list(RECORDED["truth"]))
def test_databases_and_collections_have_no_truth_and_all_others_are_true(label: str) -> None:
    refuses = label.endswith(("Database", "Collection"))
    assert RECORDED["truth"][label].startswith("NotImplementedError" if refuses else "True")


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("update_one({}, {'a': 1})", "ValueError"),
        ("update_one({}, {'b': 1, '$set': {'a': 1}})", "ValueError"),
        ("update_one({}, {})", "ValueError"),
        ("update_many({}, {'a': 1})", "ValueError"),
        ("find_one_and_update({}, {'a': 1})", "ValueError"),
        ("replace_one({}, {'$set': {'a': 1}})", "ValueError"),
        ("insert_many([])", "TypeError"),
        ("bulk_write([])", "InvalidOperation"),
        ("find({}, sort='a')", "TypeError"),
        # What only the server refuses, or nobody.
        ("update_one({}, {'$set': {'a': 1}, 'b': 1})", "accepted"),
        ("update_one({}, [{'$set': {'a': 1}}])", "accepted"),
        ("replace_one({}, {'a': 1})", "accepted"),
        ("find_one('id')", "accepted"),
        ("UpdateOne({}, {'a': 1})", "accepted"),
    ],
)
def test_what_pymongo_refuses(call: str, error: str) -> None:
    assert RECORDED["refusals"][call].partition(":")[0] == error


def test_a_length_of_0_gives_no_documents_and_a_limit_of_0_gives_all() -> None:
    assert RECORDED["to_list"]["motor 0"] == "0"
    assert RECORDED["to_list"]["pymongo 0"].startswith("ValueError")
    assert "equivalent to no limit" in RECORDED["limit"]


def test_what_gives_a_cursor_is_not_awaited_by_motor() -> None:
    surface = RECORDED["surface"]["motor.AsyncIOMotorCollection"]
    methods = {name: entry for name, entry in surface.items() if entry["kind"] == "method"}
    assert {name for name, entry in methods.items() if not entry["awaited"]} == {
        "aggregate", "aggregate_raw_batches", "find", "find_raw_batches", "get_io_loop", "list_indexes", "list_search_indexes", "watch", "with_options", "wrap",
    }  # fmt: skip


def test_pymongo_itself_awaits_what_asks_the_server_at_once() -> None:
    surface = RECORDED["surface"]["pymongo.AsyncCollection"]
    awaited = {name for name, entry in surface.items() if entry.get("awaited")}
    assert {"aggregate", "list_indexes", "watch", "find_one"} <= awaited
    assert not awaited & {"find", "find_raw_batches", "with_options"}
