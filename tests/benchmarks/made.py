"""Made-up histories and dumps of a shop, as long as asked.

What comes in: sizes. What goes out: scripts of PostgreSQL. This module does not know what is timed.
"""

from collections.abc import Iterator
from itertools import islice

_TABLE = (
    "CREATE TABLE {name} (id bigserial PRIMARY KEY, user_id bigint NOT NULL, status varchar(20) NOT NULL DEFAULT 'draft',\n"
    "  total numeric(10,2) DEFAULT 0, data jsonb NOT NULL DEFAULT '{{}}', placed_at timestamptz NOT NULL DEFAULT now(),\n"
    "  CHECK (status IN ('draft', 'sent', 'paid')), UNIQUE (user_id, placed_at))"
)


def statements() -> Iterator[str]:
    """One life of a table after another, in the mix that migrations have: most ALTER TABLE and CREATE INDEX, then CREATE TABLE, then data."""
    number = 0
    while True:
        name = f"orders_{number}"
        yield _TABLE.format(name=name)
        for column in range(6):
            yield f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS note_{column} text"
        yield f"ALTER TABLE {name} ALTER COLUMN total SET NOT NULL, ALTER COLUMN total TYPE numeric(12,2)"
        yield f"ALTER TABLE {name} RENAME COLUMN note_0 TO remark"
        yield f"ALTER TABLE {name} DROP COLUMN note_1"
        yield f"ALTER TABLE {name} ADD CONSTRAINT {name}_total CHECK (total >= 0)"
        yield f"CREATE INDEX {name}_by_user ON {name} (user_id, placed_at DESC) WHERE status <> 'paid'"
        yield f"CREATE INDEX CONCURRENTLY {name}_by_remark ON {name} (lower(remark))"
        yield f"CREATE UNIQUE INDEX {name}_by_data ON {name} ((data ->> 'key'))"
        yield f"UPDATE {name} SET remark = coalesce(remark, '') WHERE placed_at < now() - interval '30 days'"
        yield f"INSERT INTO {name} (user_id, remark) SELECT user_id, note_2 FROM {name}"
        yield f"CREATE OR REPLACE VIEW open_{name} AS SELECT id, user_id, total FROM {name} WHERE status = 'draft'"
        yield f"COMMENT ON TABLE {name} IS 'what users bought'"
        yield f"DROP VIEW open_{name}"
        yield f"DROP TABLE IF EXISTS old_{name}" if number % 3 else f"DROP TABLE {name}"
        number += 1


def migrations(count: int, size: int = 20) -> list[str]:
    """`count` scripts of `size` statements."""
    source = statements()
    return [";\n".join(islice(source, size)) + ";\n" for _ in range(count)]


def dump(megabytes: float) -> str:
    """Tables, each with INSERTs and COPY, as long as asked."""
    parts: list[str] = []
    size, number = 0, 0
    while size < megabytes * 1_000_000:
        name = f"public.orders_{number}"
        rows = "".join(f"{row}\t{row % 97}\tdraft\t{row}.50\t{{}}\t2024-01-31 00:00:00+00\n" for row in range(400))
        values = ",\n".join(f"({row}, {row % 97}, 'it''s; paid', {row}.50, '{{}}', '2024-01-31')" for row in range(200))
        part = f"{_TABLE.format(name=name)};\nCOPY {name} (id, user_id, status, total, data, placed_at) FROM stdin;\n{rows}\\.\n\n"
        part += f"INSERT INTO {name} VALUES {values};\n"
        part += "".join(f"INSERT INTO {name} VALUES ({row}, 1, 'sent', 1, '{{}}', now());\n" for row in range(100))
        parts.append(part)
        size, number = size + len(part), number + 1
    return "".join(parts)
