import sqlalchemy as sa
from alembic import op

revision = "2c3d4e5f6071"
down_revision = "1b2c3d4e5f60"


def upgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_constraint("uq_users_phone", type_="unique")
        batch_op.drop_column("phone")
        batch_op.alter_column("is_admin", existing_type=sa.Boolean(), server_default=sa.true(), existing_nullable=False)
        batch_op.alter_column("created_at", existing_type=sa.DateTime(), nullable=False, existing_server_default=sa.func.now())
    op.add_column("orders", sa.Column("sent_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE orders SET sent_at = CURRENT_TIMESTAMP WHERE total > 100")
    op.drop_index("ix_orders_user_id", table_name="orders")
    op.create_index("ix_orders_user_sent", "orders", ["user_id", "sent_at"], unique=False)
    op.rename_table("orders", "purchases")
    op.create_table(
        "labels",
        sa.Column("purchase_id", sa.Integer(), sa.ForeignKey("purchases.id"), primary_key=True),
        sa.Column("word", sa.String(20), primary_key=True),
        sa.Column("made", sa.Date(), server_default=sa.text("CURRENT_DATE"), index=True),
        if_not_exists=True,
    )


def downgrade():
    op.drop_table("labels")
    op.rename_table("purchases", "orders")
    op.drop_index("ix_orders_user_sent", table_name="orders")
    op.create_index("ix_orders_user_id", "orders", ["user_id"])
    op.drop_column("orders", "sent_at")
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("created_at", existing_type=sa.DateTime(), nullable=True)
        batch_op.alter_column("is_admin", existing_type=sa.Boolean(), server_default=sa.false())
        batch_op.add_column(sa.Column("phone", sa.String(30), nullable=True))
        batch_op.create_unique_constraint("uq_users_phone", ["phone"])
