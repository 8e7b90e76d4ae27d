"""The indicator tree (绩效指标) of one form: the rows below its header, with the levels each stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Place, least_confidence
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import EMPTY, Header, Row, assign, read_target, text_of
from perftable_etl.normalize.interpret.unlabelled import report_unlabelled
from perftable_etl.normalize.layouts.catalogue import Level2, find_level1, find_level2, printed_weight
from perftable_etl.normalize.values.polarity import direction
from perftable_etl.normalize.values.text import clean, fold
from perftable_etl.normalize.values.weights import parse_weight
from perftable_etl.records import FieldName, Indicator, Source, Target


class _Levels(NamedTuple):
    """The level labels in force: the cells that print them, and the catalogue's names."""

    level1_raw: str = ""
    level2_raw: str = ""
    level1: str | None = None
    level2: Level2 | None = None
    level1_cell: Cell | None = None
    level2_cell: Cell | None = None
    sources: tuple[Source, ...] = ()


def read_indicators(
    rows: Sequence[Sequence[LabelledCell]], header: Header, coverage: Coverage, year: int | None
) -> Iterator[Indicator]:
    """The indicators below `header`; `rows` are the form's cells by grid row. Every cell used is settled."""
    coverage.cover(*header.cells)
    report_unlabelled([[cell.cell for cell in row] for row in rows[header.row + 1 :]], header.columns, coverage)
    levels = _Levels()
    previous = EMPTY
    ordinal = 0
    for cells in rows[header.row + 1 :]:
        row = assign(cells, header)
        above, levels = levels, _levels(row, levels, coverage)
        _report_two_groups(row, previous.level3, above, levels, coverage)
        if row.printed == previous.printed or not row.says_something:
            continue
        if row.repeats_header:
            coverage.cover(*row.leaves)
            continue
        previous = row
        ordinal += 1
        if "level2" in header.columns.values():
            _report_missing_level2(levels, above, coverage)
        yield _indicator(ordinal, row, levels, coverage, year)


def _report_missing_level2(levels: _Levels, above: _Levels, coverage: Coverage) -> None:
    """Say where a table with a column for level 2 prints a level-1 label only, as where one cell stands in both."""
    cell = levels.level1_cell
    if levels is not above and levels.level2_cell is None and cell is not None and levels.level1:
        message = "its rows have no level-2 label; their level2 is left empty"
        coverage.report("level2_missing", "warning", message, cell.text, cell.place)


def _report_two_groups(row: Row, name: Cell | None, above: _Levels, levels: _Levels, coverage: Coverage) -> None:
    """Say where two level-2 labels stand beside one name: no name is in two groups, so a rule between rows is missing.

    `name` is that of the row above, and `above` are its levels.
    """
    is_same = row.level3 is not None and row.level3 is name and text_of(name)
    if is_same and text_of(row.level2) and above.level2 is not None and levels.level2_cell is not above.level2_cell:
        message = f"{clean(above.level2_raw)} and {clean(levels.level2_raw)} are beside this row; it may be two rows"
        coverage.report(
            "row_in_two_groups", "warning", message, text_of(name), row.level3.place if row.level3 else None
        )


def _levels(row: Row, before: _Levels, coverage: Coverage) -> _Levels:
    """The labels in force at `row`: those it prints, else those above it.

    A level-2 label does not outlive the level-1 label it stood under, unless a page prints that one again. The closed
    list of level-2 names fixes level 1, whatever the level-1 column says.
    """
    cell1 = row.level1 if text_of(row.level1) else before.level1_cell
    cell2 = row.level2 if text_of(row.level2) else before.level2_cell
    if cell1 is before.level1_cell and cell2 is before.level2_cell:
        return before
    if cell1 is not before.level1_cell and cell2 is before.level2_cell and not _goes_on(cell1, before):
        cell2 = None
    level2 = find_level2(text_of(cell2))
    if cell1 is not row.level1 and level2 is not None and level2.level1 != find_level1(text_of(cell1)):
        cell1 = None  # the label above is of another group, and for this one none is printed
    printed1 = find_level1(text_of(cell1))
    level1 = level2.level1 if level2 else printed1
    sources = (*_source("level1", cell1), *_source("level2", cell2))
    levels = _Levels(text_of(cell1), text_of(cell2), level1, level2, cell1, cell2, sources)
    _report_levels(levels, before, printed1, coverage)
    coverage.cover(*(cell for cell in (cell1, cell2) if cell))
    return levels


def _goes_on(cell1: Cell | None, before: _Levels) -> bool:
    """Whether a level-1 label names the level 1 above it: the catalogue has each once, so the group goes on."""
    return find_level1(text_of(cell1)) is not None and find_level1(text_of(cell1)) == find_level1(before.level1_raw)


def _report_levels(levels: _Levels, before: _Levels, printed1: str | None, coverage: Coverage) -> None:
    """Say where what the form prints for a level differs from the catalogue."""
    cell1, cell2 = levels.level1_cell, levels.level2_cell
    if cell2 is not None and cell2 is not before.level2_cell:
        if levels.level2 is None:
            message = "the catalogue has no such level-2 name; level2 is left empty"
            coverage.report("level2_unknown", "warning", message, cell2.text, cell2.place)
        elif clean(cell2.text) != levels.level2.name:
            message = f"this label is read as the catalogue's {levels.level2.name}{_with_weight(cell2)}"
            coverage.report("level2_spelling", "info", message, cell2.text, cell2.place)
    if levels.level1 is None:
        cell = cell1 or cell2
        if cell:
            message = "the catalogue has no such level-1 name; level1 is left empty"
            coverage.report("level1_unknown", "warning", message, levels.level1_raw, cell.place)
    elif cell1 is None and cell2 is not None:
        message = f"the form prints no level-1 label; {clean(cell2.text)} belongs to {levels.level1}"
        coverage.report("level1_inferred", "info", message, cell2.text, cell2.place)
    elif cell1 is not None and printed1 != levels.level1:
        place = cell2.place if cell2 is not None and cell1 is before.level1_cell else cell1.place
        beside = f"the form prints level 1 {clean(cell1.text)} beside {clean(levels.level2_raw)}"
        message = f"{beside}, but the catalogue has that under {levels.level1}; level 1 is read as {levels.level1}"
        coverage.report("level1_differs", "warning", message, cell1.text, place)
    elif cell1 is not None and cell1 is not before.level1_cell and clean(cell1.text) != levels.level1:
        message = f"this label is read as the catalogue's {levels.level1}{_with_weight(cell1)}"
        coverage.report("level1_spelling", "info", message, cell1.text, cell1.place)


def _with_weight(cell: Cell) -> str:
    """The weight of a whole level (产出指标(50分)): no indicator's, so it is told and stays in the raw label."""
    weight = printed_weight(cell.text)
    return f", with the weight {weight}" if weight else ""


def _indicator(ordinal: int, row: Row, levels: _Levels, coverage: Coverage, year: int | None) -> Indicator:
    name = text_of(row.level3)
    target = read_target(row, year)
    place = _span(row.printed)
    pieces = [source for piece in row.target_pieces for source in _source("target", piece)]
    printed_at = (*_source("level3", row.level3), *pieces, *_source("weight", row.weight))
    coverage.cover(*row.leaves)
    _report_row(ordinal, name, target, place, coverage)
    read_from = (row.level3, *row.target_pieces, levels.level1_cell, levels.level2_cell)
    return Indicator(
        ordinal=ordinal,
        level1=levels.level1,
        level2=levels.level2.name if levels.level2 else None,
        level3=clean(name),
        level1_raw=levels.level1_raw,
        level2_raw=levels.level2_raw,
        level3_raw=name,
        target=target,
        weight=parse_weight(text_of(row.weight)),
        direction=direction(name, target),
        scheme=levels.level2.scheme if levels.level2 else None,
        place=place,
        sources=levels.sources + printed_at,
        confidence=least_confidence(cell.confidence for cell in read_from if cell),
    )


def _source(field: FieldName, cell: Cell | None) -> tuple[Source, ...]:
    """Where a field stands, a source for each part a page break has left; nothing for a blank."""
    if not cell or not cell.text:
        return ()
    return tuple(Source(field=field, raw=text, place=place) for text, place in cell.printed)


def _report_row(ordinal: int, name: str, target: Target, place: Place, coverage: Coverage) -> None:
    if not name:
        coverage.report(
            "no_name", "error", "this target has no indicator name; read it on the page", target.raw, place, ordinal
        )
    if not target.raw.strip():
        coverage.report("no_target", "warning", "this indicator has no target", name, place, ordinal)
    elif target.kind == "missing" and fold(target.raw).startswith("("):
        message = "the target has a unit in brackets, but no number before it; compare it with the page"
        coverage.report("no_target", "warning", message, target.raw, place, ordinal)


def _span(cells: Sequence[Cell]) -> Place:
    """Where a row is: the box around its name and its target, on the first page of them."""
    first = min(cell.place.page for cell in cells)
    boxes = [cell.place.box for cell in cells if cell.place.page == first]
    return Place(first, boxes[0] if len(boxes) == 1 else Box.around(boxes))
