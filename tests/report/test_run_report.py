from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from perftable_etl.errors import ReportError, Terminated
from perftable_etl.ingest.loading import Summary, Trouble
from perftable_etl.load.concerns import Concern
from perftable_etl.load.relations import Relations
from perftable_etl.load.result import result_of
from perftable_etl.load.rows import reading_of
from perftable_etl.load.tables import RunRow
from perftable_etl.report.run_report import Hidden, Job, RunReport
from perftable_etl.report.run_text import report_json, report_text, write_report
from perftable_etl.version import VERSION
from tests.outcomes import failed_outcome, outcome_of

BEGUN = datetime(2026, 11, 22, 2, 0)
RUN = RunRow("0123abcd", BEGUN, BEGUN, "0.1.0", 3, 2, 0, 0, 1, 1, 2, 3, 5, 1, 0, 1)
JOB = Job("sync", Path("work.duckdb"), BEGUN.replace(tzinfo=UTC), Path("/disclosures"))
SUMMARY = Summary(
    RUN,
    (result_of(reading_of(outcome_of()), "new"), result_of(reading_of(failed_outcome()), "new")),
    troubles=(Trouble("财政局", "https://czj.example.cn/%E5%85%AC%E5%BC%80/a.pdf", "unreachable", "no answer\x1b[2J"),),
    concerns=(Concern("sum_differs", "warning", 7, ("1.pdf", "2.pdf", "3.pdf", "4\x1b.pdf", "5.pdf"), ("财政局",)),),
)


@pytest.mark.usefixtures("in_shanghai")
def test_a_run_is_told_in_numbers_and_by_what_failed() -> None:
    assert report_text(JOB.report_run(SUMMARY)).splitlines() == [
        "perftable-etl sync of 2026-11-22T10:00+08:00: trouble, exit code 1: 2 files failed",
        f"run 0123abcd, version {VERSION}, database work.duckdb, paths from /disclosures",
        "3 documents: 2 new, 1 failed.",
        "Skipped: 5 read before, 1 waiting to be tried again, 1 could not be fetched.",
        "Needs a person: warning sum_differs, 7 findings in 5 files of 财政局: 1.pdf, 2.pdf, 3.pdf and 2 more.",
        "Next: perftable-etl review --db work.duckdb",
        "encrypted: broken.pdf: it is protected by a password; save a copy without one",
        r"unreachable (财政局): https://czj.example.cn/公开/a.pdf: no answer\x1b[2J",
    ]


def test_what_is_hidden_is_told() -> None:
    report = JOB.report_run(SUMMARY._replace(relations=Relations(12, 3, 2, 1)))
    assert report_text(report).splitlines()[8:] == [
        "Not current: 12 projects replaced by later publications, 3 copies of others.",
        "By this run: 2 projects hidden, 1 shown again.",
    ]
    assert report.hidden == Hidden(superseded=12, duplicates=3, newly_hidden=2, shown_again=1)


def test_a_run_that_broke_off_says_why() -> None:
    report = JOB.report_fault(Terminated("ended by SIGTERM"), "0123abcd")
    assert (report.run_id, report.exit_code, report.tally) == ("0123abcd", 143, None)
    assert "terminated: ended by SIGTERM" in report_text(report)


def test_a_fault_of_the_program_itself_is_told_as_such() -> None:
    report = JOB.report_fault(KeyError("name"), None)
    assert report.fault is not None
    assert (report.fault.code, report.exit_code, len(report.run_id)) == ("internal", 70, 32)


def test_both_files_are_whole_and_for_others_to_read(tmp_path: Path) -> None:
    report = JOB.report_run(SUMMARY)
    folder = tmp_path / "new" / "reports"
    write_report(report, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["report-0123abcd.json", "report-0123abcd.txt"]
    text = (folder / "report-0123abcd.json").read_text("utf-8")
    assert text == report_json(report)
    assert RunReport.model_validate_json(text) == report
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


def test_a_folder_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file", encoding="utf-8")
    with pytest.raises(ReportError, match=r"reports/report-0123abcd\.json could not be written"):
        write_report(JOB.report_run(SUMMARY), tmp_path / "reports")
