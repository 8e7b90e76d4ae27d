"""Findings that need a person, by code."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.load.concerns import Concern
from perftable_etl.report.terminal.console import Table, Text, new_table, printable
from perftable_etl.report.terminal.styles import SEVERITY_STYLES
from perftable_etl.report.wording import few


def concerns_table(concerns: Sequence[Concern]) -> Table:
    """A line a code. Sources are named where files are of other ones than the command line."""
    sources = ("Sources",) if any(set(concern.sources) - {"ingest"} for concern in concerns) else ()
    numbers = ("Findings", "Files")
    table = new_table("Code", "Severity", *numbers, "In", *sources, right=numbers, names=("In", "Sources"))
    for concern in concerns:
        named = (printable(few(concern.sources)),) if sources else ()
        table.add_row(*_cells(concern), *named)
    return table


def _cells(concern: Concern) -> tuple[Text | str, ...]:
    severity = printable(concern.severity, SEVERITY_STYLES[concern.severity])
    numbers = str(concern.findings), str(len(concern.files))
    return printable(concern.code), severity, *numbers, printable(few(concern.files))
