"""What another database holds has a MetaData of its own, and no table here."""

from sqlalchemy import Column, Integer, MetaData, String, Table, select

warehouse = MetaData()

clicks = Table("clicks", warehouse, Column("page", String), Column("seconds", Integer))
visits = Table("visits", warehouse, Column("page", String))


def busiest(client):
    return client.run(select(clicks.c.page).where(clicks.c.seconds > 30))  # want unresolved-query "another database"
