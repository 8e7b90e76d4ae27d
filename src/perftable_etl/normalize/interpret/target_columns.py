"""Whose and which time's the targets of an indicator table are: a table may have several columns of them.

The head of a column says it (半年, 全年, the name of a county), or what stands over or beside the table (中期目标,
年度目标). Each such column gives a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.table_heads import TREE, Header, IndicatorColumn
from perftable_etl.normalize.layouts.headings import read_year
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.titles import year_of_name
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.text import clean
from perftable_etl.records import IndicatorPhase

Rows = Sequence[Sequence[LabelledCell]]


class TargetColumns(NamedTuple):
    """The columns that one target of a row is read from, and the time and the place that it is for.

    `is_told` says that the form prints the time; else it is the year.
    """

    columns: tuple[IndicatorColumn, ...]
    phase: IndicatorPhase
    area: str | None = None
    is_told: bool = True


def part_by_target(
    header: Header, tables: Sequence[Sequence[IndicatorColumn]], rows: Rows, vocabulary: Vocabulary
) -> tuple[TargetColumns, ...]:
    """The columns of tables that stand side by side, those of each target apart; a later table shares the levels."""
    phases = _phases_above(header, tables, rows, vocabulary) or (_phase_beside(header, rows, vocabulary),)
    shared = tuple(column for column in tables[0] if column.name in TREE and column.name != "level3")
    found: list[TargetColumns] = []
    for index, table in enumerate(tables):
        names = {column.name for column in table}
        whole = (*(column for column in shared if column.name not in names), *table)
        found += _targets_of(whole, phases[index] if index < len(phases) else None, vocabulary)
    return tuple(found)


def _targets_of(
    table: Sequence[IndicatorColumn], phase: IndicatorPhase | None, vocabulary: Vocabulary
) -> Iterator[TargetColumns]:
    """One for each target that a row of the table has. `phase` is what is said of the table as a whole."""
    table = tuple(_without_others(table, vocabulary))
    targets = [column for column in table if column.name == "target"]
    if len(targets) < 2:
        own = vocabulary.period(targets[0].text) if targets else None
        yield TargetColumns(table, phase or own or "year", is_told=bool(phase or own))
        return
    main = _main(targets, vocabulary)
    for index, target in enumerate(targets):
        columns = tuple(column for column in table if _is_of(column, index, targets, table, is_main=target is main))
        own = vocabulary.period(target.text)
        yield TargetColumns(columns, own or phase or "year", _area(target, vocabulary), bool(own or phase))


def _without_others(table: Sequence[IndicatorColumn], vocabulary: Vocabulary) -> Iterator[IndicatorColumn]:
    """The columns of a table; of targets but the first for which nothing says time or place a remark is made.

    So is the target of the whole life beside the year's: it is what that is a part of, not another indicator. A second
    one of the year is a remark too: an indicator has one (年初目标值 beside 全年预计值).
    """
    targets = [column for column in table if column.name == "target"]
    has_year = any(vocabulary.period(column.text) == "year" for column in targets)
    is_open = not has_year
    seen: set[IndicatorPhase] = set()
    for column in table:
        if column.name != "target" or len(targets) < 2 or _area(column, vocabulary) or year_of(column):
            yield column
            continue
        period = vocabulary.period(column.text)
        is_own = (is_open and period is None) or period in ("year", "half_year") or (period and not has_year)
        is_own = is_own and not ("year" in seen and period == "year")
        is_open = is_open and period is not None
        seen |= {period} if period else set()
        yield column if is_own else column.as_remark()


def _main(targets: Sequence[IndicatorColumn], vocabulary: Vocabulary) -> IndicatorColumn:
    """The target that what is printed once in a row belongs to: the year's, else the first."""
    return next((column for column in targets if vocabulary.period(column.text) == "year"), targets[0])


_OF_EVERY_TARGET: frozenset[ColumnName | None] = frozenset({"sign", "unit", "nature", "weight", *TREE})


def _is_of(
    column: IndicatorColumn,
    index: int,
    targets: Sequence[IndicatorColumn],
    table: Sequence[IndicatorColumn],
    *,
    is_main: bool,
) -> bool:
    """Whether a column of a table is that of its `index`-th target, or says something of it."""
    if column.name == "target":
        return column is targets[index]
    alike = [other for other in table if other.name == column.name]
    if column.name in TREE or len(alike) != len(targets):
        return column.name in _OF_EVERY_TARGET or is_main
    return alike.index(column) == index


def year_of(column: IndicatorColumn) -> int | None:
    """The year that the head of a column names."""
    text = column.head.text if column.head else ""
    return read_year(text) or year_of_name(text)


def _area(target: IndicatorColumn, vocabulary: Vocabulary) -> str | None:
    """The place that a column of targets is for: what heads it names one, or nothing else that heads columns."""
    text = target.head.text if target.head else ""
    if not text or vocabulary.period(text) or year_of(target):
        return None
    named = is_place(text) or (target.above is not None and vocabulary.head(text) is None)
    return clean(text) if named else None


def _phases_above(
    header: Header, tables: Sequence[Sequence[IndicatorColumn]], rows: Rows, vocabulary: Vocabulary
) -> tuple[IndicatorPhase | None, ...]:
    """What times the nearest row says that has a word of time over each of several tables; nothing where none has."""
    if len(tables) < 2:
        return ()
    for row in range(header.end_row - 1, -1, -1):
        over = [_over(table, rows[row]) for table in tables]
        phases = tuple(vocabulary.period(cell.text) if cell else None for cell in over)
        if len(set(phases)) == len(tables) and None not in phases:
            return phases
    return ()


def _over(table: Sequence[IndicatorColumn], cells: Sequence[LabelledCell]) -> LabelledCell | None:
    """The cell of a row that stands over most of a table's own columns."""
    first, end = table[0].first, table[-1].end

    def common(cell: LabelledCell) -> int:
        return min(end, cell.end_column) - max(first, cell.column)

    widest = max(cells, key=common, default=None)
    return widest if widest and common(widest) > 0 else None


def _phase_beside(header: Header, rows: Rows, vocabulary: Vocabulary) -> IndicatorPhase | None:
    """What time the labels say that stand to the left of a table."""
    return next((phase for cell in labels_beside(header, rows) if (phase := vocabulary.period(cell.text))), None)


def labels_beside(header: Header, rows: Rows) -> list[LabelledCell]:
    """The labels that are merged down to the left of a table, from its header on."""
    first = header.columns[0].first
    beside = (cell for cell in rows[header.row] if cell.end_column <= first and cell.end_row > header.end_row)
    return [cell for cell in beside if cell.text]
