from __future__ import annotations

from dataclasses import replace

import pytest

from perftable_etl.document import Box, Cell, Grid, Line, Page, Rule, Word
from perftable_etl.extract.grids import lay_out
from perftable_etl.geometry.reading_order import split_lines
from perftable_etl.geometry.transform import turn
from tests.extract.pages import horizontal, lattice, page, vertical, word

XS, YS = (50.0, 150.0, 300.0), (100.0, 120.0, 140.0, 160.0)


def grid(rules: list[Rule], *words: Word) -> Grid:
    (found,) = (block for block in lay_out(page(rules, words)).blocks if isinstance(block, Grid))
    return found


def shape(cell: Cell) -> tuple[int, int, int, int]:
    return cell.row, cell.column, cell.row_span, cell.column_span


def texts(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells]


def without(rules: list[Rule], *gone: Rule) -> list[Rule]:
    assert set(gone) <= set(rules)
    return [rule for rule in rules if rule not in gone]


def test_every_square_is_a_cell_with_the_words_in_it() -> None:
    found = grid(lattice(XS, YS), word("左", 60, 105), word("右", 160, 105), word("下", 160, 145))
    assert [shape(cell) for cell in found.cells] == [(row, column, 1, 1) for row in range(3) for column in range(2)]
    assert texts(found) == ["左", "右", "", "", "", "下"]
    assert found.cells[1].place == (1, Box(150, 100, 300, 120))


def test_a_missing_floor_merges_cells_down() -> None:
    rules = [*without(lattice(XS, YS), horizontal(120, 50, 300)), horizontal(120, 150, 300)]
    found = grid(rules, word("合", 60, 108), word("并", 60, 121))
    assert [shape(cell) for cell in found.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (1, 1, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
    ]
    assert found.cells[0].text == "合\n并"


def test_a_missing_wall_merges_cells_across() -> None:
    rules = [*without(lattice(XS, YS), vertical(150, 100, 160)), vertical(150, 120, 160)]
    assert [shape(cell) for cell in grid(rules).cells][:3] == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_cells_merge_both_ways() -> None:
    inner = [vertical(150, 140, 160), horizontal(140, 50, 300)]
    rules = [*lattice((50, 300), (100, 160)), *inner, horizontal(120, 300, 400), *lattice((300, 400), (100, 160))]
    assert shape(grid(rules).cells[0]) == (0, 0, 2, 2)


def test_an_l_shaped_gap_is_cut_into_rectangles() -> None:
    """The square above right is closed; the three others have no rule between them. Nothing is counted twice."""
    frame = lattice((50, 300), (100, 140))
    found = grid(
        [*frame, vertical(150, 100, 120), horizontal(120, 150, 300)], word("角", 60, 105), word("底", 200, 125)
    )
    squares = [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.end_row)
        for column in range(cell.column, cell.end_column)
    ]
    assert sorted(squares) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert sorted(filter(None, texts(found))) == ["底", "角"]


def test_lines_of_a_cell_keep_their_breaks_and_order() -> None:
    found = grid(lattice(XS, (100, 160)), word("第二行", 60, 130), word("行", 80, 110), word("第一", 60, 110))
    assert found.cells[0].text == "第一行\n第二行"


def test_words_apart_are_joined_by_a_space_and_words_that_touch_by_nothing() -> None:
    words = (word("完成", 60, 110), word("5G", 80, 110), word("专网", 103, 110))
    assert grid(lattice(XS, (100, 160)), *words).cells[0].text == "完成5G 专网"


def test_a_superscript_stays_on_its_line() -> None:
    words = [word("985m", 60, 110), Word("2", Box(100, 108, 104, 114)), word("道路", 60, 125)]
    assert [[w.text for w in line] for line in split_lines(words)] == [["985m", "2"], ["道路"]]


def test_text_outside_is_lines_in_reading_order() -> None:
    words = (word("续表", 60, 200), word("标题", 60, 50), word("2025年", 90, 50), word("内", 60, 105))
    laid_out = lay_out(page(lattice(XS, YS), words))
    assert [block.text if isinstance(block, Line) else "grid" for block in laid_out.blocks] == [
        "标题 2025年",
        "grid",
        "续表",
    ]


def test_text_that_the_lower_edge_runs_through_belongs_to_the_cell() -> None:
    found = grid(lattice(XS, YS), word("末行", 60, 156))
    assert texts(found)[-2:] == ["末行", ""]


def test_text_that_only_touches_the_edge_stays_outside() -> None:
    laid_out = lay_out(page(lattice(XS, YS), [word("表后", 60, 159)]))
    assert [block.text for block in laid_out.blocks if isinstance(block, Line)] == ["表后"]


def test_a_word_without_width_on_the_right_edge_belongs_to_its_row() -> None:
    """As damaged fonts have them."""
    found = grid(lattice(XS, YS), Word("宽", Box(300, 105, 300, 114)))
    assert texts(found) == ["", "宽", "", "", "", ""]


def test_text_that_begins_in_the_frame_and_overflows_it_belongs_to_its_row() -> None:
    found = grid(lattice(XS, YS), word("末", 298, 105), word("外", 299.5, 125))
    assert texts(found)[:4] == ["", "末", "", ""]


@pytest.mark.parametrize("lines", [(20.0,), (20.0, 24.0)], ids=["single", "double"])
def test_a_border_around_the_page_is_no_table(lines: tuple[float, ...]) -> None:
    border = [rule for at in lines for rule in lattice((at, 600 - at), (at, 800 - at))]
    tables = [*lattice(XS, YS), *lattice(XS, (300, 330, 360))]
    found = [block for block in lay_out(page([*border, *tables])).blocks if isinstance(block, Grid)]
    assert found == [block for block in lay_out(page(tables)).blocks if isinstance(block, Grid)]


def test_a_frame_whose_rules_end_just_before_it_is_a_table() -> None:
    inner = [horizontal(130, 53, 297), vertical(150, 103, 157)]
    (found,) = (block for block in lay_out(page([*lattice((50, 300), (100, 160)), *inner])).blocks)
    assert isinstance(found, Grid)
    assert len(found.cells) == 4


def test_open_edges_are_told_per_cell() -> None:
    """The page ends below the table's last row; only the merged label on the left is closed."""
    rules = [*lattice(XS, (100, 120, 140)), vertical(50, 140, 160), vertical(150, 140, 160), vertical(300, 140, 160)]
    found = grid([*rules, horizontal(160, 50, 150)])
    assert [(cell.cut_above, cell.cut_below) for cell in found.cells[-2:]] == [(False, False), (False, True)]
    assert not any(cell.cut_above for cell in found.cells)


def test_two_tables_keep_their_words_apart() -> None:
    rules = [*lattice(XS, YS), *lattice((350, 450), (100, 160))]
    laid_out = lay_out(
        Page(1, 600, 800, (word("左", 60, 105), word("右", 360, 105), word("外", 310, 105)), tuple(rules))
    )
    first, second = (block for block in laid_out.blocks if isinstance(block, Grid))
    assert [texts(first)[0], texts(second)[0]] == ["左", "右"]
    assert [block.text for block in laid_out.blocks if isinstance(block, Line)] == ["外"]


def test_two_pages_on_one_sheet_are_read_one_by_one() -> None:
    left, right = lattice((50, 150, 250), (100, 130)), lattice((450, 550, 650), (80, 110))
    words = [word("甲表", 100, 60), word("乙表", 500, 60), word("甲", 60, 120), word("乙", 460, 100)]
    laid_out = lay_out(replace(page([*left, *right], words), width=800, height=500))
    assert [block.text if isinstance(block, Line) else texts(block)[0] for block in laid_out.blocks] == [
        "甲表",
        "甲",
        "乙表",
        "乙",
    ]


def test_a_title_across_two_tables_keeps_their_sheet_whole() -> None:
    left, right = lattice((50, 150, 250), (100, 130)), lattice((450, 550, 650), (80, 110))
    words = [word("甲表", 100, 60), word("两个表的标题", 370, 60), word("乙表", 500, 60)]
    laid_out = lay_out(replace(page([*left, *right], words), width=800, height=500))
    assert [block.text for block in laid_out.blocks if isinstance(block, Line)] == ["甲表 两个表的标题 乙表"]


def test_a_levelled_page_has_its_places_where_the_paper_has_them() -> None:
    """The words and rules are level; the paper was 2 degrees clockwise, so what is left of its middle lies higher."""
    words = (word("左", 60, 105), word("外", 60, 50))
    level = lay_out(page(lattice(XS, YS), words))
    askew = lay_out(replace(page(lattice(XS, YS), words), skew=2.0))
    for before, after in zip(level.blocks, askew.blocks, strict=True):
        assert after.place.box == turn(2.0, 600, 800).box(before.place.box)
    (one,), (other,) = ([block for block in laid_out.blocks if isinstance(block, Grid)] for laid_out in (level, askew))
    assert other.cells[0].place.box == pytest.approx((59.9, 91.5, 160.6, 114.9), abs=0.1)
    assert (texts(other), other.boundaries) == (texts(one), one.boundaries)
