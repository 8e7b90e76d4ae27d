"""A fault of the program is exit code 70, with what its maintainers need to find it."""

from __future__ import annotations

import subprocess
import sys

FAULTY = """
from perftable_etl import cli
from perftable_etl.schema import documents

def schema_text(file):
    raise KeyError("level1")

documents.schema_text = schema_text
cli.main()
"""


def test_a_fault_is_told_as_such_with_its_trace() -> None:
    command = [sys.executable, "-c", FAULTY, "schema"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (70, "")
    *trace, last = result.stderr.splitlines()
    assert trace[0] == "Traceback (most recent call last):"
    assert trace[-1] == "KeyError: 'level1'"
    assert last == "error: the program failed (KeyError). Report this with the lines above."
