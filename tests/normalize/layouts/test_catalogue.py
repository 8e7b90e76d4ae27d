from __future__ import annotations

import pytest

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from tests.drawing.forms import LEVEL1_OF


@pytest.mark.parametrize(("level2", "level1"), LEVEL1_OF.items())
def test_every_level2_name_knows_its_level1(level2: str, level1: str) -> None:
    found = find_level2(level2)
    assert found is not None
    assert (found.name, found.level1) == (level2, level1)
    assert find_level2(level2.removesuffix("指标")) == found
    assert find_level1(level1) == level1


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("环境效益指标", "生态效益指标"),
        ("环境效益", "生态效益指标"),
        ("进度指标", "时效指标"),
        ("进度", "时效指标"),
        ("社会公众或服务对象满意度指标", "服务对象满意度指标"),
        ("社会公众或服务对象满意度", "服务对象满意度指标"),
        ("服务对象\n满意度指标", "服务对象满意度指标"),
        ("经济效果指标", "经济效益指标"),
        ("数量指标（20分）", "数量指标"),
        ("数量指标(20)", "数量指标"),
        ("1.数量指标", "数量指标"),
        ("(一)质量指标", "质量指标"),
        ("⽣态效益指标", "生态效益指标"),
        ("③质量", "质量指标"),
        ("质量指标（必填硬性指标）", "质量指标"),
        ("质量指标(选填)(10分)", "质量指标"),
        ("★数量目标", "数量指标"),
        ("服务对象满意度指标等", "服务对象满意度指标"),
        ("社会公众或服务对象满意度指标指标", "服务对象满意度指标"),
        ("服务对象", "服务对象满意度指标"),
        ("数量指标15分", "数量指标"),
        ("时效值", "时效指标"),
    ],
)
def test_level2_is_known_by_every_spelling(printed: str, name: str) -> None:
    found = find_level2(printed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("产出指标(50分)", "产出指标"),
        ("产出指标（50分）", "产出指标"),
        ("产出", "产出指标"),
        ("产出指标40分", "产出指标"),
        ("效益值", "效益指标"),
        ("预期产出", "产出指标"),
        ("效果指标", "效益指标"),
        ("效果", "效益指标"),
        ("满意度", "满意度指标"),
        ("成本", "成本指标"),
        ("效 益\n指 标", "效益指标"),
        ("一、产出指标", "产出指标"),
        ("项目完成指标", "产出指标"),
        ("项目效益", "效益指标"),
        ("产出类指标", "产出指标"),
        ("产出（工作量）指标", "产出指标"),
        ("成本指标（0-20）分", "成本指标"),
        ("效益目标", "效益指标"),
    ],
)
def test_level1_is_known_by_every_spelling(printed: str, name: str) -> None:
    assert find_level1(printed) == name


def test_cost_is_one_concept_under_two_schemes() -> None:
    old, new = find_level2("成本指标"), find_level2("经济成本指标")
    assert old is not None
    assert new is not None
    assert (old.level1, old.scheme) == ("产出指标", "2015")
    assert (new.level1, new.scheme) == ("成本指标", "2021")


@pytest.mark.parametrize("printed", ["", "巡查次数", "指标", "数量", "产出数量", "绩效指标", "三级指标"])
def test_what_is_not_spelled_out_names_no_level(printed: str) -> None:
    assert not is_level(printed)


@pytest.mark.parametrize("printed", ["巡查次数", "指标", "一级指标", ""])
def test_other_texts_have_no_place_in_the_catalogue(printed: str) -> None:
    assert find_level1(printed) is None
    assert find_level2(printed) is None
