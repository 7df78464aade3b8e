"""Column types as the real compilers write them: every expression is evaluated and compiled, and read from its source."""

import warnings

import pytest
import sqlalchemy as sa
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import SADeprecationWarning

from analyzer.extract.frameworks.sqlalchemy.catalogue import modules
from analyzer.extract.frameworks.sqlalchemy.types import sql_type
from analyzer.extract.languages import parse
from analyzer.extract.python.host import Python
from analyzer.extract.scope import Scope
from analyzer.extract.structure import Structure
from analyzer.facts.source import DIALECTS, Dialect, Source, Span
from analyzer.facts.text import Text
from analyzer.sql.embed import embed

_IMPORTS = """import enum
import sqlalchemy as sa
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import mysql, postgresql, sqlite

JSONType = sa.JSON().with_variant(postgresql.JSONB, "postgresql")
"""
_PACKAGES = {
    "sqlalchemy": "sa",
    "sqlalchemy.dialects.postgresql": "postgresql",
    "sqlalchemy.dialects.mysql": "mysql",
    "sqlalchemy.dialects.sqlite": "sqlite",
}
_ARGUMENTS = {
    "length": "(40)", "precision": "(precision=10)", "timezone": "(timezone=True)", "fsp": "(fsp=6)", "display_width": "(11)", "varying": "(5, varying=True)",
    "scale": "(10, 2)", "collation": '(40, collation="C")', "native_uuid": "(native_uuid=False)", "fields": '(fields="YEAR")', "second_precision": "(second_precision=3)",
    "as_uuid": "(as_uuid=True)",
}  # fmt: skip
_FORMS = (
    'sa.Enum("draft", "sent", name="status")', 'sa.Enum("draft", "sent")', 'sa.Enum("draft", "sent", name="status", native_enum=False)',
    'sa.Enum("draft", "sent", name="status", native_enum=False, length=40)', 'sa.Enum("it\'s", "b", name="Status", schema="shop")',
    "sa.ARRAY(sa.Text)", "postgresql.ARRAY(sa.String(4), dimensions=2)", 'postgresql.ENUM("a", "b", name="kind", create_type=False)',
    'mysql.ENUM("a", "b")', 'mysql.SET("a", "b")', 'sa.String(50).with_variant(sa.Text(), "sqlite", "mysql")', "mysql.INTEGER(unsigned=True)",
    'sa.BigInteger().with_variant(sa.Integer, "sqlite")', "mysql.BIGINT(20, unsigned=True, zerofill=True)", "mysql.LONGTEXT(collation='utf8mb4_bin')",
    'mysql.VARCHAR(20, charset="utf8mb4", collation="utf8mb4_bin")', "sqltypes.String(length=12)", "sa.types.Unicode(12)", "sa.DateTime(True)",
    "postgresql.TIMESTAMP(True, 3)", "sa.Numeric(precision=10, scale=2, asdecimal=True)", "sa.Float(asdecimal=True)", "JSONType", "sa.String(None)",
    "sa.Interval(native=True)", "sa.Boolean(create_constraint=False)", "mysql.DECIMAL(10, 2, unsigned=True)", "mysql.DOUBLE(10, 2)", "mysql.YEAR(4)",
    "postgresql.BIT(varying=True)", "postgresql.INTERVAL(precision=3)", "sa.dialects.postgresql.JSONB()", 'postgresql.DOMAIN("email", sa.Text)',
)  # fmt: skip
# What the package itself refuses to make.
_REFUSED = {("sqlalchemy.dialects.mysql", name, "precision") for name in ("DOUBLE", "REAL")}
# What says the same in fewer words.
_BARE = {"BIT(1)": "BIT"}


def _of_table() -> list[str]:
    found = []
    for module, rows in modules().items():
        if module not in _PACKAGES:
            continue
        for name, row in rows.items():
            takes = rows[row.like].takes if row.like else row.takes
            found += [
                f"{_PACKAGES[module]}.{name}{given}"
                for given in (
                    "",
                    "()",
                    *(_ARGUMENTS[one] for one in takes if one in _ARGUMENTS and (module, name, one) not in _REFUSED),
                )
            ]
    return found


def _compiled(expression: str, dialect: Dialect) -> str | None:
    engines = {"postgres": postgresql.dialect, "sqlite": sqlite.dialect, "mysql": mysql.dialect}
    names = {"sa": sa, "sqltypes": sqltypes, "postgresql": postgresql, "mysql": mysql, "sqlite": sqlite}
    names["JSONType"] = sa.JSON().with_variant(postgresql.JSONB, "postgresql")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SADeprecationWarning)
        try:
            made = eval(expression, names)  # noqa: S307 - the expressions stand above
            return (made() if isinstance(made, type) else made).compile(dialect=engines[dialect]())
        except (sa.exc.CompileError, AttributeError, TypeError):
            return None


def _read(expression: str, dialect: Dialect) -> str | None:
    source = Source("models.py", f"{_IMPORTS}column = {expression}\n".encode(), "python")
    root = parse(source.content, "python").root_node
    scope = Scope(Structure(source, root, Python()))
    node = root.named_children[-1].named_children[0].child_by_field_name("right")
    assert node is not None
    found = sql_type(node, scope)
    assert found is not None, expression
    if found.spoken.words(dialect) is None:
        return None
    span = Span("models.py", 0, 0)
    return embed(Text(span, found.parts(span)), dialect).sql


@pytest.mark.parametrize("expression", [*_of_table(), *_FORMS])
def test_type(expression: str) -> None:
    for dialect in DIALECTS:
        compiled = (_compiled(expression, dialect) or "").replace('"', "")
        assert (dialect, (_read(expression, dialect) or "").replace('"', "")) == (
            dialect,
            _BARE.get(compiled, compiled),
        )
