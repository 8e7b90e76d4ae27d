"""The file for Prometheus, read back by a small parser of its format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from perftable_etl.errors import Busy, ReportError
from perftable_etl.load.attention import Attention
from perftable_etl.load.status import DocumentCount
from perftable_etl.load.visits import Silence
from perftable_etl.report.metrics import metrics_text, write_metrics
from perftable_etl.report.run_report import Job
from tests.report.test_run_report import BEGUN, JOB, RUN, SUMMARY

GOOD = SUMMARY._replace(run=RUN._replace(failed=0), results=(), troubles=(), concerns=())
SUCCESS = "perftable_last_success_timestamp_seconds"


class Sample(NamedTuple):
    """One line: its labels but those of the run, and its value."""

    labels: tuple[tuple[str, str], ...]
    value: float


def parsed(text: str) -> dict[str, list[Sample]]:
    """The samples by metric. Each metric has HELP and TYPE before it, once, and no two samples are of one series."""
    metrics: dict[str, list[Sample]] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if help_line := re.fullmatch(r"# HELP (\w+) (.+)", line):
            assert next(lines) == f"# TYPE {help_line[1]} gauge"
            assert help_line[1] not in metrics
            metrics[help_line[1]] = []
            continue
        found = re.fullmatch(r'(\w+)\{((?:\w+="(?:[^"\\\n]|\\.)*",?)*)\} (\S+)', line)
        assert found, line
        pairs = re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', found[2])
        labels = tuple((name, re.sub(r"\\(.)", _unescaped, value)) for name, value in pairs)
        assert labels[:2] == (("command", "sync"), labels[1])
        metrics[found[1]].append(Sample(labels[2:], float(found[3])))
    for samples in metrics.values():
        assert len({sample.labels for sample in samples}) == len(samples) > 0
    return metrics


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]


def test_all_numbers_come_back() -> None:
    counts = (DocumentCount("failed", 1), DocumentCount("ok", 12))
    silent = Attention(silences=(Silence(source='财"政\\局\n', kind="empty", nights=3),))
    report = JOB.report_run(SUMMARY._replace(documents=counts, attention=silent))
    metrics = parsed(metrics_text(report))
    assert metrics.pop("perftable_duration_seconds")[0].value > 0
    assert metrics.pop("perftable_last_run_timestamp_seconds") == [Sample((), report.finished_at.timestamp())]
    assert metrics == {
        "perftable_exit_status": [Sample((), 1)],
        "perftable_needs_person": [Sample((), 1)],
        "perftable_documents": [
            Sample((("status", status),), count)
            for status, count in (("failed", 1), ("no_forms", 0), ("ok", 12), ("review", 0))
        ],
        "perftable_failures": [Sample((("code", code),), 1) for code in ("encrypted", "unreachable")],
        "perftable_findings": [Sample((("code", "sum_differs"), ("severity", "warning")), 7)],
        "perftable_silent_source": [Sample((("source", '财"政\\局\n'),), 1)],
    }


def test_the_last_success_outlives_failures(tmp_path: Path) -> None:
    path = tmp_path / "sync.prom"
    write_metrics(JOB.report_fault(Busy("in use"), None), path)
    assert SUCCESS not in parsed(path.read_text("utf-8"))
    good = JOB.report_run(GOOD)
    write_metrics(good, path)
    (success,) = parsed(path.read_text("utf-8"))[SUCCESS]
    assert success.value == good.finished_at.timestamp()
    for _ in range(2):
        write_metrics(JOB.report_fault(Busy("in use"), None), path)
    metrics = parsed(path.read_text("utf-8"))
    assert (metrics[SUCCESS], metrics["perftable_exit_status"]) == ([success], [Sample((), 75)])
    assert metrics["perftable_failures"] == [Sample((("code", "busy"),), 1)]


def test_a_path_of_any_name_is_a_label() -> None:
    odd = Job("sync", Path('a"b\\c\n\udcff.duckdb'), JOB.started_at)
    assert parsed(metrics_text(odd.report_run(GOOD)))
    metrics_text(odd.report_run(GOOD)).encode()


def test_it_is_written_whole_for_others_to_read_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "sync.prom"
    write_metrics(JOB.report_run(GOOD), path)
    assert [file.name for file in tmp_path.iterdir()] == ["sync.prom"]
    assert path.stat().st_mode & 0o777 == 0o644
    with pytest.raises(ReportError, match=r"metrics .* could not be written"):
        write_metrics(JOB.report_run(GOOD), tmp_path / "none" / "sync.prom")
    (tmp_path / "folder.prom").mkdir()
    with pytest.raises(ReportError):
        write_metrics(JOB.report_run(GOOD), tmp_path / "folder.prom")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder.prom", "sync.prom"]
    assert JOB.started_at.replace(tzinfo=None) == BEGUN
