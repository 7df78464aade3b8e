import sqlalchemy as sa
from alembic import op

revision = "cc03"
down_revision = "aa01"  # want migration-version-conflict "nothing comes behind it, nor behind bb02"


def upgrade():
    op.create_table("stock", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("stock")
