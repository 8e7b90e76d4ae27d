"""A corpus of 100,000 documents on one machine: killed once on the way, whole in the end, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perftable_etl import connect
from tests.drawing.corpus import INDICATORS_PER_FORM, forms_among, write_corpus
from tests.processes import watched

DOCUMENTS = int(os.environ.get("DOCUMENTS", "100000"))
MAIN_MB, WORKER_MB = 300, 400

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")]


def ingest(folder: Path, db: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "perftable_etl", "ingest", str(folder), "--db", str(db), "--workers", "2", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_after(documents: int, folder: Path, db: Path) -> None:
    """Kills an ingest once it has stored as many documents."""
    with ingest(folder, db, "--log-format", "json") as process:
        assert process.stderr
        for _ in range(documents):
            assert process.stderr.readline()
        process.kill()


def counts(db: Path) -> dict[str, int]:
    tables = ("documents", "projects", "indicators", "ledger", "findings")
    with connect(db) as connection:
        numbers = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables}
        names = connection.execute("SELECT count(DISTINCT name) FROM projects").fetchall()[0][0]
        pending = connection.execute("SELECT count(*) FROM ledger WHERE state = 'pending'").fetchall()[0][0]
    return {**numbers, "names": names, "pending": pending}


def test_a_large_corpus_that_is_killed_on_the_way_is_whole_in_the_end(tmp_path: Path) -> None:
    folder, db = tmp_path / "files", tmp_path / "work.duckdb"
    write_corpus(folder, DOCUMENTS)
    kill_after(DOCUMENTS // 3, folder, db)
    with ingest(folder, db) as process:
        used = watched(process)
    assert process.returncode == 0
    forms = forms_among(DOCUMENTS)
    assert counts(db) == {
        "documents": DOCUMENTS,
        "projects": forms,
        "names": forms,
        "indicators": forms * INDICATORS_PER_FORM,
        "ledger": DOCUMENTS,
        "findings": 0,
        "pending": 0,
    }
    assert used.main.memory < MAIN_MB * 1e6
    assert used.others.memory < WORKER_MB * 1e6
