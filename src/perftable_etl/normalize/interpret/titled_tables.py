"""Tables that the title of a form stands over (项目支出绩效目标表): whatever words they print, they are forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.document import Block, Grid, Line
from perftable_etl.normalize.layouts.headings import LONGEST_HEADING, is_heading, is_title, names_performance

_COLONS = regex.escape("".join(look_alikes(":")))
_LABELLED = regex.compile(rf"\s*\p{{Han}}[\p{{Han}}()（）]{{1,14}}[{_COLONS}]\s*[^。；]*")
"""A label and what it says."""

_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
"""Rows of so many texts: a head and what stands below it. With less, the table says that there is nothing."""


def titled_tables(blocks: Sequence[Block]) -> frozenset[int]:
    """The ids of the tables right below the title of a form, or with one in their first rows."""
    found: set[int] = set()
    has_title = False
    for block in blocks:
        if isinstance(block, Line):
            has_title = _is_of_form(block.text) or (has_title and _may_stand_between(block.text))
            continue
        if has_title or _begins_with_title(block):
            found.add(id(block))
        has_title = False
    return frozenset(found)


def _is_of_form(text: str) -> bool:
    return is_title(text) and names_performance(text)


def _may_stand_between(text: str) -> bool:
    """Whether a line may stand between a title and its table: it says whose, when or in which unit."""
    return is_heading(text) or (len(text) <= LONGEST_HEADING and _LABELLED.fullmatch(text) is not None)


def _begins_with_title(grid: Grid) -> bool:
    first = next((cell for cell in grid.cells if cell.text), None)
    return first is not None and first.column_span == grid.column_count and _is_of_form(first.text)


def says_something(grid: Grid) -> bool:
    """Whether a table has more than heads."""
    texts = Counter(cell.row for cell in grid.cells if cell.text)
    return sum(count >= _FEWEST_CELLS for count in texts.values()) >= _FEWEST_ROWS
