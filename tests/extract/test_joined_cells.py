"""Cells that a missing rule has joined are two where their texts stand so, and one where they do not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perftable_etl.document import Grid, Rule, Word
from perftable_etl.extract.grids import lay_out
from tests.extract.pages import horizontal, lattice, page, vertical, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0, 160.0)


def grid(rules: Sequence[Rule], *words: Word) -> Grid:
    (found,) = (block for block in lay_out(page(rules, words)).blocks if isinstance(block, Grid))
    return found


def first_texts(*words: Word) -> list[str]:
    """The texts of the first row of a table whose first row has no wall."""
    rules = [rule for rule in lattice(XS, YS) if rule != vertical(150, 100, 160)]
    return [cell.text for cell in grid([*rules, vertical(150, 120, 160)], *words).cells if cell.row == 0]


def test_a_label_and_a_value_are_two_cells() -> None:
    assert first_texts(word("名称", 90, 105), word("图书", 215, 105)) == ["名称", "图书"]


def test_a_name_and_a_value_at_their_sides_are_two_cells() -> None:
    assert first_texts(word("名称", 53, 105), word("35", 278, 105)) == ["名称", "35"]


@pytest.mark.parametrize(
    "words",
    [
        (word("名称", 125, 105), word("图书", 152, 105)),
        (word("名称", 100, 105), word("图书", 190, 105)),
        (word("1", 55, 105), word("图书馆的建设", 155, 105)),
        (word("图书馆的建", 70, 105), word("设", 152, 115)),
        (word("图书馆的建设与开放工作", 52, 105), word("馆的", 175, 105)),
    ],
    ids=["a blank apart", "somewhere", "number of a paragraph", "on two lines", "over the boundary"],
)
def test_other_texts_are_one_cell(words: tuple[Word, ...]) -> None:
    assert len(first_texts(*words)) == 1


def test_cells_of_two_rows_are_two() -> None:
    rules = [rule for rule in lattice(XS, YS) if rule != horizontal(120, 50, 300)]
    found = grid([*rules, horizontal(120, 150, 300)], word("上", 95, 105), word("下", 95, 125))
    assert [(cell.text, cell.row_span) for cell in found.cells if cell.column == 0][:2] == [("上", 1), ("下", 1)]
