import sqlalchemy as sa
from alembic import op

revision = "cc03"
down_revision = "bb02"  # want unreachable-migration "cc03"


def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("orders")
