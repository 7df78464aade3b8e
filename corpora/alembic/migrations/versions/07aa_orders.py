"""Orders

Revision ID: 07aa31c0de55
Revises: 4f1c9a2be071
"""

from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "07aa31c0de55"
down_revision: Union[str, Sequence[str], None] = "4f1c9a2be071"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    order_state = sa.Enum("open", "paid", "sent", name="order_state")
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("state", order_state, nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("note", sa.String(40), nullable=True),
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("article", sa.String(80), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="order_lines_order_fk", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("order_id", "position"),
    )


def downgrade() -> None:
    op.drop_table("order_lines")
    op.drop_table("orders")
    sa.Enum(name="order_state").drop(op.get_bind())
