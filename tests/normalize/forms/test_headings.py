"""Headings as they are printed: wrapped, far apart, several in one document."""

from __future__ import annotations

import pytest

from perftable_etl.normalize.forms.headings import find_headings, find_title
from tests.normalize.grids import document, line

ENDS_LIKE_A_FORMS_TITLE = pytest.mark.xfail(
    strict=True, reason="a wrapped title whose last line reads like a form's own title is not made whole"
)
OFFICE = "中共上海市委网络安全和信息化委员会办公室"


@pytest.mark.parametrize(
    "pieces",
    [
        [f"{OFFICE}2024年度项目", "绩效目标汇总表"],
        ["中共上海市委网络安全和信息化委员会", "办公室2024年度项目绩效目标汇总表"],
        [OFFICE, "2024年度项目绩效目标汇总表"],
        pytest.param(
            ["中共上海市委网络安全和", "信息化委员会办公室2024年度", "项目绩效目标汇总表"],
            marks=ENDS_LIKE_A_FORMS_TITLE,
        ),
    ],
)
def test_a_title_wrapped_over_lines_is_one(pieces: list[str]) -> None:
    lines = [line(text, y=20.0 + 16 * n) for n, text in enumerate(pieces)]
    title = find_title(document(lines))
    assert title is not None
    assert (title.organization, title.fiscal_year) == (OFFICE, 2024)
    (heading,) = find_headings(lines)
    assert heading.lines == tuple(lines)


def test_lines_far_apart_are_no_wrapped_title() -> None:
    lines = [line(OFFICE, y=20), line("2024年度项目绩效目标汇总表", y=300)]
    title = find_title(document(lines))
    assert title is not None
    assert title.organization is None


def test_a_title_about_targets_comes_before_one_about_the_budget() -> None:
    title = find_title(
        document([line("水务局2025年度部门预算")], [line("青岚区水务局2025年度项目绩效目标汇总表", page=2)])
    )
    assert title is not None
    assert "绩效" in title.text


def test_a_document_without_title_has_none() -> None:
    assert find_title(document([line("第一页")])) is None
