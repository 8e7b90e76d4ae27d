"""A page that ends early in the midst of a form, and whose groups come last, is the form's last."""

from __future__ import annotations

from tests.normalize.grids import document, grid, texts, whole_form
from tests.normalize.reader import find_forms

FIRST = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
MIDDLE = [["", "产出指标", "质量指标", f"合格率{number}", "≥98(%)"] for number in range(16)]
LAST = [["", "效益指标", "社会效益指标", "知晓率", "≥90(%)"]]


def names(*pages: list[list[str]]) -> list[str]:
    parts = [grid(whole_form(FIRST), page=1), *(grid(rows, page=page) for page, rows in enumerate(pages, start=2))]
    (form,) = find_forms(document(*([part] for part in parts)))
    return [row[3] for row in texts(form) if row[3][:2] in ("巡查", "合格", "知晓", "及时")]


def test_the_last_page_that_lies_in_the_midst_is_put_last() -> None:
    assert names(LAST, MIDDLE) == names(MIDDLE, LAST)


def test_pages_whose_groups_are_in_order_stay() -> None:
    short = [["", "产出指标", "时效指标", "及时率", "≥90(%)"]]
    rest = [["", "效益指标", "社会效益指标", f"知晓率{number}", "≥90(%)"] for number in range(16)]
    assert names(short, rest)[1:3] == ["及时率", "知晓率0"]
