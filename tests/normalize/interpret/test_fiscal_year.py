"""The fiscal year of a form that prints none in its headings."""

from __future__ import annotations

import pytest

from tests.normalize.grids import HEADER, LEFT, form
from tests.normalize.reader import read_generic


@pytest.mark.parametrize(
    ("name", "goal", "start", "year", "told"),
    [
        ("2024年河道养护", "河道整洁", "", 2024, [("year_inferred", "info")]),
        ("河道养护", "2024年修好三座水闸", "", 2024, [("year_inferred", "info")]),
        ("2024年河道养护", "河道整洁", "2025-01-01", 2025, [("year_inferred", "warning")]),
        ("河道养护", "到2027年修好三座水闸", "", None, [("no_fiscal_year", "warning")]),
        ("2023年至2025年河道养护", "河道整洁", "", None, [("no_fiscal_year", "warning")]),
        ("河道养护", "河道整洁", "", None, [("no_fiscal_year", "info")]),
    ],
    ids=["name", "goal", "start", "another year", "two years", "none"],
)
def test_a_year_that_nothing_prints(
    name: str, goal: str, start: str, year: int | None, told: list[tuple[str, str]]
) -> None:
    rows = [
        ["项目名称", name, LEFT, "开始日期", start],
        ["年度总体目标", goal, LEFT, LEFT, LEFT],
        HEADER,
        ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"],
    ]
    read = read_generic(form(rows))
    assert read.declaration.fiscal_year == year
    assert [(finding.code, finding.severity) for finding in read.findings if "year" in finding.code] == told
