"""The levels that each row of an indicator table stands under, and what is told where the catalogue has others."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import IndicatorCells, source, text_of
from perftable_etl.normalize.interpret.other_levels import (
    severity_of_difference,
    severity_of_level1,
    severity_of_level2,
)
from perftable_etl.normalize.layouts.catalogue import (
    Level2,
    find_level1,
    find_level2,
    may_stand_under,
    only_level2,
    printed_weight,
)
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import Source


class Levels(NamedTuple):
    """The level labels in force: the cells that print them, and the catalogue's names."""

    level1_raw: str = ""
    level2_raw: str = ""
    level1: str | None = None
    level2: Level2 | None = None
    level1_cell: Cell | None = None
    level2_cell: Cell | None = None
    sources: tuple[Source, ...] = ()


def report_missing_level2(levels: Levels, coverage: Coverage) -> None:
    """Say where a table with a column for level 2 prints a level-1 label only, as where one cell stands in both."""
    cell = levels.level1_cell
    if levels.level2_cell is not None or cell is None or not levels.level1:
        return
    if levels.level2:
        inferred = Message("{level1} has one level 2 only: {level2}", level1=levels.level1, level2=levels.level2.name)
        coverage.report("level2_missing", "info", inferred, cell.text, cell.place)
    else:
        message = "its rows have no level-2 label; their level2 is left empty"
        coverage.report("level2_missing", "warning", message, cell.text, cell.place)


def is_name_in_level2(row: IndicatorCells) -> bool:
    """Whether what stands in the column of level 2 is the row's name, and none of the catalogue's."""
    cell = row.first("level2")
    return cell is not None and cell in row.names and find_level2(cell.text) is None and find_level1(cell.text) is None


def with_only_level2(levels: Levels) -> Levels:
    """Levels of a table with a column for level 2 that print none, as where a label of level 1 stands in both columns.

    Where the catalogue has but one level 2 below that level 1, its rows are of that one.
    """
    if levels.level2 or levels.level2_cell or not levels.level1:
        return levels
    only = only_level2(levels.level1)
    return levels._replace(level2=only) if only else levels


def report_two_groups(
    row: IndicatorCells, name: Cell | None, above: Levels, levels: Levels, coverage: Coverage
) -> None:
    """Say where two level-2 labels stand beside one name: no name is in two groups, so a rule between rows is missing.

    `name` is that of the row above, and `above` are its levels.
    """
    own = row.names[0] if row.names else None
    is_same = own is not None and own is name and text_of(name)
    if (
        is_same
        and text_of(row.first("level2"))
        and above.level2 is not None
        and levels.level2_cell is not above.level2_cell
    ):
        message = Message(
            "{above} and {level2} are beside this row; it may be two rows",
            above=clean(above.level2_raw),
            level2=clean(levels.level2_raw),
        )
        coverage.report("row_in_two_groups", "warning", message, text_of(name), own.place if own else None)


def levels_at(row: IndicatorCells, before: Levels, coverage: Coverage, *, is_other: bool = False) -> Levels:
    """The labels in force at `row`: those it prints, else those above it. `is_other` says they are of another scheme.

    A level-2 label does not outlive the level-1 label it stood under, unless a page prints that one again. The closed
    list of level-2 names fixes level 1, whatever the level-1 column says.
    """
    if _first_level(row) is before.level1_cell and row.first("level2") is before.level2_cell:
        return before  # as in most rows
    own1, own2 = (_printed(cell, coverage) for cell in _labels(row))
    cell1 = own1 if text_of(own1) else before.level1_cell
    cell2 = own2 if text_of(own2) else before.level2_cell
    if cell1 is before.level1_cell and cell2 is before.level2_cell:
        return before
    if cell1 is not before.level1_cell and cell2 is before.level2_cell and not _goes_on(cell1, before):
        cell2 = None
    level2 = find_level2(text_of(cell2))
    if cell1 is not own1 and level2 is not None and not may_stand_under(level2, find_level1(text_of(cell1)) or ""):
        cell1 = None  # the label above is of another group, and for this one none is printed
    printed1 = find_level1(text_of(cell1))
    level1 = level2.level1 if level2 else printed1
    sources = (*source("level1", cell1), *source("level2", cell2))
    levels = Levels(text_of(cell1), text_of(cell2), level1, level2, cell1, cell2, sources)
    _report_levels(levels, before, printed1, coverage, is_other=is_other)
    coverage.cover(*(cell for cell in (cell1, cell2) if cell))
    return levels


def _first_level(row: IndicatorCells) -> Cell | None:
    """The cell of level 1, or the one of a column for both levels."""
    return row.first("level1") or row.first("level")


def _labels(row: IndicatorCells) -> tuple[Cell | None, Cell | None]:
    """The cells that print the levels of a row; one column may be for both, or stand a level too high.

    A name that stands in the column of level 2 and is none of the catalogue's is no level.
    """
    cell1, cell2 = _first_level(row), row.first("level2")
    if cell1 is not None and is_name_in_level2(row):
        cell2 = None
    if cell2 is None and find_level1(text_of(cell1)) is None and find_level2(text_of(cell1)) is not None:
        return None, cell1
    return cell1, cell2


def _printed(cell: Cell | None, coverage: Coverage) -> Cell | None:
    """A label; None for what only says that more may follow (……)."""
    if cell is None or not cell.text or not is_placeholder(cell.text):
        return cell
    coverage.cover(cell)
    return None


def _goes_on(cell1: Cell | None, before: Levels) -> bool:
    """Whether a level-1 label names the level 1 above it: the catalogue has each once, so the group goes on."""
    return find_level1(text_of(cell1)) is not None and find_level1(text_of(cell1)) == find_level1(before.level1_raw)


def _report_levels(levels: Levels, before: Levels, printed1: str | None, coverage: Coverage, *, is_other: bool) -> None:
    """Say where what the form prints for a level differs from the catalogue."""
    cell1, cell2 = levels.level1_cell, levels.level2_cell
    if cell2 is not None and cell2 is not before.level2_cell:
        if levels.level2 is None:
            message = "the catalogue has no such level-2 name; level2 is left empty"
            below_other = is_other or (cell1 is not None and levels.level1 is None)
            severity = severity_of_level2(cell2, below_other=below_other)
            coverage.report("level2_unknown", severity, message, cell2.text, cell2.place)
        elif clean(cell2.text) != levels.level2.name:
            coverage.report("level2_spelling", "info", _read_as(levels.level2.name, cell2), cell2.text, cell2.place)
    if levels.level1 is None:
        if cell1 is not None and cell1 is not before.level1_cell:
            message = "the catalogue has no such level-1 name; level1 is left empty"
            coverage.report("level1_unknown", severity_of_level1(cell1), message, levels.level1_raw, cell1.place)
    elif cell1 is None and cell2 is not None:
        message = "the form prints no level-1 label; {level2} belongs to {level1}"
        inferred = Message(message, level2=clean(cell2.text), level1=levels.level1)
        coverage.report("level1_inferred", "info", inferred, cell2.text, cell2.place)
    elif cell1 is not None and printed1 != levels.level1:
        place = cell2.place if cell2 is not None and cell1 is before.level1_cell else cell1.place
        differs = Message(
            "the form prints level 1 {printed} beside {level2}, but the catalogue has that under {level1}; "
            "level 1 is read as {level1}",
            printed=clean(cell1.text),
            level2=clean(levels.level2_raw),
            level1=levels.level1,
        )
        is_usual = levels.level2 is not None and printed1 in levels.level2.also_under
        severity = "info" if is_usual else severity_of_difference(cell1, printed1, levels.level1)
        coverage.report("level1_differs", severity, differs, cell1.text, place)
    elif cell1 is not None and cell1 is not before.level1_cell and clean(cell1.text) != levels.level1:
        coverage.report("level1_spelling", "info", _read_as(levels.level1, cell1), cell1.text, cell1.place)


def _read_as(name: str, cell: Cell) -> Message:
    """That a label is read as a name of the catalogue.

    The weight of a whole level (产出指标(50分)) is no indicator's, so it is told and stays in the raw label.
    """
    weight = printed_weight(cell.text)
    if weight:
        return Message(
            "this label is read as the catalogue's {name}, with the weight {weight}", name=name, weight=weight
        )
    return Message("this label is read as the catalogue's {name}", name=name)
