from __future__ import annotations

import pytest

from perftable_etl.normalize.layouts.labels import LONGEST_LABEL, Labels, label_key

LABELS = Labels({"项目名称": "name", "其中:财政资金": "fiscal", "年度(/项目)指标值": "target", "项目总目标": "goal"})


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("项目名称", "name"),
        ("项目\n名称", "name"),
        ("项目名称：", "name"),
        ("项 目 名 称:", "name"),
        ("⽬", None),
        ("项⽬名称", "name"),
        ("其中：财政资金", "fiscal"),
        ("年度（/项目）指标值", "target"),
        ("年度(/项目)指标值", "target"),
        ("项目总目标\n（2025年-2029年）", "goal"),
        ("项目名称（全称）", "name"),
        ("项目（专项）名称", "name"),
        ("项目（专项）名称（全称）：", "name"),
        ("项目（2024年）名称", None),
        ("(项目名称)", None),
        ("项目", None),
        ("项目名称一览", None),
        ("", None),
        ("项目名称" + "长" * LONGEST_LABEL, None),
        ("项目名称（" + "长" * LONGEST_LABEL + "（含））", "name"),
    ],
)
def test_a_label_is_known_however_it_is_printed(printed: str, meaning: str | None) -> None:
    assert LABELS.find(printed) == meaning


def test_the_key_leaves_out_what_qualifies() -> None:
    assert label_key("项目资金\n（元）：") == "项目资金"
    assert label_key("（一）") == "(一)"
