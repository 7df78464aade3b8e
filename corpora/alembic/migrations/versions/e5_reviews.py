"""Reviews: a history of its own, that needs the articles

Revision ID: e5a7b9c1d2f4
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ExcludeConstraint, INT4RANGE

revision = "e5a7b9c1d2f4"
down_revision = None
branch_labels = ("reviews",)
depends_on = ("d4f6a8b0c1e3",)


def upgrade():
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("stars", sa.SmallInteger(), sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars_range"), nullable=False),
        sa.Column("words", sa.Text(), sa.Computed("'review'", persisted=True)),
        sa.Column("lines", INT4RANGE(), nullable=True),
        ExcludeConstraint(("lines", "&&"), using="gist", name="reviews_lines_excl"),
    )
    op.create_index("ix_reviews_good", "reviews", ["article_id", text("stars DESC")], postgresql_where=text("stars > 3"))
    op.create_index("ix_reviews_words", "reviews", [text("lower(words)")], unique=False)
    op.create_check_constraint("reviews_article_check", "reviews", "article_id > 0")
    conn = op.get_bind()
    conn.execute(text("ALTER TABLE reviews ADD COLUMN author text"))
    conn.execute(sa.insert(sa.table("reviews", sa.column("stars"))).from_select(["stars"], sa.select(sa.literal(1)).where(sa.false())))
    op.drop_constraint("reviews_article_check", "reviews", type_="check")


def downgrade():
    op.drop_table("reviews")
