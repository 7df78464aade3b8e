"""Monthly credit report."""

import sqlite3

REPORT = """
    SELECT p.name, SUM(u.credits_used) AS total
    FROM credit_usage AS u
    JOIN projects AS p ON p.id = u.project_id
    WHERE u.used_at >= :since
    GROUP BY p.id
    ORDER BY total DESC
"""


def report(connection: sqlite3.Connection, since: str) -> list[tuple[str, float]]:
    return connection.execute(REPORT, {"since": since}).fetchall()


def by_operation(connection: sqlite3.Connection, project: str) -> list[tuple[str, float]]:
    return connection.execute(
        "SELECT operation_type, SUM(credits_used)"  # want missing-column "did you mean \"operation\""
        " FROM credit_usage WHERE project_id = ? GROUP BY 1",
        (project,),
    ).fetchall()


def busiest(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT name, operation FROM credit_usage"
        " JOIN projects ON projects.id = credit_usage.project_id"
        " JOIN characters ON characters.project_id = projects.id"
        " WHERE used_at IS NOT NULL",
    ).fetchall()
