import sqlalchemy as sa
from alembic import op

revision = "1b2c3d4e5f60"
down_revision = "0a1b2c3d4e5f"


def upgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(30), nullable=True))
        batch_op.add_column(sa.Column("referrer_id", sa.Integer(), nullable=True))
        batch_op.alter_column("name", existing_type=sa.String(80), nullable=False, new_column_name="full_name")
        batch_op.alter_column("score", existing_type=sa.Float(), type_=sa.Integer(), existing_nullable=True)
        batch_op.create_foreign_key("fk_users_referrer", "users", ["referrer_id"], ["id"], ondelete="SET NULL")
        batch_op.create_unique_constraint("uq_users_phone", ["phone"])
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_constraint("fk_orders_user", type_="foreignkey")
        batch_op.create_foreign_key("fk_orders_buyer", "users", ["user_id"], ["id"], ondelete="CASCADE")
        batch_op.drop_column("note")
        batch_op.create_index("ix_orders_total", ["total"])


def downgrade():
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_index("ix_orders_total")
        batch_op.add_column(sa.Column("note", sa.String(200), nullable=True))
        batch_op.drop_constraint("fk_orders_buyer", type_="foreignkey")
        batch_op.create_foreign_key("fk_orders_user", "users", ["user_id"], ["id"])
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_constraint("uq_users_phone", type_="unique")
        batch_op.drop_constraint("fk_users_referrer", type_="foreignkey")
        batch_op.alter_column("score", type_=sa.Float(), existing_type=sa.Integer())
        batch_op.alter_column("full_name", new_column_name="name", existing_type=sa.String(80), nullable=True)
        batch_op.drop_column("referrer_id")
        batch_op.drop_column("phone")
