import psycopg


def find(conn: psycopg.Connection, deep: bool):
    sql = "SELECT emial FROM users" if deep else "SELECT nmae FROM users"  # want missing-column "emial" missing-column "nmae"
    return conn.execute(sql)


def ordered(conn: psycopg.Connection, newest: bool):
    direction = "DESC" if newest else "ASC"
    return conn.execute(f"SELECT totl FROM orders ORDER BY created_at {direction}")  # want missing-column "totl"


def counted(conn: psycopg.Connection, kind: str):
    if kind == "users":
        sql = "SELECT count(*) FROM users WHERE activ"  # want missing-column "activ"
    elif kind == "orders":
        sql = "SELECT count(*) FROM orders WHERE paid"  # want missing-column "paid"
    else:
        raise ValueError(kind)
    return conn.execute(sql)


def searched(conn: psycopg.Connection, name: str | None):
    sql = "SELECT id FROM users WHERE active"
    if name:
        sql += " AND nmae = 'x'"  # want missing-column "nmae"
    return conn.execute(sql)
