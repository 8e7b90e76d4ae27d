"""Old DuckDBs, each in a process of its own: this one has the newest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
OLD = ("1.1.3", "1.5.6")
"""Those that `make setup` installs, each into a folder of its own."""

SCRIPT = """
import json, sys
import duckdb

assert duckdb.__version__ == sys.argv[1], duckdb.__version__
connection = duckdb.connect(sys.argv[2], read_only=sys.argv[2] != ":memory:")
answers = [connection.execute(query).fetchall() for query in json.load(sys.stdin)]
json.dump(answers, sys.stdout, default=str)
"""


def answers(version: str, db: Path | None, queries: list[str]) -> list[Any]:
    """What DuckDB of that version answers to each query on the file, or without one: rows as JSON has them."""
    command = [sys.executable, "-c", SCRIPT, version, str(db or ":memory:")]
    environment = {**os.environ, "PYTHONPATH": str(_folder(version))}
    asked = subprocess.run(
        command, input=json.dumps(queries), capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert asked.returncode == 0, asked.stderr
    found: list[Any] = json.loads(asked.stdout)
    return found


def _folder(version: str) -> Path:
    folder = ROOT / ".venv" / f"duckdb-{version}"
    assert folder.is_dir(), f"DuckDB {version} is missing. Type: make setup"
    if not any(folder.iterdir()):
        pytest.skip(f"there is no DuckDB {version} for this Python")
    return folder
