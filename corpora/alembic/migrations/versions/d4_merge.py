"""Both branches again

Revision ID: d4f6a8b0c1e3
Revises: b2d4e6f80912, c3e5f7a91b2d
"""

revision = "d4f6a8b0c1e3"
down_revision = ("b2d4e6f80912", "c3e5f7a91b2d")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
