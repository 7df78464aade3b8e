"""What several migrations do."""

import sqlalchemy as sa
from alembic import op


def is_postgres():
    return op.get_bind().dialect.name == "postgresql"


def audited(table, column="changed_by"):
    op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.create_foreign_key(f"fk_{table}_{column}", table, "users", [column], ["id"], ondelete="SET NULL")


def indexed(table, column):
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def soft_deleted(table):
    op.execute(f"ALTER TABLE {table} ADD COLUMN deleted_at timestamp")
