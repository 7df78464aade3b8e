from alembic import context
from shop.meta import metadata
from sqlalchemy import create_engine


def run_online() -> None:
    connectable = create_engine(context.config.get_main_option("sqlalchemy.url"))
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


if not context.is_offline_mode():
    run_online()
