"""A run's numbers for Prometheus, as node_exporter reads them from a text file.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, get_args

from perftable_etl.errors import ReportError
from perftable_etl.records import Status
from perftable_etl.report.run_report import RunReport
from perftable_etl.report.whole import write_whole

_SUCCESS = "perftable_last_success_timestamp_seconds"


class _Sample(NamedTuple):
    value: float
    labels: Mapping[str, str] = {}


class _Metric(NamedTuple):
    name: str
    help: str
    samples: tuple[_Sample, ...]


def metrics_text(report: RunReport, before: str = "") -> str:
    """The numbers of a run; `before` is the text of the one before, which has the time of the last success."""
    labels = {"command": report.command, "database": report.database}
    return "".join(_lines(metric, labels) for metric in _metrics(report, before) if metric.samples)


def write_metrics(report: RunReport, path: Path) -> None:
    """Writes the numbers to `path`, whole or not at all. Raises ReportError."""
    try:
        write_whole(path, metrics_text(report, _text_of(path)))
    except OSError as error:
        raise ReportError(
            f"the metrics {path} could not be written ({error.strerror}). Check its folder, and the disk."
        ) from error


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _metrics(report: RunReport, before: str) -> Iterator[_Metric]:
    finished = report.finished_at.timestamp()
    duration = (report.finished_at - report.started_at).total_seconds()
    failures = Counter(failure.code for failure in report.failures)
    if report.fault:
        failures[report.fault.code] += 1
    findings = [_Sample(each.findings, {"code": each.code, "severity": each.severity}) for each in report.findings]
    yield _Metric("perftable_exit_status", "Exit status of the last run.", (_Sample(report.exit_code),))
    yield _Metric("perftable_needs_person", "1 if the last run reports anything that needs a person, else 0.",
                  (_Sample(report.needs_person),))  # fmt: skip
    yield _Metric("perftable_duration_seconds", "Duration of the last run.", (_Sample(duration),))
    yield _Metric("perftable_last_run_timestamp_seconds", "End of the last run.", (_Sample(finished),))
    success = finished if report.exit_code == 0 else _last_success(before)
    yield _Metric(_SUCCESS, "End of the last run with exit status 0.", (_Sample(success),) if success else ())
    yield _Metric("perftable_documents", "Documents in the database, by status.", _documents(report))
    yield _Metric("perftable_failures", "Failures of the last run, by code.", _by("code", failures))
    yield _Metric("perftable_findings", "Findings of the last run that need a person, by code.",
                  tuple(findings))  # fmt: skip
    silent = Counter(silence.source for silence in report.attention.silences)
    yield _Metric("perftable_silent_source", "Sources that are silent.", _by("source", silent))


def _documents(report: RunReport) -> tuple[_Sample, ...]:
    """All statuses, also those that no document has; nothing where the run broke off and did not count."""
    known = dict.fromkeys(get_args(Status), 0) if report.documents else {}
    return _by("status", {**known, **report.documents})


def _by(label: str, counts: Mapping[str, int]) -> tuple[_Sample, ...]:
    return tuple(_Sample(count, {label: name}) for name, count in sorted(counts.items()))


def _last_success(before: str) -> float | None:
    found = re.search(rf"^{_SUCCESS}\{{.*\}} ([0-9.e+]+)$", before, re.MULTILINE)
    return float(found[1]) if found else None


def _lines(metric: _Metric, labels: Mapping[str, str]) -> str:
    head = f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} gauge\n"
    return head + "".join(
        f"{metric.name}{_labels({**labels, **each.labels})} {float(each.value)!r}\n" for each in metric.samples
    )


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    """A label's value: backslash, quotation mark and line feed have escapes, and all else stands for itself."""
    text = value.encode("utf-8", "backslashreplace").decode()
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
