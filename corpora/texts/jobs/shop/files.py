import importlib.resources
import os
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent


def clean(conn: psycopg.Connection):
    with open(os.path.join(os.path.dirname(__file__), "clean.sql")) as file:
        conn.execute(file.read())


def weekly(conn: psycopg.Connection):
    conn.execute((HERE / "weekly.sql").read_text())


def yearly(conn: psycopg.Connection):
    sql = importlib.resources.files("shop").joinpath("yearly.sql").read_text("utf-8")
    for statement in sql.split(";"):
        conn.execute(statement)
