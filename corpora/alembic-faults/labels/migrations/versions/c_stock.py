import sqlalchemy as sa
from alembic import op

revision = "cc03"
down_revision = "aa01"
branch_labels = ("stock",)


def upgrade():
    op.create_table("stock", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("stock")
