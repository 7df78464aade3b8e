import psycopg


def prepare(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS orders (id BIGSERIAL PRIMARY KEY, user_id BIGINT NOT NULL, total NUMERIC NOT NULL, channel TEXT)"  # want schema-source-drift "\"channel\""
        )
        # The shape that the migrations make.
        connection.execute("CREATE TABLE IF NOT EXISTS users (id BIGSERIAL PRIMARY KEY, email VARCHAR(200) NOT NULL)")
        # Another database's table, of which only the name is alike.
        connection.execute("CREATE TABLE IF NOT EXISTS payments (id BIGSERIAL PRIMARY KEY, chunk TEXT, bucket TEXT, page TEXT)")
