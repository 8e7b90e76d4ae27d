"""Passages: text that may be one cell's, a printed line of it or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from perftable_etl.document import Cell, Place, least_confidence
from perftable_etl.geometry.boxes import around_places
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Run


class Passage(NamedTuple):
    """Text with line breaks, where it stands on the stacked pages, and its parts on the pages."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    parts: tuple[tuple[str, Place], ...]
    confidence: float | None = None

    @property
    def centre(self) -> float:
        """Its middle across the page."""
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        """Its middle down the stack."""
        return (self.top + self.bottom) / 2

    def cell(self, row: int, column: int, end_column: int, row_span: int = 1) -> Cell:
        """The passage as a cell of a grid."""
        parts = self.parts if len(self.parts) > 1 else ()
        place = self.parts[0][1]
        return Cell(
            self.text, row, column, row_span, end_column - column, place, parts=parts, confidence=self.confidence
        )


def line_of(runs: Sequence[Run]) -> Passage:
    """Runs on one printed line as a passage."""
    ordered = sorted(runs, key=lambda run: run.x0)
    text = ordered[0].text
    for before, run in pairwise(ordered):
        text += run.text if run.x0 - before.x1 < 0.05 * (run.bottom - run.top) else f" {run.text}"
    place = around_places(run.place for run in ordered)
    return Passage(
        text,
        min(run.x0 for run in ordered),
        max(run.x1 for run in ordered),
        min(run.top for run in ordered),
        max(run.bottom for run in ordered),
        ((text, place),),
        least_confidence(run.confidence for run in ordered),
    )


def lines_of(runs: Iterable[Run]) -> list[Passage]:
    """Runs as printed lines from top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if lines and run.middle - lines[-1][0].middle <= 0.45 * (run.bottom - run.top):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [line_of(line) for line in lines]


def stack(lines: Sequence[Passage]) -> Passage:
    """Passages below each other as one."""
    if len(lines) == 1:
        return lines[0]
    printed = [part for line in lines for part in line.parts]
    pages = [list(group) for _, group in groupby(printed, key=lambda part: part[1].page)]
    return Passage(
        "\n".join(line.text for line in lines),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
        tuple(("\n".join(text for text, _ in parts), around_places(place for _, place in parts)) for parts in pages),
        least_confidence(line.confidence for line in lines),
    )
