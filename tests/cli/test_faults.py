"""A fault of the program is exit code 70, with what its maintainers need to find it."""

from __future__ import annotations

import subprocess
import sys

from tests.drawing.redraw import SAMPLES

FAULTY = """
from perftable_etl import cli
from perftable_etl.report.terminal import outcome

def show_outcome(outcome):
    raise KeyError("level1")

outcome.show_outcome = show_outcome
cli.main()
"""


def test_a_fault_is_told_as_such_with_its_trace() -> None:
    command = [sys.executable, "-c", FAULTY, "inspect", str(SAMPLES / "cac-2024.txt")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (70, "")
    *trace, last = result.stderr.splitlines()
    assert trace[0] == "Traceback (most recent call last):"
    assert trace[-1] == "KeyError: 'level1'"
    assert last == "error: the program failed (KeyError); report it with the lines above."
