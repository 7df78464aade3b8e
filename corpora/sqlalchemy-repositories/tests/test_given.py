from shop.given import Repository
from shop.models import Label


def test_one(session):
    Repository(session, "id", Label, dict).one(1)
