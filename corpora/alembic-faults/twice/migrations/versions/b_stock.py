import sqlalchemy as sa
from alembic import op

revision = "bb02"
down_revision = "aa01"  # want migration-version-conflict "another file has its id"


def upgrade():
    op.create_table("stock", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("stock")
