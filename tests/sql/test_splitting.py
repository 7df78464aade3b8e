"""A script's statements are what its engine would run one by one."""

import pytest

from analyzer.facts.source import Dialect
from analyzer.sql.splitting import split


def pieces(sql: str, dialect: Dialect) -> list[str]:
    return [sql[start:end] for start, end in split(sql, dialect)]


def test_semicolons_in_strings_names_and_comments_end_nothing() -> None:
    sql = """SELECT ';' AS "a;b"; -- one; comment\n/* two; */ SELECT 2;;\n"""
    assert pieces(sql, "postgres") == ["""SELECT ';' AS "a;b\"""", "SELECT 2"]


def test_a_forgotten_semicolon_between_tables() -> None:
    one, two = "CREATE TABLE users (\n  id INTEGER\n)", "CREATE TABLE orders (id INTEGER)"
    assert pieces(f"{one}\n\n-- orders\n{two}\n", "sqlite") == [one, two]


def test_a_trigger_keeps_its_body() -> None:
    trigger = (
        "CREATE TRIGGER t AFTER UPDATE ON users BEGIN\n"
        "  UPDATE users SET role = CASE WHEN id = 1 THEN 'owner' ELSE 'reader' END;\n"
        "  DELETE FROM orders;\nEND"
    )
    assert pieces(f"{trigger};\nSELECT 1;", "sqlite") == [trigger, "SELECT 1"]


def test_a_transaction_is_no_body() -> None:
    assert pieces("BEGIN; CREATE TABLE users (id INT); COMMIT;", "sqlite") == [
        "BEGIN",
        "CREATE TABLE users (id INT)",
        "COMMIT",
    ]


def test_blocks_inside_a_procedure() -> None:
    body = (
        "CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; "
        "WHILE 1 DO SELECT 2; END WHILE; CASE x WHEN 1 THEN SELECT 3; END CASE; END"
    )
    assert pieces(f"{body}; SELECT 4", "mysql") == [body, "SELECT 4"]


def test_delimiter_commands() -> None:
    sql = "SELECT 1;\nDELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW BEGIN SET NEW.a = 1; END$$\nDELIMITER ;\nSELECT 2;"
    assert pieces(sql, "mysql") == [
        "SELECT 1",
        "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW BEGIN SET NEW.a = 1; END",
        "SELECT 2",
    ]


def test_postgres_bodies() -> None:
    quoted = "CREATE FUNCTION f() RETURNS int AS $x$ BEGIN; $$ ; $$ END; $x$ LANGUAGE plpgsql"
    atomic = "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END"
    assert pieces(f"{quoted};\n{atomic};\nSELECT 1", "postgres") == [quoted, atomic, "SELECT 1"]


def test_what_only_a_client_reads_is_no_statement() -> None:
    sql = "\\connect shop\nCOPY users (id) FROM stdin;\n1; DROP TABLE users\n\\.\nSELECT 1;\n\\unrestrict x"
    assert pieces(sql, "postgres") == ["COPY users (id) FROM stdin", "SELECT 1"]
    assert pieces(".mode box\nSELECT 1;", "sqlite") == ["SELECT 1"]


def test_markers_of_tools_are_comments() -> None:
    sql = "CREATE TABLE users (id INT);\n--> statement-breakpoint\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd"
    assert pieces(sql, "postgres") == ["CREATE TABLE users (id INT)", "SELECT 1"]


@pytest.mark.parametrize("dialect", ["sqlite", "postgres", "mysql"])
@pytest.mark.parametrize("end", ["'half", '"half', "/* half", "$$ half", "(half", "`half", "E'half\\", "BEGIN"])
def test_half_written_sql_is_a_last_piece(dialect: Dialect, end: str) -> None:
    sql = f"SELECT 1; SELECT {end}"
    found = pieces(sql, dialect)
    assert found[0] == "SELECT 1"
    assert found[1].startswith("SELECT")


def test_an_empty_script() -> None:
    assert pieces("", "postgres") == []
    assert pieces("-- nothing\n;;", "mysql") == []
