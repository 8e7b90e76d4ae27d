"""Lines that strike a text out, and lines that make ≥ of >: the page is read as a person reads it, and told."""

from __future__ import annotations

from perftable_etl.document import Grid, LaidOutPage, Rule, Word
from perftable_etl.extract.grids import lay_out
from tests.extract.pages import horizontal, lattice, page, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0)


def laid_out(*words: Word, line: Rule) -> LaidOutPage:
    return lay_out(page([*lattice(XS, YS), line], words))


def first_row(found: LaidOutPage) -> list[str]:
    (grid,) = (block for block in found.blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.cells if cell.row == 0]


def test_a_text_with_a_line_as_long_through_it_is_struck_out() -> None:
    found = laid_out(
        word("借阅", 60, 105), word("≥35", 160, 105), word("≥40", 195, 105), line=horizontal(110, 160, 190)
    )
    assert first_row(found) == ["借阅", "≥40"]
    assert [(flaw.kind, flaw.text) for flaw in found.flaws] == [("ruled_through", "≥35")]


def test_a_text_with_a_longer_line_through_it_is_kept() -> None:
    found = laid_out(word("借阅", 60, 105), word("≥35", 160, 105), line=horizontal(110, 155, 240))
    assert "≥35" in [cell.text for block in found.blocks if isinstance(block, Grid) for cell in block.cells]
    assert [flaw.kind for flaw in found.flaws] == ["ruled_through"]


def test_a_sign_with_a_line_below_it_is_another() -> None:
    found = laid_out(word("借阅", 60, 105), word(">35", 160, 105), line=horizontal(115.5, 160, 170))
    assert first_row(found) == ["借阅", "≥35"]
    assert [(flaw.kind, flaw.text) for flaw in found.flaws] == [("sign_underlined", ">35")]
