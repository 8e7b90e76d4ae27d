"""Two rows that a missing rule has joined are read as two, and told; lines of one text are not."""

from __future__ import annotations

from perftable_etl.document import Flaw, Grid, Word
from perftable_etl.extract.grids import lay_out
from tests.extract.pages import lattice, page, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 140.0, 160.0)


def texts(*words: Word) -> list[str]:
    (grid,) = (block for block in lay_out(page(lattice(XS, YS), words)).blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.cells if cell.row < grid.row_count - 1]


def flaws(*words: Word) -> list[str]:
    found: tuple[Flaw, ...] = lay_out(page(lattice(XS, YS), words)).flaws
    return [flaw.text for flaw in found if flaw.kind == "rule_missing"]


TWO_ROWS = (word("借阅", 60, 105), word("≥35", 160, 105), word("满意", 60, 125), word("优", 160, 125))


def test_texts_that_stand_apart_at_one_height_are_two_rows() -> None:
    assert texts(*TWO_ROWS) == ["借阅", "≥35", "满意", "优"]
    assert flaws(*TWO_ROWS) == ["借阅", "≥35"]


def test_one_cell_alone_may_have_a_line_broken_by_hand() -> None:
    assert texts(word("借阅", 60, 105), word("≥35", 160, 115), word("满意", 60, 125)) == ["借阅\n满意", "≥35"]


def test_lines_that_are_full_are_one_text() -> None:
    full = (word("图书馆阅览室开", 60, 105), word("满意度不低于百分之九十三", 160, 105))
    below = (word("放日", 60, 125), word("点五", 160, 125))
    assert texts(*full, *below) == ["图书馆阅览室开\n放日", "满意度不低于百分之九十三\n点五"]


def test_lines_at_one_distance_are_one_text() -> None:
    lines = [word(text, x, y) for x, text in ((60, "第一"), (160, "第二")) for y in (103, 115, 127)]
    assert len(texts(*lines)) == 2
