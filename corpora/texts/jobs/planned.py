import psycopg


class Plans:
    table = "orders"

    def find(self, kind: str) -> str:
        return f"SELECT id, totl FROM orders WHERE '{kind}' = 'a'"  # want missing-column "totl"

    def run(self, conn: psycopg.Connection):
        return conn.execute(self.find("a"))


def delete_from(table: str) -> str:
    return f"DELETE FROM {table} WHERE stale"  # want missing-column "users"


def clean(conn: psycopg.Connection):
    sql = delete_from("users")
    conn.execute(sql)
