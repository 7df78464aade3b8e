from .store import Store, later, one


def report(store: Store) -> object:
    store.rows("SELECT id FROM order_lines")  # want missing-table "order_lines"
    return one(store, "SELECT phone FROM users WHERE id = ?", (1,))  # want missing-column "phone"


def queue(store: Store) -> object:
    return later(store, "count orders", "SELECT totl FROM orders")  # want missing-column "totl"
