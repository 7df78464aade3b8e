"""Scripts as MySQL's client runs them: statement by statement, with the client's own commands left out.

What comes in: a connection of pymysql and a script. What goes out: nothing; an error of the server is raised. This module does not know schemas.
"""

from typing import Any

from analyzer.sql.ddl.splices import reveal
from analyzer.sql.embed import embed_plain
from analyzer.sql.splitting import split


def run_script(connection: Any, script: str) -> None:
    sql = reveal(embed_plain(script)).sql
    for start, end in split(sql, "mysql"):
        connection.query(sql[start:end])
