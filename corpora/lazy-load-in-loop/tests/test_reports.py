from sqlalchemy import select

from shop.models import User


def test_orders(session):
    for user in session.scalars(select(User)):
        assert user.orders
