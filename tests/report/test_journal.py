from __future__ import annotations

import json
import logging

import pytest

from perftable_etl.errors import Busy
from perftable_etl.ingest.loading import Trouble
from perftable_etl.load.result import result_of
from perftable_etl.load.rows import reading_of
from perftable_etl.report.journal import Journal
from perftable_etl.report.log_style import LogFormat, LogLevel
from tests.outcomes import failed_outcome, outcome_of
from tests.report.test_run_report import RUN

LOST = Trouble("财政局", "https://czj.example.cn/a.pdf", "unreachable", "no answer\x1b[2J\nlevel=INFO forged")


def test_each_line_of_json_has_time_level_event_and_run(capsys: pytest.CaptureFixture[str]) -> None:
    log = Journal(LogFormat.JSON)
    log.hear(RUN)
    log.hear(result_of(reading_of(outcome_of()), "new"))
    log.hear(result_of(reading_of(failed_outcome()), "new"))
    log.hear(LOST)
    log.failed(Busy("in use"))
    started, read, failed, lost, ended = map(json.loads, capsys.readouterr().err.splitlines())
    assert {line["run_id"] for line in (started, read, failed, lost, ended)} == {RUN.run_id}
    assert all(line["time"].endswith("+00:00") for line in (started, read, failed, lost, ended))
    assert (read["event"], read["level"], read["file"], read["seconds"]) == ("document_read", "info", "2025.pdf", 0.25)
    assert (failed["level"], failed["code"]) == ("warning", "encrypted")
    assert (lost["event"], lost["source"], lost["message"]) == ("source_trouble", "财政局", LOST.message)
    assert (ended["event"], ended["level"], ended["code"], ended["exit_code"]) == ("failed", "error", "busy", 75)


def test_a_line_of_text_is_one_line_and_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Journal(LogFormat.TEXT).hear(LOST)
    (line,) = capsys.readouterr().err.splitlines()
    assert " WARNING source_trouble source=财政局 uri=https://czj.example.cn/a.pdf code=unreachable " in line
    assert line.endswith(r'message="no answer\\x1b[2J\\nlevel=INFO forged"')


def test_what_is_less_grave_than_asked_for_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log = Journal(LogFormat.TEXT, LogLevel.WARNING)
    log.hear(RUN)
    log.hear(LOST)
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == ["WARNING"]


def test_unasked_it_writes_nothing_but_knows_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    log = Journal(None)
    log.hear(RUN)
    log.failed(Busy("in use"))
    assert capsys.readouterr() == ("", "")
    assert log.run_id == RUN.run_id


def test_other_loggers_stay_as_they_are(caplog: pytest.LogCaptureFixture) -> None:
    before = list(logging.getLogger().handlers)
    Journal(LogFormat.TEXT).hear(RUN)
    assert caplog.records == []
    assert logging.getLogger().handlers == before
