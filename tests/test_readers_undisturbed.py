"""Researchers query while the nightly job publishes, and notice nothing but newer rows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from perftable_etl.load.publish import publish
from perftable_etl.load.rules import Rules
from perftable_etl.load.warehouse import Warehouse
from tests.examples import usually
from tests.outcomes import outcome_of

pytestmark = pytest.mark.apart

READER = """
import json, sys, time
from pathlib import Path
from perftable_etl import connect

QUERY = "SELECT (SELECT count(*) FROM documents), count(*) FROM projects JOIN documents USING (document_id)"
db, stop = map(Path, sys.argv[1:])
early = connect(db)
first = early.execute(QUERY).fetchone()
print("reading", flush=True)
seen = []
while not stop.exists():
    assert early.execute(QUERY).fetchone() == first, "an open connection keeps what it opened"
    with connect(db) as connection:
        documents, projects = connection.execute(QUERY).fetchone()
    assert documents == projects, "each document has one project"
    seen.append(documents)
    time.sleep(0.02)
print(json.dumps(seen))
"""


@pytest.mark.parametrize("publishes", usually(1, [6, 15, 50]))
def test_readers_notice_nothing_of_publishes_but_newer_rows(tmp_path: Path, publishes: int) -> None:
    db, folder, stop = tmp_path / "work.duckdb", tmp_path / "published", tmp_path / "stop"
    add(0, db)
    publish(db, folder, keep=2, rules=Rules())
    command = [sys.executable, "-c", READER, str(folder / "perftable.duckdb"), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(1, publishes + 1):
            if number % 5 == 0:
                add(number, db)
            publish(db, folder, keep=2, rules=Rules())
        stop.touch()
        output, complaints = reader.communicate(timeout=60)
    assert (reader.returncode, complaints) == (0, "")
    seen = json.loads(output)
    assert seen == sorted(seen)
    assert len(set(seen)) > 1


def add(number: int, db: Path) -> None:
    with Warehouse(db) as warehouse:
        warehouse.store(outcome_of(f"%PDF-{number}".encode()))
