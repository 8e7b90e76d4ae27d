"""The indicator tree (绩效指标) of one form: the rows of its tables, with the levels each stands under."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from perftable_etl.document import Cell, Place, least_confidence
from perftable_etl.fields import Sort
from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import IndicatorCells, IndicatorTable, read_rows, source, text_of
from perftable_etl.normalize.interpret.levels import (
    Levels,
    is_name_in_level2,
    levels_at,
    report_missing_level2,
    report_two_groups,
    with_only_level2,
)
from perftable_etl.normalize.interpret.other_levels import are_of_other_scheme
from perftable_etl.normalize.interpret.row_values import (
    IndicatorName,
    has_points,
    read_actual,
    read_direction,
    read_name,
    read_points,
    read_remark,
    read_target,
    read_texts,
)
from perftable_etl.normalize.interpret.target_columns import Rows, TargetColumns, labels_beside
from perftable_etl.normalize.interpret.unlabelled import report_unlabelled
from perftable_etl.normalize.layouts.labels import LONGEST_LABEL
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.sentences import is_closed, states_value
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import INDICATOR_FIELDS, FieldName, Indicator, Severity, Source, Target


def read_indicators(
    tables: Sequence[IndicatorTable], rows: Rows, coverage: Coverage, year: int | None
) -> Iterator[Indicator]:
    """The indicators of a form's tables; `rows` are its cells by grid row. Every cell used is settled."""
    ordinals = count(1)
    _report_untold_time(tables, rows, coverage)
    for table in tables:
        _settle_heads(table, rows, coverage)
        _settle_sides(table, rows, coverage)
        _settle_totals(table, rows, coverage)
        _report_strays(table, rows, coverage)
        _report_unknown_columns(table, rows, coverage)
        for targets in table.targets:
            yield from _read_targets(table, targets, rows, coverage, year, ordinals)


def _read_targets(
    table: IndicatorTable,
    targets: TargetColumns,
    rows: Rows,
    coverage: Coverage,
    year: int | None,
    ordinals: Iterator[int],
) -> Iterator[Indicator]:
    """The indicators that one target of each row makes."""
    names = {
        place: column.name for column in targets.columns for place in range(column.first, column.end) if column.name
    }
    report_unlabelled([[cell.cell for cell in rows[row]] for row in table.rows], names, coverage)
    has_level2 = "level2" in names.values()
    levels, previous = Levels(), IndicatorCells({})
    printed = list(read_rows(table, targets, rows))
    of_all = _OfAll(targets, year, _severity_of_blank(printed, targets))
    is_other = are_of_other_scheme(cell for row in printed if not is_name_in_level2(row) for cell in row.all("level2"))
    for row in printed:
        above, levels = levels, levels_at(row, levels, coverage, is_other=is_other)
        if has_level2 and levels is not above:
            levels = with_only_level2(levels)
        report_two_groups(row, previous.names[0] if previous.names else None, above, levels, coverage)
        if row.printed == previous.printed:
            continue
        if not row.says_something:
            coverage.cover(*row.names, *(cell for cell in row.leaves if is_placeholder(cell.text)))
            continue
        previous = row
        if has_level2 and levels is not above and not is_name_in_level2(row):
            report_missing_level2(levels, coverage)
        yield _indicator(next(ordinals), row, levels, of_all, coverage)


class _OfAll(NamedTuple):
    """What all rows of one target have together: its columns, the form's year, and how severe a blank target is.

    `blank` is None where the table gives points to what it names, and has no targets.
    """

    targets: TargetColumns
    year: int | None
    blank: Severity | None


def _severity_of_blank(rows: Sequence[IndicatorCells], targets: TargetColumns) -> Severity | None:
    """How severe a blank target is: where all are, and a name says what is to be reached, none was lost."""
    if _has_points_only(targets):
        return None
    is_blank = all(not text_of(cell) for row in rows for cell in row.all("target"))
    names = (text_of(row.names[0]) for row in rows if row.names)
    return "info" if is_blank and any(states_value(fold(name)) for name in names) else "warning"


def _indicator(ordinal: int, row: IndicatorCells, levels: Levels, of_all: _OfAll, coverage: Coverage) -> Indicator:
    targets, year = of_all.targets, of_all.year
    name, target = read_name(row), read_target(row, year)
    place = _span((*name.cells, *row.target_pieces))
    _cover(row, coverage)
    _report_row(ordinal, name.raw, target, place, of_all.blank, coverage)
    read_from = (*name.cells, *row.target_pieces, levels.level1_cell, levels.level2_cell)
    return Indicator(
        ordinal=ordinal,
        level1=levels.level1,
        level2=levels.level2.name if levels.level2 else None,
        level3=name.text,
        level1_raw=levels.level1_raw,
        level2_raw=levels.level2_raw,
        level3_raw=name.raw,
        target=target,
        phase=targets.phase,
        area=targets.area,
        actual=read_actual(row, year),
        remark=read_remark(row, name.explained, targets.columns),
        direction=read_direction(row, name.raw, target),
        scheme=levels.level2.scheme if levels.level2 else None,
        place=place,
        sources=(*levels.sources, *_sources(row, name)),
        confidence=least_confidence([cell.confidence for cell in read_from if cell]),
        **_beside(row),
    )


def _beside(row: IndicatorCells) -> dict[str, Any]:
    """What a row says in columns of their own of fields that are read by their sort of value alone."""
    return {field: _READ[INDICATOR_FIELDS[field].sort](row, field) for field in _BY_SORT if field in row.cells}


_READ: dict[Sort, Callable[[IndicatorCells, FieldName], str | Decimal | None]] = {
    "text": read_texts,
    "number": read_points,
}

_BESIDE: tuple[FieldName, ...] = tuple(
    name for name in INDICATOR_FIELDS if name not in ("level1", "level2", "level3", "target", "area")
)
"""The fields that stand in a column of their own beside the name and the target."""

_BY_SORT = tuple(name for name in _BESIDE if name != "remark" and INDICATOR_FIELDS[name].sort in _READ)
"""Those of them that are read by their sort of value alone."""

_SOURCES: tuple[tuple[ColumnName, FieldName], ...] = (
    ("sign", "target"),
    ("target", "target"),
    ("unit", "target"),
    *((name, name) for name in _BESIDE),
)
"""The columns whose cells are printed sources, in the order they are read, and the field that each is for."""

_POINTS = tuple(name for name in _BESIDE if INDICATOR_FIELDS[name].sort == "number")


def _sources(row: IndicatorCells, name: IndicatorName) -> Iterator[Source]:
    """Where the fields of a row stand, but for its levels: a source for each printed piece."""
    for cell in name.cells:
        yield from source("level3", cell)
    for column, field in _SOURCES:
        if column in row.cells:
            for cell in row.cells[column]:
                yield from source(field, cell)
    for cell in name.explained:
        yield from source("remark", cell)


def _cover(row: IndicatorCells, coverage: Coverage) -> None:
    """Settle the cells of a row, but for those that hold no points where points belong."""
    leaves = row.leaves
    for name in _POINTS:
        if name in row.cells:
            doubtful = [cell for cell in row.cells[name] if not has_points(cell)]
            leaves = tuple(cell for cell in leaves if cell not in doubtful) if doubtful else leaves
    coverage.cover(*row.names, *leaves)


def _report_untold_time(tables: Sequence[IndicatorTable], rows: Rows, coverage: Coverage) -> None:
    """Say where one of several tables does not print what time it is for, as the others do: it may be another."""
    told = {targets.phase for table in tables for targets in table.targets if targets.is_told}
    for table in tables:
        beside = labels_beside(table.header, rows)
        if beside and any(not targets.is_told and targets.phase in told for targets in table.targets):
            first = beside[0].cell
            message = "nothing says what time the targets of this table are for; they are read as the year's"
            coverage.report("unknown_cell", "warning", message, first.text, first.place)


def _settle_heads(table: IndicatorTable, rows: Rows, coverage: Coverage) -> None:
    """Settle the heads of columns, but for those of columns with cells that are not read: they say what these are."""
    for header in table.headers:
        coverage.cover(*(cell.cell for cell in header.cells))
    for head in _unknown_heads(table):
        coverage.leave(head)


def _unknown_heads(table: IndicatorTable) -> list[Cell]:
    return [column.head.cell for column in table.columns if column.name is None and column.head and column.head.text]


def _settle_sides(table: IndicatorTable, rows: Rows, coverage: Coverage) -> None:
    """Settle the labels left of a table that are merged down beside its rows: they say what the rows are about."""
    first, header = table.header.columns[0].first, table.header
    own = [cell.cell for cell in rows[header.row] if cell.end_column <= first]
    coverage.cover(*(cell for cell in own if cell.end_row > header.end_row and len(cell.text) <= LONGEST_LABEL))


def _settle_totals(table: IndicatorTable, rows: Rows, coverage: Coverage) -> None:
    """Settle the rows that sum up the points: their label, and the points themselves."""
    for row in table.totals:
        own = [cell.cell for cell in rows[row] if cell.row == row and cell.text]
        coverage.cover(own[0], *(cell for cell in own[1:] if has_points(cell)))


def _report_strays(table: IndicatorTable, rows: Rows, coverage: Coverage) -> None:
    """Say where heads stand among the rows that begin another table, and not all of them are known."""
    for row in table.strays:
        cells = [cell.cell for cell in rows[row] if cell.row == row and cell.text]
        message = "these cells head columns, and not as above; what stands below them is read as above; compare it"
        coverage.tell_together(cells, message)


def _report_unknown_columns(table: IndicatorTable, rows: Rows, coverage: Coverage) -> None:
    """Say once that there are columns that nothing tells the use of; their cells are in no field."""
    unknown = [column for column in table.columns if column.name is None]
    if not unknown:
        return
    below = {id(cell): cell.cell for row in table.rows for cell in rows[row] if cell.text}
    cells = [cell for cell in below.values() if any(column.first <= cell.column < column.end for column in unknown)]
    if len(cells) == 1 and cells[0].column == table.columns[0].first and cells[0].row_span > 1:
        coverage.cover(cells[0], *_unknown_heads(table))  # one label beside all rows, under a head of its own
    elif cells:
        heads = [" ".join(column.text.split()) or "(blank)" for column in unknown]
        message = "nothing says what is in these columns: {heads}; {count} cells are not read"
        coverage.tell_together([*cells, *_unknown_heads(table)], Message(message, heads=heads, count=len(cells)))
    else:
        coverage.cover(*_unknown_heads(table))


def _report_row(
    ordinal: int, name: str, target: Target, place: Place, blank: Severity | None, coverage: Coverage
) -> None:
    if not name:
        coverage.report(
            "no_name", "error", "this target has no indicator name; read it on the page", target.raw, place, ordinal
        )
    if not target.raw.strip():
        if blank:
            severity = "info" if is_closed(fold(name)) else blank
            coverage.report("no_target", severity, "this indicator has no target", name, place, ordinal)
    elif target.kind == "missing" and fold(target.raw).startswith("("):
        message = "the target has a unit in brackets, but no number before it; compare it with the page"
        coverage.report("no_target", "warning", message, target.raw, place, ordinal)


def _has_points_only(targets: TargetColumns) -> bool:
    """Whether the table gives points to what it names, and no target."""
    names = {column.name for column in targets.columns}
    return not names & {"target", "actual"} and not names.isdisjoint(_POINTS)


def _span(cells: Sequence[Cell]) -> Place:
    """Where a row is: the box around what is printed of its name and its target, on the first page of them."""
    (page, box), *others = [cell.place for cell in cells if cell.text]
    for other, beside in others:
        if other == page:
            box = box.union(beside)
        elif other < page:
            page, box = other, beside
    return Place(page, box)
