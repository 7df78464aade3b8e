"""Users and what they are

Revision ID: 4f1c9a2be071
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "4f1c9a2be071"
down_revision = None
branch_labels = ("shop",)
depends_on = None

USERS = "users"
role = sa.Enum("customer", "clerk", name="user_role")


def upgrade() -> None:
    op.create_table(
        USERS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", role, server_default="customer", nullable=False),
        sa.Column("former_role", role),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("balance", sa.Numeric(10, 2), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("nickname", sa.Text(), unique=True, index=False),
        sa.CheckConstraint("balance >= 0", name="users_balance_check"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email", name="users_email_key"),
        sa.Index("ix_users_created_at", "created_at"),
    )
    op.create_index(op.f("ix_users_settings"), "users", ["settings"], postgresql_using="gin")
    op.create_table_comment("users", "who buys")


def downgrade() -> None:
    op.drop_index(op.f("ix_users_settings"), table_name="users")
    op.drop_table(USERS)
    role.drop(op.get_bind(), checkfirst=False)
