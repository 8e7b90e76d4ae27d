"""What came of loading parts."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.ingest.parts import LoadSummary
from perftable_etl.report.terminal.console import printable, show, show_failure
from perftable_etl.report.wording import relation_lines


def show_load(summary: LoadSummary) -> None:
    """The parts and documents in numbers; on standard error a line for each part that was left out."""
    for line in _lines(summary):
        show(printable(line))
    for part in summary.left_out:
        show_failure(f"{part.folder}: {part.reason}.")


def _lines(summary: LoadSummary) -> Iterator[str]:
    merged = summary.merged
    yield (f"Parts: {summary.loaded:,} loaded, {summary.known:,} loaded before, {len(summary.left_out):,} left out.")
    yield (
        f"Documents: {merged.documents:,} taken from them ({merged.new:,} new, {merged.changed:,} changed, "
        f"{merged.unchanged:,} unchanged, {merged.failed:,} failed), with {merged.projects:,} projects and "
        f"{merged.indicators:,} indicators."
    )
    yield from relation_lines(**summary.relations.numbers)
