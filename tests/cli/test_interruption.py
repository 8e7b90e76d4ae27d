"""Ctrl-C and SIGTERM while modules load, which takes a second on a slow machine."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.apart

SIGNALLED = """
import os, signal, sys

class Signal:
    def find_spec(self, name, *_):
        if name == sys.argv_of_test[0]:
            os.kill(os.getpid(), int(sys.argv_of_test[1]))

sys.argv_of_test = [sys.argv.pop(1), sys.argv.pop(1)]
sys.meta_path.insert(0, Signal())
from perftable_etl.__main__ import main
main()
"""
"""The script, which gets a signal as it begins to load a module."""


@pytest.mark.parametrize(
    ("module", "number", "exit_code"),
    [
        ("perftable_etl.cli", signal.SIGINT, 130),
        ("typer", signal.SIGTERM, 143),
        ("pyarrow", signal.SIGTERM, 143),
        ("duckdb", signal.SIGINT, 130),
        ("numpy", signal.SIGINT, 130),
    ],
)
def test_a_signal_while_modules_load_is_one_line(
    module: str, number: signal.Signals, exit_code: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("没有表格的一封信。", encoding="utf-8")
    call = [sys.executable, "-c", SIGNALLED, module, str(int(number)), "ingest", "a.txt", "--db", "work.duckdb"]
    result = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (exit_code, "")
    assert result.stderr == (
        f"error: ended by {number.name}. Stored documents stay. Run the same command again to continue.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
