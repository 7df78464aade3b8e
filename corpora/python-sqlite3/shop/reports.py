"""Reports of the warehouse, which is a DuckDB file: its tables and its SQL are nobody's business here."""

import duckdb


def monthly(path: str) -> list[tuple]:
    con = duckdb.connect(path)
    # want unresolved-query "another database"
    con.execute("CREATE OR REPLACE TABLE visits AS SELECT * FROM 'visits.parquet'")
    con.execute("SELECT * EXCLUDE (raw), sum(total) FROM users GROUP BY ALL")  # want unresolved-query "another database"
    return con.execute("SELECT month FROM visits").fetchall()  # want unresolved-query "another database"
