"""What was forgotten

Revision ID: f6b8c0d2e3a5
Revises: d4f6a8b0c1e3
"""

import sqlalchemy as sa
from alembic import op

revision = "f6b8c0d2e3a5"
down_revision = "d4f6a8b0c1e3"
branch_labels = None
depends_on = None


def _has_column(table, column):
    inspector = sa.inspect(op.get_bind())
    return column in {known["name"] for known in inspector.get_columns(table)}


def upgrade():
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute("UPDATE users SET nickname = email WHERE nickname IS NULL")
        op.alter_column("users", "nickname", existing_type=sa.Text(), nullable=False)
    elif dialect in ("sqlite", "mysql"):
        op.add_column("users", sa.Column("never", sa.Text()))
    if not _has_column("users", "phone"):
        op.add_column("users", sa.Column("phone", sa.String(20)))
    op.alter_column(
        "users",
        "balance",
        existing_type=sa.Numeric(10, 2),
        type_=sa.Integer(),
        server_default=None,
        postgresql_using="balance::integer",
    )
    op.alter_column("users", "balance", server_default=sa.text("0"))
    op.drop_constraint("fk_orders_user_id_users", "orders", type_="foreignkey")
    op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"], ondelete="RESTRICT")  # want unsafe-migration "users"
    op.create_index(None, "orders", ["state", "paid_with"])
    op.rename_table("order_lines", "lines")
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'returned'")
        op.create_index("ix_lines_article", "lines", ["article"], postgresql_concurrently=True, if_not_exists=True)


def downgrade():
    op.drop_index("ix_lines_article", table_name="lines")
    op.drop_index("ix_orders_state_paid_with", table_name="orders")
    op.drop_constraint("fk_orders_user_id_users", "orders", type_="foreignkey")
    op.create_foreign_key(None, "orders", "users", ["user_id"], ["id"], ondelete="CASCADE")
    op.rename_table("lines", "order_lines")
    op.alter_column("users", "balance", type_=sa.Numeric(10, 2), server_default="0")
    op.drop_column("users", "phone")
    op.alter_column("users", "nickname", nullable=True)
