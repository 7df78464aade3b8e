"""Which file is the snapshot that drizzle-kit keeps of a whole schema, and of which migration?

What comes in: paths, and the layouts of SQL files. What goes out: the last snapshot of each folder with the layout of its migration.
This module does not read snapshots.

Sources: drizzle-kit writes `meta/0001_snapshot.json` beside `0001_name.sql`, from 1.0 on `snapshot.json` beside `migration.sql`
(https://orm.drizzle.team/docs/drizzle-kit-generate, https://orm.drizzle.team/docs/upgrade-v1).
"""

from collections.abc import Container, Mapping

from analyzer.facts.source import Layout


def find_snapshots(paths: Container[str], layouts: Mapping[str, Layout]) -> dict[str, Layout]:
    """Snapshot -> the layout of its migration; a migration written by hand may have none."""
    last: dict[str, tuple[tuple[int | str, ...], str]] = {}
    for migration, layout in layouts.items():
        path = snapshot_path(migration)
        if layout.tool != "drizzle" or not layout.registered or layout.direction == "down" or path not in paths:
            continue
        if layout.folder not in last or last[layout.folder][0] < layout.version:
            last[layout.folder] = (layout.version, migration)
    return {snapshot_path(migration): layouts[migration] for _, migration in last.values()}


def snapshot_path(migration: str) -> str:
    """Where drizzle-kit keeps the snapshot of a migration."""
    folder, _, name = migration.rpartition("/")
    inside = f"{folder}/" if folder else ""
    if name == "migration.sql":
        return f"{inside}snapshot.json"
    return f"{inside}meta/{name.removesuffix('.sql').partition('_')[0]}_snapshot.json"
