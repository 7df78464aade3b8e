from alembic import context
from sqlalchemy import create_engine


def run_online() -> None:
    connectable = create_engine(context.config.get_main_option("sqlalchemy.url"))
    with connectable.connect() as connection:
        context.configure(connection=connection, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()


if not context.is_offline_mode():
    run_online()
