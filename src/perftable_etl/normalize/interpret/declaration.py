"""What one form means: its stitched grid read by the labels of its layout.

Every cell ends as a field, as a known label, or as a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.document import Cell, Line, Place
from perftable_etl.fields import Money, Sort
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.amounts import (
    PrintedAmount,
    amount_records,
    funding_fields,
    read_amount,
)
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.field_values import read_date, read_goal, read_number, read_text
from perftable_etl.normalize.interpret.fiscal_year import read_fiscal_year, report_no_year
from perftable_etl.normalize.interpret.frame import (
    PrintedText,
    cells_by_row,
    rows_outside,
    settle_headings,
    settle_sides,
)
from perftable_etl.normalize.interpret.head import Head, HeadCells, read_head, report_missing_money
from perftable_etl.normalize.interpret.heading_lines import named_project, report_named, with_lines
from perftable_etl.normalize.interpret.indicator_table import find_tables
from perftable_etl.normalize.interpret.indicators import read_indicators
from perftable_etl.normalize.interpret.kinds import form_kind
from perftable_etl.normalize.interpret.listed_indicators import read_listed
from perftable_etl.normalize.interpret.money_units import (
    PrintedUnit,
    choose_unit,
    labels_of,
    report_assumed,
    units_beside,
    units_in,
    units_in_prose,
    units_of_labels,
)
from perftable_etl.normalize.interpret.near_labels import report_near_labels
from perftable_etl.normalize.interpret.printed import FieldText, LabelledValue, Rows, Values, sources
from perftable_etl.normalize.interpret.results import Result, find_results
from perftable_etl.normalize.interpret.sums import with_sums
from perftable_etl.normalize.interpret.target_years import of_year
from perftable_etl.normalize.interpret.tasks import TaskList, find_task_lists
from perftable_etl.normalize.layouts.collection import GENERIC
from perftable_etl.normalize.layouts.layout import Layout
from perftable_etl.normalize.values.money import YUAN, money_unit
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import FIELDS, Declaration, FieldName, Finding, Funding, OtherField, UnreadCell


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
    labelled = with_sums(labelled, layout.vocabulary)
    form, coverage = labelled.form, Coverage(ordinal)
    pages = form.pages
    rows = cells_by_row(labelled)
    tables = find_tables(labelled, rows, layout.vocabulary)
    outside = rows_outside(tables, form.grid.row_count)
    results = list(find_results(tables, rows, outside, layout.vocabulary))
    tasks = list(find_task_lists(rows, outside, layout.vocabulary))
    cells = _head_cells(labelled, rows, outside, [*results, *tasks], coverage)
    head = read_head(cells, _entries(results), layout.vocabulary, coverage)
    head = with_lines(head, form.heading, layout.vocabulary, coverage)
    sides = settle_sides(labelled, tables, rows, coverage)
    above = settle_headings(form, labelled, coverage)
    start, end = (read_date(head.fields, name, coverage) for name in ("start_date", "end_date"))
    texts = [printed.text for printed in above]
    year = read_fiscal_year(texts, surroundings.year, head.fields, (start, end), coverage)
    tables = of_year(tables, year, coverage)
    units = units_in((*sides, *_texts_of(head.sides), *above))
    scale = _money_unit(units, head, cells.cells, surroundings, layout, coverage)
    amounts = [read_amount(money, printed, scale, coverage) for money, printed in head.amounts]
    funding = funding_fields(amounts)
    kind = form_kind(texts, head, tables, layout.vocabulary)
    head = head.named_by_department() if kind == "department" else head
    own_fields = _own_fields(head.fields, coverage)
    if layout.name == GENERIC:
        own_fields |= _named(head, form.heading, above, coverage)
        report_missing_money(head, coverage)
        if year is None:
            report_no_year((*(line.text for line in form.heading), *(cell.text for cell in labelled.cells)), coverage)
    report_near_labels(head, layout.vocabulary, coverage)
    declaration = Declaration(
        ordinal=ordinal,
        layout=layout.name,
        form_kind=kind if layout.name == GENERIC or kind == "self_evaluation" else layout.form_kind,
        fiscal_year=year,
        first_page=pages[0],
        last_page=pages[-1],
        start_date=start,
        end_date=end,
        **own_fields,
        funding=Funding(**{name: found.amount for name, found in funding.items()}),
        amounts=tuple(amount_records(amounts)),
        tasks=tuple(task for found in tasks for task in found.tasks(scale)),
        other_fields=tuple(map(_other_field, head.others)),
        indicators=tuple(
            read_indicators(tables, rows, coverage, year) if tables else read_listed(labelled.cells, coverage, year)
        ),
        sources=tuple(sources(_in_order(head, funding))),
    )
    closed = coverage.close(form)
    declaration = declaration.model_copy(update={"unread_cells": tuple(map(_unread_cell, closed.unread))})
    return Interpretation(declaration, tuple(coverage.findings), closed.accounted, closed.characters)


def _unread_cell(cell: Cell) -> UnreadCell:
    return UnreadCell(
        text=cell.text,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        place=cell.place,
    )


def _head_cells(
    labelled: LabelledForm, rows: Rows, outside: Sequence[int], taken: Sequence[Result | TaskList], coverage: Coverage
) -> HeadCells:
    """The cells outside all tables, without those that were `taken` as something else, which are settled."""
    own = {id(cell): cell.cell for block in taken for cell in block.cells}
    unknown = {id(cell) for block in taken if isinstance(block, TaskList) for cell in block.unknown}
    coverage.cover(*(cell for key, cell in own.items() if key not in unknown))
    numbers = set(outside)
    cells = [cell for cell in labelled.cells if cell.row in numbers and id(cell) not in own]
    return HeadCells(cells, rows, outside)


def _texts_of(cells: Sequence[LabelledCell]) -> list[tuple[str, Place]]:
    return [(cell.text, cell.cell.place) for cell in cells]


def _entries(results: Sequence[Result]) -> list[LabelledValue]:
    return [entry for result in results for entry in result.entries()]


def _own_fields(values: Values, coverage: Coverage) -> dict[str, Any]:
    """What a form says of its project, but for its money, its year and its days, which are read by themselves."""
    return {name: _READ[FIELDS[name].sort](values, name, coverage) for name in _OWN}


_READ: dict[Sort, Callable[[Values, FieldName, Coverage], str | date | Decimal | None]] = {
    "text": read_text,
    "goal": read_goal,
    "date": read_date,
    "number": read_number,
}

_OWN = tuple(
    name
    for name, field in FIELDS.items()
    if field.sort in _READ and name not in ("start_date", "end_date", "fiscal_year")
)


def _named(head: Head, lines: Sequence[Line], above: Sequence[PrintedText], coverage: Coverage) -> dict[str, Any]:
    """The project's name in a heading, where no label has it, which is said."""
    found = next(named_project(head, lines, above), None) if "name" not in head.fields else None
    if found is None:
        return {}
    report_named(found, lines, coverage)
    return {"name": found.name}


def _in_order(head: Head, funding: Mapping[FieldName, PrintedAmount]) -> Values:
    """All fields in the order that the form prints them."""
    names = {id(found.printed): name for name, found in funding.items()}
    named = ((names.get(id(printed)) if isinstance(key, Money) else key, printed) for key, printed in head.order)
    return {name: printed for name, printed in named if name}


def _other_field(printed: FieldText) -> OtherField:
    label = " ".join(clean(part).rstrip(_COLONS) for part in printed.label.split("\t"))
    return OtherField(label=label, value=clean(printed.raw), place=printed.place)


_COLONS = look_alikes(":")


def _money_unit(
    printed: Sequence[PrintedUnit],
    head: Head,
    cells: Sequence[LabelledCell],
    surroundings: Surroundings,
    layout: Layout,
    coverage: Coverage,
) -> Decimal:
    """How many yuan the form's amounts count in: as it prints, or its document; else by its layout, which is said.

    `cells` are those of its head: what is counted in an indicator says nothing of its money.
    """
    texts = [printed for _, printed in head.order]
    printed = [*printed, *units_beside(head.others)]
    unit = choose_unit(printed, units_in(labels_of(texts)), coverage) or surroundings.money_unit
    if unit is None:
        further = units_of_labels(cells) or units_in_prose(cells)
        unit = choose_unit(further, (), coverage)
    if unit is None:
        report_assumed(layout.money_unit, [printed for _, printed in head.amounts], coverage)
    return unit or money_unit(layout.money_unit) or YUAN
