"""A line that stands on the text of the next row is put back to the text that it goes on with."""

from __future__ import annotations

import pytest

from perftable_etl.document import Word
from perftable_etl.extract.grid_area import GridArea
from perftable_etl.extract.joined_cells import CellWords
from perftable_etl.extract.spilled_lines import with_spilled_lines
from tests.extract.pages import word


def texts(*rows: list[Word]) -> list[list[str]]:
    cells = [CellWords(GridArea(row, 0, row + 1, 1), words) for row, words in enumerate(rows)]
    lines = [[[one] for one in words] if len(words) > 1 else [] for words in rows]
    return [
        [one.text for one in sorted(words, key=lambda one: one.box.y0)] for _, words in with_spilled_lines(cells, lines)
    ]


ABOVE, FIRST, OWN, LAST = word("巡护次数", 50, 100), word("讲座", 50, 107), word("社会", 50, 118), word("影响", 50, 129)


def test_the_first_line_goes_back_to_the_text_below() -> None:
    assert texts([ABOVE, FIRST], [OWN]) == [["巡护次数"], ["讲座", "社会"]]


def test_the_last_line_goes_back_to_the_text_above() -> None:
    assert texts([OWN], [LAST, word("合格率", 50, 134)]) == [["社会", "影响"], ["合格率"]]


@pytest.mark.parametrize(
    "rows",
    [
        ([ABOVE, word("讲座", 50, 112)], [word("社会", 50, 124)]),
        ([ABOVE, FIRST], [word("社会", 70, 118)]),
        ([ABOVE, FIRST], [word("社会", 50, 140)]),
        ([ABOVE, FIRST], []),
    ],
    ids=["lines of one text", "set elsewhere", "too far", "nothing below"],
)
def test_other_lines_stay(rows: tuple[list[Word], list[Word]]) -> None:
    assert texts(*rows) == [[one.text for one in words] for words in rows]
