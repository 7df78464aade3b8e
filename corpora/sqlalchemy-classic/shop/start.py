from sqlalchemy import create_engine

from shop import models
from shop.meta import metadata


def start():
    engine = create_engine("sqlite:///shop.db")
    metadata.create_all(engine)
    return engine, models
