"""Every query of the corpora: SQLite compiles it and we have nothing against it, or it refuses it and we do not call it resolved."""

import re

import pytest

pytest.importorskip("apsw")

from tests.queries.corpora import asked_of
from tests.queries.sqlite_corpora import database
from tests.queries.sqlite_engine import ask

_FORMAT = re.compile(r"%s|%\(\w+\)s")


def test_sqlite_and_we_agree_on_the_corpora() -> None:
    wrong, compared, databases = list[str](), 0, {}
    for corpus, linked, history in asked_of("sqlite"):
        connection = databases.setdefault((corpus, history.schema.name), database(history))
        if connection is None:
            continue
        compared += 1
        said = ask(connection, _FORMAT.sub("?", linked.sql))
        faults = [link for link in linked.links if link.status == "unresolved" and link.reason not in ("row", "read")]
        if said.refusal:
            settled = linked.status == "resolved" and all(link.status == "resolved" for link in linked.links)
            if settled and not linked.problems:
                wrong.append(f"{corpus}: {linked.sql}\n  is refused: {said.refusal}")
            continue
        if faults or linked.problems:
            wrong.append(f"{corpus}: {linked.sql}\n  compiles: {faults or linked.problems}")
        columns = linked.resolution.statements[0].columns if linked.resolution.statements else None
        ours = [
            (each.name, each.type.raw.lower() if each.source and declared else None)
            for each, (_, declared) in zip(columns or (), said.columns, strict=False)
        ]
        theirs = [
            (name if not each.force else each.name, declared.lower() if each.source and declared else None)
            for (name, declared), each in zip(said.columns, columns or (), strict=False)
        ]
        if columns and (len(columns) != len(said.columns) or ours != theirs):
            wrong.append(f"{corpus}: {linked.sql}\n  gives {said.columns}\n  not   {ours}")
    assert not wrong, f"{len(wrong)} of {compared}\n" + "\n".join(wrong)
    assert compared > 100
