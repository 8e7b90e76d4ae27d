"""What one form means: its stitched grid read by the labels of its layout.

Every cell ends as a field, as a known label, or as a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from perftable_etl.document import Form, Place
from perftable_etl.fields import Money, Sort
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.headings import find_headings
from perftable_etl.normalize.forms.labelling import LabelledCell, LabelledForm
from perftable_etl.normalize.interpret.amounts import PrintedAmount, amount_records, funding_fields, read_amount
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.field_values import read_date, read_goal, read_number, read_text
from perftable_etl.normalize.interpret.head import Head, read_head
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable, find_tables
from perftable_etl.normalize.interpret.indicators import read_indicators
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.interpret.money_units import (
    PrintedUnit,
    choose_unit,
    labels_of,
    report_assumed,
    units_in,
)
from perftable_etl.normalize.interpret.printed import FieldText, Values, sources
from perftable_etl.normalize.layouts.headings import read_title, year_of_heading
from perftable_etl.normalize.layouts.layout import Layout
from perftable_etl.normalize.values.look_alikes import look_alikes
from perftable_etl.normalize.values.money import YUAN, money_unit
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import FIELDS, Declaration, FieldName, Finding, Funding, OtherField


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


def interpret(labelled: LabelledForm, layout: Layout, ordinal: int, surroundings: Surroundings) -> Interpretation:
    """The declaration that a form makes under `layout`; `surroundings` stand in for what the form does not print."""
    form, coverage = labelled.form, Coverage(ordinal)
    rows = _cells_by_row(labelled)
    tables = find_tables(labelled.cells, rows, layout.vocabulary)
    outside = _rows_outside(tables, form.grid.row_count)
    upper = [cell for cell in labelled.cells if cell.row in outside]
    head = read_head(upper, rows, sorted(outside), layout.vocabulary, coverage)
    sides = _settle_sides(labelled, coverage)
    above = _settle_heading(form, labelled, coverage)
    start = read_date(head.fields, "start_date", coverage)
    year = _fiscal_year([text for text, _ in above], surroundings.year, start, coverage)
    unit = _money_unit(units_in((*sides, *above, *_words_of(upper))), head, surroundings, layout, coverage)
    amounts = [read_amount(money, printed, unit, coverage) for money, printed in head.amounts]
    funding = funding_fields(amounts)
    declaration = Declaration(
        ordinal=ordinal,
        layout=layout.name,
        form_kind=layout.form_kind,
        fiscal_year=year,
        first_page=form.first_page,
        last_page=form.last_page,
        start_date=start,
        **_own_fields(head.fields, coverage),
        funding=Funding(**{name: found.amount for name, found in funding.items()}),
        amounts=tuple(amount_records(amounts)),
        other_fields=tuple(map(_other_field, head.others)),
        indicators=tuple(read_indicators(tables, rows, coverage, year)),
        sources=tuple(sources(_in_order(head, funding))),
    )
    accounted, characters = coverage.close(form)
    return Interpretation(declaration, tuple(coverage.findings), accounted, characters)


def _rows_outside(tables: Sequence[IndicatorTable], row_count: int) -> frozenset[int]:
    """The numbers of the rows that no indicator table takes."""
    taken = {row for table in tables for row in range(table.header.row, table.end_row)}
    return frozenset(range(row_count)) - taken


def _own_fields(values: Values, coverage: Coverage) -> dict[str, Any]:
    """What a form says of its project, but for its money, its year and its start, which are read by themselves."""
    return {name: _READ[FIELDS[name].sort](values, name, coverage) for name in _OWN}


_READ: dict[Sort, Callable[[Values, FieldName, Coverage], str | date | Decimal | None]] = {
    "text": read_text,
    "goal": read_goal,
    "date": read_date,
    "number": read_number,
}

_OWN = tuple(
    name for name, field in FIELDS.items() if field.sort in _READ and name not in ("start_date", "fiscal_year")
)


def _in_order(head: Head, funding: Mapping[FieldName, PrintedAmount]) -> Values:
    """All fields in the order that the form prints them."""
    names = {id(found.printed): name for name, found in funding.items()}
    named = ((names.get(id(printed)) if isinstance(key, Money) else key, printed) for key, printed in head.order)
    return {name: printed for name, printed in named if name}


def _other_field(printed: FieldText) -> OtherField:
    return OtherField(label=clean(printed.label).rstrip(_COLONS), value=clean(printed.raw), place=printed.place)


_COLONS = look_alikes(":")


def _cells_by_row(labelled: LabelledForm) -> list[list[LabelledCell]]:
    """For every grid row the cells that cover it, from left to right."""
    rows: list[list[LabelledCell]] = [[] for _ in range(labelled.form.grid.row_count)]
    for cell in labelled.cells:
        first = cell.cell.row
        for row in range(first, first + cell.cell.row_span):
            rows[row].append(cell)
    for cells in rows:
        cells.sort(key=_column)
    return rows


def _column(cell: LabelledCell) -> int:
    return cell.cell.column


_Printed = list[tuple[str, Place]]


def _settle_sides(labelled: LabelledForm, coverage: Coverage) -> _Printed:
    """The labels printed beside blocks of rows (项目资金（元）, 绩效指标)."""
    sides = [cell.cell for cell in labelled.cells if cell.meaning.is_side]
    coverage.cover(*sides)
    return [(cell.text, cell.place) for cell in sides]


def _words_of(cells: Iterable[LabelledCell]) -> _Printed:
    """The cells that are worded as labels, known or not: any of them may name the unit of money."""
    return [(cell.text, cell.cell.place) for cell in cells if may_be_label(cell.text)]


def _settle_heading(form: Form, labelled: LabelledForm, coverage: Coverage) -> _Printed:
    """The lines above the table and the cells at its top that say whose, when and in which unit."""
    headings = list(find_headings(form.heading))
    title_rows = [cell.cell for cell in labelled.cells if cell.is_heading]
    coverage.cover(*title_rows, *(line for heading in headings for line in heading.lines))
    above = [(heading.text, heading.lines[0].place) for heading in headings]
    return above + [(cell.text, cell.place) for cell in title_rows]


def _fiscal_year(above: Sequence[str], document_year: int | None, start: date | None, coverage: Coverage) -> int | None:
    """The year that the form prints, else its document's, else the one it starts in, which is said."""
    titles = (title.fiscal_year for text in above if (title := read_title(text)))
    printed = next(chain(filter(None, map(year_of_heading, above)), titles), None) or document_year
    if printed or start is None:
        return printed
    message = Message("the form prints no fiscal year; {year} is the year of the start date", year=start.year)
    coverage.report("year_inferred", "warning", message, "", None)
    return start.year


def _money_unit(
    printed: Sequence[PrintedUnit], head: Head, surroundings: Surroundings, layout: Layout, coverage: Coverage
) -> Decimal:
    """How many yuan the form's amounts count in: as it prints, or its document; else by its layout, which is said."""
    texts = [printed for _, printed in head.order]
    unit = choose_unit(printed, units_in(labels_of(texts)), coverage) or surroundings.money_unit
    if unit is None:
        report_assumed(layout.money_unit, [printed for _, printed in head.amounts], coverage)
    return unit or money_unit(layout.money_unit) or YUAN
