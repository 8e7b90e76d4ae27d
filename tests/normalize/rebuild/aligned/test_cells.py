"""Which printed lines are one cell."""

from __future__ import annotations

from perftable_etl.document import Page
from perftable_etl.normalize.rebuild.aligned.cells import cells_of
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.passages import EM, word


def page(*lines: tuple[str, float, float]) -> Page:
    return Page(1, 600, 800, tuple(word(*line) for line in lines), ())


def texts(printed: Page) -> set[str]:
    return {cell.text for cell in cells_of([printed], VOCABULARY).cells[0]}


def test_lines_nearer_than_rows_are_one_cell() -> None:
    printed = page(("巡检发现问题", 0, 0), ("整改到位率", 0, 13), ("培训次数", 0, 40))
    assert cells_of([printed], VOCABULARY).em == EM
    assert texts(printed) == {"巡检发现问题\n整改到位率", "培训次数"}


def test_lines_further_apart_than_text_is_set_are_two_cells() -> None:
    assert texts(page(("巡检发现问题", 0, 0), ("整改到位率", 0, 20))) == {"巡检发现问题", "整改到位率"}


def test_rows_as_near_as_lines_are_told_by_what_stands_beside_them() -> None:
    lines = [
        (text, x, at * 16.0)
        for at, pair in enumerate(zip(NAMES, TARGETS, strict=True))
        for x, text in zip((0, 200), pair, strict=True)
    ]
    assert texts(page(*lines)) >= {"巡检次数", "检查次数", "≥5次", "≥6次"}


NAMES = ("巡检次数", "志愿服务活动次数", "检查次数", "专题讲座覆盖的街镇数", "宣传次数", "演练次数")
TARGETS = ("≥5次", "≥6次", "≥7次", "≥8次", "≥9次", "≥4次")
