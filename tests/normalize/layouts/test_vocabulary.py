"""What any layout takes for a label."""

from __future__ import annotations

from perftable_etl.normalize.layouts.vocabulary import column_role, is_side, role


def test_roles_of_labels() -> None:
    assert (role("项目名称"), role("年度总体目标"), role("三级指标"), role("河道养护")) == (
        "name", "annual_goal", "level3", None,
    )  # fmt: skip
    assert (column_role("年度（/项目）指标值"), column_role("项目名称")) == ("target", None)
    assert is_side("绩效\n指标")
    assert is_side("项目资金（元）")
    assert not is_side("产出指标")
