from store.base import Base
from store.database import db

stores, racks, boxes, labels = Base(db.stores), Base(db.racks), Base(db.boxes), Base(db.labels)


async def found(name: str) -> None:
    await db.stores.insert_one({"name": name})


async def rack(store_id: str) -> None:
    await db.racks.insert_one({"store_id": store_id})


async def box(rack_id: str) -> None:
    await db.boxes.insert_one({"rack_id": rack_id})


async def label(box_id: str) -> None:
    await db.labels.insert_one({"box_id": box_id})


async def visit(store_id: str) -> None:
    await db.visit_logs.insert_one({"store_id": store_id})


async def close_store(key: str) -> None:
    # What only tells what happened stays.
    await racks.remove_all({"store_id": key})  # want missing-transaction
    await stores.remove(key)


async def drop_rack(key: str) -> None:
    await racks.remove(key)  # want delete-rule-mismatch "documents of \"boxes\" still hold the key of the \"racks\""


async def _empty(key: str) -> None:
    await db.labels.update_many({"box_id": key}, {"$unset": {"box_id": ""}})


async def drop_box(key: str) -> None:
    await _empty(key)
    await boxes.remove(key)


async def drop_empty_box(key: str) -> bool:
    if await db.labels.find_one({"box_id": key}) is not None:
        return False
    await boxes.remove(key)
    return True


async def drop_label(key: str) -> None:
    # Nobody holds its key.
    await labels.remove(key)
