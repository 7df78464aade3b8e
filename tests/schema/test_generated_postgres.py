"""Made-up histories of DDL build the same in a real PostgreSQL and in our replay."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schema.generated import follow
from tests.schema.histories.postgres import statement


@pytest.fixture(scope="module")
def shop(postgres_uri: Callable[[str], str]) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(postgres_uri("postgres"), autocommit=True) as admin:
        admin.execute("CREATE DATABASE made_up")
    with psycopg.connect(postgres_uri("made_up"), autocommit=True) as connection:
        yield connection


@given(data=st.data())
def test_made_up_histories(data: st.DataObject, shop: "psycopg.Connection[Any]") -> None:
    count = data.draw(st.integers(1, 14))
    follow(shop, count, lambda schema: statement(data.draw, schema), [])
