"""Scripted nights: a province with a new form, files to review, replaced and copied ones, a source gone silent.

The report, the mail and `status` say what needs a person, in texts that are compared as a whole.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from perftable_etl.ingest import loading as loading_module
from perftable_etl.ingest import sync as sync_module
from perftable_etl.ingest.config import Config
from perftable_etl.ingest.loading import Summary
from perftable_etl.ingest.sources.opening import open_sources
from perftable_etl.ingest.stored_archive import archive_at
from perftable_etl.ingest.sync import sync
from perftable_etl.load import result as result_module
from perftable_etl.load import rows as rows_module
from perftable_etl.load import warehouse as warehouse_module
from perftable_etl.load.rows import FileRows, reading_of
from perftable_etl.load.status import database_status
from perftable_etl.load.warehouse import Warehouse
from perftable_etl.notify.mail import Mail
from perftable_etl.notify.secrets import Secrets
from perftable_etl.records import Outcome
from perftable_etl.report.machine import status_json
from perftable_etl.report.run_report import Job, RunReport
from perftable_etl.report.run_text import report_text, title
from perftable_etl.report.terminal.status import show_status
from perftable_etl.version import VERSION
from tests.outcomes import DECLARATION, failed_outcome, outcome_of

FIRST = datetime(2026, 11, 21, 18, 0)
"""Two in the morning of the next day, in Shanghai."""

pytestmark = pytest.mark.usefixtures("in_shanghai")


def read(files: Iterable[Path]) -> Generator[FileRows]:
    """Stands in for the parser: the content says how the file fares."""
    for file in files:
        yield reading_of(_outcome(file.read_text("utf-8"), file.name))


def _outcome(text: str, name: str) -> Outcome:
    content, (kind, *words) = text.encode(), text.removeprefix("%PDF-1.7\n").split()
    match kind:
        case "unknown":
            return outcome_of(content, name, status="no_forms", declarations=(), findings=())
        case "bad":
            return failed_outcome(content, name)
        case "review":
            return outcome_of(content, name, organization=words[0])
        case _:
            funding = DECLARATION.funding.model_copy(update={"annual_funds": Decimal(words[0])})
            hash_ = {"content_hash": words[0]}
            declaration = DECLARATION.model_copy(update={"funding": funding, **hash_})
            return outcome_of(content, name, status="ok", findings=(), declarations=(declaration,))


class Nights(NamedTuple):
    """A folder with an inbox for each source, and its database."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def put(self, path: str, content: str) -> None:
        file = self.folder / path
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(f"%PDF-1.7\n{content}", encoding="utf-8")

    def run(self, night: int, *sources: str) -> RunReport:
        for source in sources:
            (self.folder / source).mkdir(exist_ok=True)
        found = [
            {"kind": "local", "name": source, "folders": [source], "silent_after": 2, "idle_after": 0}
            for source in sources
        ]
        config = Config.model_validate({"db": "work.duckdb", "source": found}, context={"folder": self.folder})
        begun = FIRST + timedelta(days=night)
        for module in (sync_module, loading_module, warehouse_module, result_module, rows_module):
            self.monkeypatch.setattr(module, "now", lambda: begun)
        with Warehouse(config.db) as warehouse, open_sources(config) as opened:
            summary = sync(opened, warehouse, archive_at(config.archive), read, lambda _: None)
        return self.report(begun, summary)

    def report(self, begun: datetime, summary: Summary) -> RunReport:
        job = Job("sync", Path("work.duckdb"), begun.replace(tzinfo=UTC), self.folder)
        return job.report_run(summary).model_copy(update={"run_id": "0123abcd", "folder": self.folder})


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    monkeypatch.chdir(tmp_path)
    return Nights(tmp_path, monkeypatch)


@pytest.fixture
def second(nights: Nights) -> RunReport:
    """The report of a night with all of it, after a good one."""
    nights.put("财政局/2025.pdf", "ok 100")
    assert nights.run(0, "财政局", "沉默局").headline == "all is well"
    nights.put("财政局/修订/2025.pdf", "ok 200")
    nights.put("财政局/复核.pdf", "review 体育局")
    nights.put("财政局/无表.pdf", "unknown notice")
    nights.put("财政局/空.pdf", "bad")
    for number in range(5):
        nights.put(f"某省/{number}.pdf", f"unknown {number}")
    return nights.run(1, "财政局", "沉默局", "某省")


def test_a_province_with_a_new_form_is_not_all_well(nights: Nights) -> None:
    for number in range(5):
        nights.put(f"某省/{number}.pdf", f"unknown {number}")
    report = nights.run(0, "某省")
    assert report.exit_code == 0
    assert report.needs_person
    assert title(report).endswith(": needs a person: no known form in any of the 5 files of 某省")
    assert nights.run(1, "某省").headline == "all is well"


def test_the_report_says_what_needs_a_person(second: RunReport, nights: Nights) -> None:
    assert report_text(second).splitlines() == [
        "perftable-etl sync of 2026-11-23T02:00+08:00: trouble, exit code 1: 1 file failed; "
        "no known form in any of the 5 files of 某省; 1 file without a known form; 1 file to review; "
        "silent sources: 沉默局",
        f"run 0123abcd, version {VERSION}, database work.duckdb, paths from {nights.folder}",
        "9 documents: 9 new, 1 failed.",
        "Skipped: 1 read before.",
        "Needs a person: No known form in any of the 5 files of 某省. The form may be new: look at one with "
        "perftable-etl inspect.",
        "Needs a person: No known form in 1 file of 财政局: 财政局/无表.pdf. Look at one with perftable-etl inspect.",
        "Needs a person: To review: 1 file of 财政局: 财政局/复核.pdf.",
        "Needs a person: 沉默局 has listed no file for 2 nights. Check whether its pages moved, and correct "
        "the config.",
        "Needs a person: error damaged_file, 1 finding in 1 file of 财政局: 空.pdf.",
        "Needs a person: error no_indicators, 1 finding in 1 file of 财政局: 复核.pdf.",
        "Needs a person: warning unit_contradicts_name, 1 finding in 1 file of 财政局: 复核.pdf.",
        "Next: perftable-etl review --db work.duckdb",
        "encrypted (财政局): 财政局/空.pdf: it is protected by a password; save a copy without one",
        "Not current: 1 project replaced by later publications.",
        "By this run: 1 project hidden.",
        "No longer current: 1 project of 财政局/2025.pdf, replaced by 财政局/修订/2025.pdf.",
    ]


def test_copies_are_named_with_what_they_say_again(second: RunReport, nights: Nights) -> None:
    assert second.hidings
    nights.put("另局/转载.pdf", "ok 200 elsewhere")
    report = nights.run(2, "财政局", "沉默局", "另局")
    assert report_text(report).splitlines()[-1].startswith("No longer current: 1 project of ")
    (hiding,) = report.hidings
    assert hiding.kind == "copy"
    assert {uri.rpartition("/")[2] for uri in (hiding.uri, hiding.by)} == {"%E8%BD%AC%E8%BD%BD.pdf", "2025.pdf"}


def test_the_mail_has_it_in_its_subject_and_text(second: RunReport) -> None:
    settings = {"host": "smtp.example.org", "from": "etl@example.org", "to": ["data@example.org"]}
    config = Config.model_validate({"db": "x", "source": [], "notify": {"mail": settings}})
    assert config.notify is not None
    assert config.notify.mail is not None
    message = Mail(config.notify.mail, Secrets())._message(second)
    assert message["Subject"] == title(second)
    assert "某省" in message["Subject"]
    body = message.get_body()
    assert body is not None
    assert body.get_content() == report_text(second)


def test_status_says_it_too(second: RunReport, nights: Nights, capsys: pytest.CaptureFixture[str]) -> None:
    assert second.exit_code == 1
    status = database_status(nights.folder / "work.duckdb")
    show_status(status)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "Documents: 1 failed, 6 no_forms, 2 ok, 1 review."
    assert [line for line in lines if line.startswith("Needs a person")] == [
        "Needs a person: No known form in any of the 5 files of 某省. The form may be new: look at one with "
        "perftable-etl inspect.",
        "Needs a person: No known form in 1 file of 财政局: 财政局/无表.pdf. Look at one with perftable-etl inspect.",
        "Needs a person: To review: 1 file of 财政局: 财政局/复核.pdf.",
        "Needs a person: 沉默局 has listed no file for 2 nights. Check whether its pages moved, and correct "
        "the config.",
    ]
    assert "no_indicators error 1 1 复核.pdf 财政局" in lines
    assert any(line.startswith("Run Started (UTC+08:00) Took ") for line in lines)
    assert any("2026-11-23 02:00" in line for line in lines)
    assert any(line.startswith("2026-11-23 22:00 1 财政局/空.pdf encrypted: ") for line in lines)
    assert '"started_at": "2026-11-22T18:00:00+00:00"' in status_json(status)
