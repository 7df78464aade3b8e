import sqlalchemy as sa
from alembic import op

revision = "bb02"
down_revision = "aa01"


def upgrade():
    op.add_column("users", sa.Column("phone", sa.Text()))
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(80)))  # want migration-error "email"


def downgrade():
    op.drop_column("users", "phone")
