"""Two goals side by side, flattened: which line belongs to which."""

from __future__ import annotations

from itertools import chain, zip_longest

import pytest

from perftable_etl.normalize.rebuild.flattened.goals import Split, split_goals

OVERALL = (
    "实现对上海媒体、重点中央媒体及外省市媒体原创图文内容的实时采集及传播影响力评估分析服务。"
    "进一步提升对互联网新技术新应用的安全评估能力，促进网络综合治理由事后转向事中事前。"
)
ANNUAL = (
    "计算资源池达到既定规模，可用性达到要求，提供视频编转码、备份等个性化应用。"
    "根据上级部门要求，完成属地具有舆论属性或社会动员能力的互联网信息服务安全评估工作。"
    "开展重点平台、重点领域上线新应用、新功能的安全评估。追踪互联网新技术新应用发展动态。"
)


def wrapped(text: str, characters: int) -> list[str]:
    """A text broken every so many characters, as a column of a table breaks it."""
    return [text[start : start + characters] for start in range(0, len(text), characters)]


def line_by_line(overall: str, narrow: int, annual: str, wide: int) -> list[str]:
    """Two goals in columns of so many characters, as they stand beside each other."""
    rows = zip_longest(wrapped(overall, narrow), wrapped(annual, wide))
    return [line for line in chain.from_iterable(rows) if line]


def split(lines: list[str]) -> Split | None:
    return split_goals(lines, 0, (0.0, 0.0))


def parts(lines: list[str]) -> tuple[str, str] | None:
    found = split(lines)
    if found is None:
        return None
    pairs = list(zip(lines, found.in_first, strict=True))
    return "".join(line for line, first in pairs if first), "".join(line for line, first in pairs if not first)


@pytest.mark.parametrize(("narrow", "wide"), [(15, 19), (12, 30), (9, 16)])
def test_one_goal_after_the_other(narrow: int, wide: int) -> None:
    assert parts([*wrapped(OVERALL, narrow), *wrapped(ANNUAL, wide)]) == (OVERALL, ANNUAL)


@pytest.mark.parametrize(("narrow", "wide"), [(15, 24), (12, 30)])
def test_two_goals_line_by_line(narrow: int, wide: int) -> None:
    assert parts(line_by_line(OVERALL, narrow, ANNUAL, wide)) == (OVERALL, ANNUAL)


def test_a_split_that_the_lines_tell_is_sure() -> None:
    found = split([*wrapped(OVERALL, 15), *wrapped(ANNUAL, 19)])
    assert found
    assert found.is_sure


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["完成年度各项任务。", "营造安全的环境。", "提升服务水平。"], id="one after the other"),
        pytest.param([*line_by_line(OVERALL, 15, ANNUAL, 24), "提升服务水平。"], id="line by line"),
    ],
)
def test_a_line_that_may_be_either_goals_makes_the_split_unsure(lines: list[str]) -> None:
    found = split(lines)
    assert found
    assert not found.is_sure


def test_two_goals_of_a_line_each() -> None:
    assert parts(["完成年度各项任务。", "营造安全、有序的社会环境。"]) == (
        "完成年度各项任务。",
        "营造安全、有序的社会环境。",
    )


@pytest.mark.parametrize("lines", [wrapped(ANNUAL, 20), ["完成年度各项任务。"]])
def test_one_goal_stays_one(lines: list[str]) -> None:
    assert parts(lines) is None


def test_paragraphs_of_one_width_are_one_goal() -> None:
    assert parts([*wrapped(OVERALL, 20), *wrapped(ANNUAL, 20)]) is None


def test_paragraphs_of_one_width_do_not_hide_the_other_goal() -> None:
    overall = [*wrapped(OVERALL[:40], 20), *wrapped(OVERALL[40:80] + "。", 20)]
    assert parts([*overall, "提升服务水平。"]) == ("".join(overall), "提升服务水平。")


def test_goals_that_a_page_break_cuts_go_on_one_after_the_other() -> None:
    overall, annual = wrapped(OVERALL, 15), wrapped(ANNUAL, 24)
    lines = [*overall[:3], *annual[:2], *overall[3:], *annual[2:]]
    found = split_goals(lines, 5, (0.0, 0.0))
    assert found
    assert found.in_first == (
        True,
        True,
        True,
        False,
        False,
        *(True for _ in overall[3:]),
        *(False for _ in annual[2:]),
    )


def test_the_widths_of_other_forms_tell_the_goal_of_a_last_line() -> None:
    lines = [*wrapped(OVERALL[:34] + "；", 30), "营造安全、有序、和谐的社会环境。"]
    unsure, sure = split_goals(lines, 0, (0.0, 0.0)), split_goals(lines, 0, (30.0, 50.0))
    assert unsure
    assert sure
    assert not unsure.is_sure
    assert sure.is_sure
    assert sure.in_first == (True, True, False)
