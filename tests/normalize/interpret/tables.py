"""Indicator tables written by hand, read as the interpreter reads them."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.document import Form, Grid
from perftable_etl.normalize.forms.labelled_form import label_form
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable, find_tables
from perftable_etl.normalize.interpret.indicators import read_indicators
from perftable_etl.records import Finding, Indicator
from tests.normalize.grids import Rows, grid
from tests.normalize.reader import VOCABULARY


class ReadTable(NamedTuple):
    """What a grid's indicator tables say, and what is told of them."""

    tables: tuple[IndicatorTable, ...]
    indicators: tuple[Indicator, ...]
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """The codes of what is told, each with its text."""
        return [(finding.code, finding.raw) for finding in self.findings if finding.severity != "info"]

    @property
    def leaves(self) -> list[tuple[str, str]]:
        """Name and printed target of each row."""
        return [(row.level3, row.target.raw) for row in self.indicators]


def read_table(rows: Rows) -> ReadTable:
    """The indicators of a grid that is nothing but their tables, and what stands above and below them."""
    drawn = grid(rows)
    labelled = label_form(Form((), drawn), VOCABULARY)
    by_row, coverage = cells_by_row(drawn, labelled.cells), Coverage(1)
    tables = find_tables(labelled, by_row, VOCABULARY)
    indicators = tuple(read_indicators(tables, by_row, coverage, 2025))
    return ReadTable(tables, indicators, tuple(coverage.findings))


def cells_by_row(drawn: Grid, cells: tuple[LabelledCell, ...]) -> list[list[LabelledCell]]:
    """The cells that cover each row, from left to right."""
    rows = [[cell for cell in cells if cell.row <= row < cell.end_row] for row in range(drawn.row_count)]
    return [sorted(row, key=lambda cell: cell.column) for row in rows]
