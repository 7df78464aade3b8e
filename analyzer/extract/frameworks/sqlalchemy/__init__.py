"""SQLAlchemy 1.4 and 2.0, SQLModel: https://docs.sqlalchemy.org. Classes and tables are `models`, statements and sessions `queries`, column types `types`."""

from analyzer.extract.frameworks.framework import Framework
from analyzer.extract.frameworks.sqlalchemy.models import declare
from analyzer.extract.frameworks.sqlalchemy.queries import refine

FRAMEWORKS = (
    Framework(
        "sqlalchemy",
        ("python",),
        frozenset({"sqlalchemy", "sqlmodel", "flask-sqlalchemy", "SQLAlchemy", "Flask-SQLAlchemy"}),
        (b"sqlalchemy", b"sqlmodel", b"db.Column(", b"session.query(", b"session.scalar", b"db.session."),
        refine=refine,
        declare=declare,
    ),
)
