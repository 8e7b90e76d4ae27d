"""What the server of worker processes shows of a process that cannot begin."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("fault", "is_shown"), [("FileNotFoundError", False), ("ValueError", True)])
def test_a_worker_that_nobody_wants_any_more_ends_in_silence(fault: str, is_shown: bool) -> None:
    script = f"import perftable_etl.ingest.server\nraise {fault}"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (fault in ended.stderr) is is_shown
