"""The folder that keeps a report of each run."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perftable_etl.report.run_report import RunReport
from perftable_etl.report.run_text import write_report


class ReportFolder(NamedTuple):
    """Keeps reports as files."""

    path: Path

    @property
    def to(self) -> str:
        """Where it leads, fit to be shown."""
        return str(self.path)

    def send(self, report: RunReport) -> None:
        """Writes the report as text and as JSON. Raises ReportError."""
        write_report(report, self.path)

    def is_final(self, _: Exception) -> bool:
        """A disk that refuses now refuses in a few seconds."""
        return True
