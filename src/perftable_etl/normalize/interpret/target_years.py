"""Indicator tables with columns for several years, each headed by one (2023年, 2024年目标值): the form's year counts.

An indicator has one target of the form's year. What stands below the other years is kept as a remark with its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from perftable_etl.messages import Message
from perftable_etl.normalize.forms.table_heads import IndicatorColumn
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable
from perftable_etl.normalize.interpret.target_columns import TargetColumns, year_of
from perftable_etl.normalize.layouts.words import ColumnName

_FEWEST_YEARS = 2
_DATED: tuple[ColumnName, ...] = ("target", "actual")


def of_year(tables: Iterable[IndicatorTable], year: int | None, coverage: Coverage) -> tuple[IndicatorTable, ...]:
    """The tables with what is of the form's year alone."""
    return tuple(_of_year(table, year, coverage) for table in tables)


def _of_year(table: IndicatorTable, year: int | None, coverage: Coverage) -> IndicatorTable:
    years = {column: found for column in table.columns if column.name in _DATED and (found := year_of(column))}
    if len(set(years.values())) < _FEWEST_YEARS:
        return table
    others = set(_of_others(table.columns, years, year, coverage))
    aside = {column: column.as_remark() for column in others}
    return replace(
        table,
        columns=tuple(aside.get(column, column) for column in table.columns),
        targets=tuple(_without(table.targets, aside)),
    )


def _of_others(
    columns: Sequence[IndicatorColumn], years: Mapping[IndicatorColumn, int], year: int | None, coverage: Coverage
) -> Iterator[IndicatorColumn]:
    """The columns of other years than the form's; where no target is of that, those but for the first."""
    yield from (column for column, own in years.items() if column.name != "target" and own != year)
    targets = [column for column in columns if column.name == "target"]
    if any(years.get(column, year) == year for column in targets):
        yield from (column for column in targets if years.get(column, year) != year)
    elif targets:
        _report_other_years(targets, years, coverage)
        yield from targets[1:]


def _report_other_years(
    targets: Sequence[IndicatorColumn], years: Mapping[IndicatorColumn, int], coverage: Coverage
) -> None:
    """Say that the targets of no column are of the form's year."""
    head = targets[0].head
    printed = ", ".join(str(years[column]) for column in targets)
    message = Message(
        "the targets are for {years}, and none of these is the form's year; those of the first are read", years=printed
    )
    coverage.report("no_fiscal_year", "warning", message, targets[0].text, head.cell.place if head else None)


def _without(
    parted: Sequence[TargetColumns], aside: Mapping[IndicatorColumn, IndicatorColumn]
) -> Iterator[TargetColumns]:
    """The targets of the form's year; what was parted among the others goes to the first of them."""
    kept = [targets for targets in parted if not any(_is_target(column, aside) for column in targets.columns)]
    every = {column: None for targets in parted for column in targets.columns}
    own = {column for targets in kept[1:] for column in targets.columns if column.name == "target"}
    for index, targets in enumerate(kept):
        columns = (column for column in every if column not in own) if index == 0 else iter(targets.columns)
        yield targets._replace(columns=tuple(sorted((aside.get(column, column) for column in columns), key=_first)))


def _is_target(column: IndicatorColumn, aside: Mapping[IndicatorColumn, IndicatorColumn]) -> bool:
    return column.name == "target" and column in aside


def _first(column: IndicatorColumn) -> int:
    return column.first
