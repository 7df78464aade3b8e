TABLE = "users"
FIND = f"SELECT id, emial FROM {TABLE} WHERE id = ?"  # want missing-column "emial"
VISITS = "SELECT visits FROM users"  # want missing-column "visits"


class Orders:
    TOTALS = "SELECT user_id, SUM(total) FROM orders GROUP BY user_id"
    OLD = "SELECT amount FROM orders"  # want missing-column "amount"
