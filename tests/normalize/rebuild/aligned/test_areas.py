"""Where the forms on stacked pages begin and end."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.areas import TableArea, find_form_areas
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.pages import passage, stacked


def test_stacked_pages_without_the_name_of_a_project_have_no_form() -> None:
    """As where the characters do not join to the label that their page's words have."""
    assert list(find_form_areas(stacked(), VOCABULARY)) == []
    assert list(find_form_areas(stacked([passage("三级指标", 100, 0), passage("指标值", 300, 0)]), VOCABULARY)) == []


def words_of_form() -> list[Passage]:
    """A form with an indicator table of two rows, on the first page."""
    labels = ("项目名称", "主管部门", "实施单位", "项目性质", "项目类别", "计划开始日期")
    above = [text for line, label in enumerate(labels) for text in (passage(label, 50, line), passage("某", 200, line))]
    return [*above, *header(7), passage("绩效指标", 20, 8), *row("巡检", 8), *row("培训", 9)]


def header(line: float, page: int = 1) -> list[Passage]:
    texts = ("一级指标", 100), ("二级指标", 200), ("三级指标", 300), ("年度指标值", 450)
    return [passage(text, x, line, page) for text, x in texts]


def row(name: str, line: float, page: int = 1) -> list[Passage]:
    texts = ("产出指标", 100), ("数量指标", 200), (name, 300), ("≥1(次)", 450)
    return [passage(text, x, line, page) for text, x in texts]


def tables(words: list[Passage]) -> list[TableArea]:
    areas = find_form_areas(stacked(words), VOCABULARY)
    return [section.table for sections in areas for section in sections if section.table]


def test_a_header_that_a_page_prints_again_heads_no_new_table() -> None:
    (table,) = tables([*words_of_form(), *header(10, 2), *row("宣传", 11, 2)])
    assert list(table.repeated) == header(10, 2)
    assert set(row("宣传", 11, 2)) <= set(table.below)


def test_a_title_at_the_head_of_a_page_does_not_end_a_table_that_goes_on() -> None:
    title = passage("某某区水务局2025年度项目绩效目标汇总表", 100, 10, 2)
    (table,) = tables([*words_of_form(), title, *row("宣传", 11, 2)])
    assert set(row("宣传", 11, 2)) <= set(table.below)
    assert title in table.repeated


def test_a_page_break_may_cut_a_label_beside_the_rows() -> None:
    upper, lower = passage("绩效", 20, 9), passage("指标", 20, 11, 2)
    words = [word for word in words_of_form() if word.text != "绩效指标"]
    (table,) = tables([*words, upper, *header(10, 2), lower, *row("宣传", 11, 2)])
    assert [side.words for side in table.sides] == [{upper, lower}]


def test_places_below_a_header_head_its_columns() -> None:
    words = [word for word in words_of_form() if word.top < 8 * 15 or word.x0 < 50]
    places = passage("青岚区", 420, 8), passage("临湖新区", 500, 8)
    targets = passage("≥2(次)", 500, 10), passage("≥3(次)", 500, 11)
    (table,) = tables([*words, *places, *row("巡检", 10), *row("培训", 11), *targets])
    assert [head.passage.text for head in table.head.heads][-2:] == ["青岚区", "临湖新区"]
