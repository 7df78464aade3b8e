"""Alembic: https://alembic.sqlalchemy.org. A module that says `down_revision` is a step of a history; its operations are lowered to SQL."""

from analyzer.extract.frameworks.alembic.revisions import declare
from analyzer.extract.frameworks.framework import Framework

FRAMEWORKS = (
    Framework(
        "alembic", ("python",), frozenset(), (b"down_revision", b"alembic", b"naming_convention"), declare=declare
    ),
)
