from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perftable_etl.errors import ReportError
from perftable_etl.report.run_text import write_report
from perftable_etl.report.whole import clear_abandoned, write_whole
from tests.report.test_run_report import JOB, SUMMARY

REPORT = JOB.report_run(SUMMARY)

FULL = """
import resource, sys
from pathlib import Path
from perftable_etl.report.whole import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
try:
    write_whole(Path(sys.argv[1]), "x" * 5000)
except OSError as error:
    print(error.strerror)
"""


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_whole(path, "before")
    ended = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("File too large\n", "")
    assert (path.read_text("utf-8"), list(tmp_path.iterdir())) == ("before", [path])


def test_a_report_that_cannot_be_written_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("perftable_etl.report.whole.flush", full)
    with pytest.raises(ReportError, match=r"could not be written \(No space left on device\)"):
        write_report(REPORT, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    old, young = tmp_path / ".partial-report-1.json", tmp_path / ".partial-report-2.json"
    for left in (old, young):
        left.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    clear_abandoned(tmp_path)
    assert list(tmp_path.iterdir()) == [young]


def test_others_may_read_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "report.txt", "成")
    assert (tmp_path / "report.txt").stat().st_mode & 0o777 == 0o644
