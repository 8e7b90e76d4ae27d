"""Prints the indicators of a project's whole life beside those of the year: two tables that share their first level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from tests.drawing.forms import LEVEL1_OF
from tests.drawing.kinds.goal_block import print_goals_over
from tests.drawing.kinds.indicator_block import WIDTHS
from tests.drawing.kinds.records import Indicator
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words

COLUMNS = ("level2", "level3", "target")
LEFT, RIGHT = range(2, 5), range(5, 8)
OVERALL = ("中期目标", "长期目标", "中长期目标", "实施期目标")
ANNUAL = ("年度目标", "年度总体目标", "本年度绩效目标")


def side_by_side_widths() -> list[float]:
    """The widths of the grid: a side label, level 1, and the columns of both tables."""
    return [4.0, WIDTHS["level1"], *(WIDTHS[name] for _ in range(2) for name in COLUMNS)]


def print_side_by_side(
    sheet: Sheet, goals: Mapping[str, str], tables: tuple[Sequence[Indicator], Sequence[Indicator]], words: Words
) -> None:
    """The goals over the tables that they are the goals of, and both tables."""
    print_goals_over(sheet, ((1, LEFT.stop), (RIGHT.start, RIGHT.stop)), goals, words)
    head = len(sheet.rows)
    heads = [words(f"columns.{name}") for name in ("level1", *COLUMNS, *COLUMNS)]
    sheet.put_row("columns", [(column, column + 1) for column in range(1, 8)], heads)
    for level1, names in groupby(_level2_names(tables), LEVEL1_OF.__getitem__):
        first = len(sheet.rows)
        for level2 in names:
            _print_group(sheet, level2, [[row for row in table if row.level2 == level2] for table in tables])
        sheet.put((1, 2), level1, row=first, rows=len(sheet.rows) - first)
    sheet.put((0, 1), words("sides.indicators"), row=head, rows=len(sheet.rows) - head)


def _level2_names(tables: Sequence[Sequence[Indicator]]) -> list[str]:
    printed = {row.level2 for table in tables for row in table}
    return [name for name in LEVEL1_OF if name in printed]


def _print_group(sheet: Sheet, level2: str, groups: Sequence[Sequence[Indicator]]) -> None:
    """The rows of one level 2, blank where one table has fewer than the other."""
    count, first = max(map(len, groups)), len(sheet.rows)
    for number in range(count):
        sheet.begin_row("indicator")
        for columns, rows in zip((LEFT, RIGHT), groups, strict=True):
            row = rows[number] if number < len(rows) else None
            sheet.put((columns[1], columns[1] + 1), row.level3 if row else "", align="left")
            sheet.put((columns[2], columns[2] + 1), row.values[0].merged("bare") if row else "")
    for columns in (LEFT, RIGHT):
        sheet.put((columns[0], columns[0] + 1), level2, row=first, rows=count)
