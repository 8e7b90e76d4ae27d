"""What one form means: its stitched grid read by the labels of its layout.

Every cell ends as a field, as a known label, or as a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from perftable_etl.document import Cell, Form, Place
from perftable_etl.normalize.forms.headings import find_headings
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.fields import (
    Values,
    find_labels,
    labels_of,
    read_date,
    read_goal,
    read_money,
    read_text,
    read_values,
    sources,
)
from perftable_etl.normalize.interpret.indicators import find_header, read_indicators
from perftable_etl.normalize.interpret.money_units import PrintedUnit, choose_unit, report_assumed, units_in
from perftable_etl.normalize.layouts.headings import is_heading, read_year
from perftable_etl.normalize.layouts.layout import Layout
from perftable_etl.normalize.values.money import YUAN, money_unit
from perftable_etl.records import Declaration, Finding, Funding


class Interpretation(NamedTuple):
    """A declaration, what was found on the way, and how many of the form's characters are accounted for."""

    declaration: Declaration
    findings: tuple[Finding, ...]
    accounted: int
    characters: int


class Surroundings(NamedTuple):
    """What a document says of all its forms, and holds for those that do not say it: year, and money unit in yuan."""

    year: int | None = None
    money_unit: Decimal | None = None


def interpret(form: Form, layout: Layout, ordinal: int, surroundings: Surroundings) -> Interpretation:
    """The declaration that `form` makes under `layout`; `surroundings` stand in for what the form does not print."""
    coverage = Coverage(ordinal)
    rows = _cells_by_row(form)
    header = find_header(form, layout)
    first_indicator_row = header.row if header else form.grid.row_count
    upper = [cell for cell in form.grid.cells if cell.text and cell.row < first_indicator_row]
    labels = find_labels(upper, layout)
    values = read_values(labels, rows, first_indicator_row, coverage)
    sides = _cover_sides(form, layout, coverage)
    first_label_row = labels[0].cell.row if labels else first_indicator_row
    above = _cover_heading(form, [cell for cell in upper if cell.row < first_label_row], coverage)
    start = read_date(values, "start_date", coverage)
    year = _fiscal_year([text for text, _ in above], surroundings.year, start, coverage)
    money_unit = _money_unit(units_in((*sides, *above)), values, surroundings, layout, coverage)
    declaration = Declaration(
        ordinal=ordinal,
        layout=layout.name,
        form_kind=layout.form_kind,
        fiscal_year=year,
        first_page=form.first_page,
        last_page=form.last_page,
        name=read_text(values, "name", coverage),
        nature=read_text(values, "nature", coverage),
        category=read_text(values, "category", coverage),
        competent_department=read_text(values, "competent_department", coverage),
        implementing_unit=read_text(values, "implementing_unit", coverage),
        start_date=start,
        end_date=read_date(values, "end_date", coverage),
        funding=_funding(values, money_unit, coverage),
        overall_goal=read_goal(values, "overall_goal", coverage),
        annual_goal=read_goal(values, "annual_goal", coverage),
        indicators=tuple(read_indicators(rows, header, coverage, year)) if header else (),
        sources=tuple(sources(values)),
    )
    accounted, characters = coverage.close(form)
    return Interpretation(declaration, tuple(coverage.findings), accounted, characters)


def _cells_by_row(form: Form) -> list[list[Cell]]:
    """For every grid row the cells that cover it, from left to right."""
    rows: list[list[Cell]] = [[] for _ in range(form.grid.row_count)]
    for cell in form.grid.cells:
        for row in range(cell.row, cell.end_row):
            rows[row].append(cell)
    for cells in rows:
        cells.sort(key=_column)
    return rows


def _column(cell: Cell) -> int:
    return cell.column


_Printed = list[tuple[str, Place]]


def _cover_sides(form: Form, layout: Layout, coverage: Coverage) -> _Printed:
    """The labels printed beside blocks of rows (项目资金（元）, 绩效指标)."""
    sides = [cell for cell in form.grid.cells if layout.sides.find(cell.text)]
    coverage.cover(*sides)
    return [(cell.text, cell.place) for cell in sides]


def _cover_heading(form: Form, top: Sequence[Cell], coverage: Coverage) -> _Printed:
    """The lines above the table and the cells at its top that say whose, when and in which unit."""
    headings = list(find_headings(form.heading))
    title_rows = [cell for cell in top if is_heading(cell.text)]
    coverage.cover(*title_rows, *(line for heading in headings for line in heading.lines))
    above = [(heading.text, heading.lines[0].place) for heading in headings]
    return above + [(cell.text, cell.place) for cell in title_rows]


def _fiscal_year(above: Sequence[str], document_year: int | None, start: date | None, coverage: Coverage) -> int | None:
    """The year the form prints above its table, else its document's, else the one it starts in, which is said."""
    printed = next((year for text in above if (year := read_year(text))), None) or document_year
    if printed or start is None:
        return printed
    message = f"the form prints no fiscal year; {start.year} is the year of the start date"
    coverage.report("year_inferred", "warning", message, "", None)
    return start.year


def _money_unit(
    printed: Sequence[PrintedUnit], values: Values, surroundings: Surroundings, layout: Layout, coverage: Coverage
) -> Decimal:
    """How many yuan the form's amounts count in: as it prints, or its document; else by its layout, which is said."""
    unit = choose_unit(printed, units_in(labels_of(values)), coverage) or surroundings.money_unit
    if unit is None:
        report_assumed(layout.money_unit, values, coverage)
    return unit or money_unit(layout.money_unit) or YUAN


def _funding(values: Values, scale: Decimal, coverage: Coverage) -> Funding:
    return Funding(
        total_funds=read_money(values, "total_funds", scale, coverage),
        total_fiscal_funds=read_money(values, "total_fiscal_funds", scale, coverage),
        total_other_funds=read_money(values, "total_other_funds", scale, coverage),
        annual_funds=read_money(values, "annual_funds", scale, coverage),
        annual_fiscal_appropriation=read_money(values, "annual_fiscal_appropriation", scale, coverage),
        annual_carryover_funds=read_money(values, "annual_carryover_funds", scale, coverage),
        annual_other_funds=read_money(values, "annual_other_funds", scale, coverage),
    )
