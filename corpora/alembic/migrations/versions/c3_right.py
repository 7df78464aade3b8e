"""The other branch: articles, in a schema of their own

Revision ID: c3e5f7a91b2d
Revises: 07aa31c0de55
"""

import sqlalchemy as sa
from alembic import context, op

from migrations.steps import audited, indexed, soft_deleted

revision = "c3e5f7a91b2d"
down_revision = "07aa31c0de55"
branch_labels = "stock"
depends_on = None

COLUMNS = [
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("price", sa.Numeric(precision=8, scale=2), nullable=False),
]


def _constrain(table, *columns):
    op.create_unique_constraint(f"uq_{table}", table, list(columns))


def upgrade():
    op.execute("CREATE SCHEMA IF NOT EXISTS stock")
    op.create_table("articles", *COLUMNS)
    op.create_table(
        "shelves",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="shelves_pk"),
        schema="stock",
    )
    op.create_foreign_key("shelves_article_fk", "shelves", "articles", ["article_id"], ["id"], source_schema="stock")
    _constrain("articles", "name")
    audited("articles")
    indexed("articles", "price")
    soft_deleted("articles")
    if context.get_context().dialect.name == "sqlite":
        op.create_table("only_in_sqlite", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("shelves", schema="stock")
    op.drop_table("articles")
