"""One of two branches: what orders are paid with

Revision ID: b2d4e6f80912
Revises: 07aa31c0de55
"""

import sqlalchemy as sa
from alembic import op

revision = "b2d4e6f80912"
down_revision = "07aa31c0de55"
branch_labels = None
depends_on = None

payment_kind = sa.Enum("card", "invoice", name="payment_kind")


def upgrade():
    payment_kind.create(op.get_bind(), checkfirst=True)
    op.add_column("orders", sa.Column("paid_with", payment_kind, nullable=True))
    for table in ("orders", "order_lines"):
        op.add_column(table, sa.Column("changed_at", sa.DateTime(), server_default=sa.text("now()"), nullable=False))
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.alter_column("note", existing_type=sa.String(40), type_=sa.Text(), existing_nullable=True)
        batch_op.alter_column("total", new_column_name="total_price", existing_type=sa.Float())


def downgrade():
    op.alter_column("orders", "total_price", new_column_name="total")
    op.alter_column("orders", "note", type_=sa.String(40))
    for table in ("orders", "order_lines"):
        op.drop_column(table, "changed_at")
    op.drop_column("orders", "paid_with")
    payment_kind.drop(op.get_bind(), checkfirst=True)
