import sqlalchemy as sa
from alembic import op

revision = "bb02"
down_revision = "aa01"  # want migration-version-conflict "comes behind aa01, which no file has"


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")),
    )


def downgrade():
    op.drop_table("orders")
