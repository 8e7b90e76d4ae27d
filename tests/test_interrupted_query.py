"""Ctrl-C and SIGTERM while the database works on a long query: the documented status, one line, nothing lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.examples import usually

pytestmark = pytest.mark.apart

INGEST = """
import sys
from perftable_etl.cli import main
from perftable_etl.load import following

def relate(connection):
    print("asked", flush=True)
    connection.execute("SELECT count(*) FROM range(1000000000000) AS t(x) WHERE x * x % 7 = 3")

if __name__ == "__main__":  # workers import the script
    following.relate = relate
    main()
"""


@pytest.mark.parametrize(("number", "status"), usually(1, [(signal.SIGTERM, 143), (signal.SIGINT, 130)]))
def test_a_long_query_does_not_keep_a_command(number: signal.Signals, status: int, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("没有表格的一封信。", encoding="utf-8")
    script, db = tmp_path / "script.py", tmp_path / "work.duckdb"
    script.write_text(INGEST, encoding="utf-8")
    command = [sys.executable, str(script), "ingest", str(tmp_path / "letter.txt"), "--db", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "asked\n"
        process.send_signal(number)
        assert process.stdout.read() == ""
        assert process.stderr.read() == (
            f"error: ended by {number.name}. Stored documents stay. Run the same command again to continue. "
            "Documents stored: 1.\n"
        )
    assert process.returncode == status
    with duckdb.connect(db, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
