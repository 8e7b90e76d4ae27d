"""Characters that touch one another are one word, whatever rule stands between them."""

from __future__ import annotations

from perftable_etl.document import Grid, Rule, Word
from perftable_etl.extract.grids import lay_out
from tests.extract.pages import lattice, page, vertical, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0, 160.0)


def middle_row(rules: list[Rule], *words: Word) -> list[str]:
    (grid,) = (block for block in lay_out(page(rules, words)).blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.cells if cell.row == 1]


def test_a_stray_rule_parts_no_word() -> None:
    rules = [*lattice(XS, YS), vertical(220, 120, 140)]
    assert middle_row(rules, word("读者", 200, 125), word("满意度", 220, 125)) == ["", "读者满意度"]


def test_the_border_of_a_column_parts_words() -> None:
    assert middle_row(lattice(XS, YS), word("读者", 130, 125), word("满意度", 150, 125)) == ["读者", "满意度"]


def test_texts_that_keep_off_a_rule_are_two() -> None:
    rules = [*lattice(XS, YS), vertical(220, 120, 140)]
    assert middle_row(rules, word("读者", 198, 125), word("满意度", 223, 125)) == ["", "读者", "满意度"]


def test_a_text_that_runs_over_the_next_is_one() -> None:
    own = (word("３，５００", 100, 125), word("．００", 150, 125))
    assert middle_row(lattice(XS, YS), *own, word("年度资金", 160, 125)) == ["３，５００．００", "年度资金"]


def test_texts_of_two_cells_over_one_another_are_told() -> None:
    words = [word("３，５００", 125, 125), word("年度资金", 160, 125)]
    found = lay_out(page(lattice(XS, YS), words)).flaws
    assert [(flaw.kind, flaw.text) for flaw in found] == [("texts_overlap", "３，５００ 年度资金")]
