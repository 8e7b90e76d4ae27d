"""Level labels as forms print them: the catalogue's name, its scheme, and nothing lost of what is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perftable_etl import parse
from perftable_etl.normalize.interpret.declaration import Interpretation
from perftable_etl.normalize.layouts import catalogue
from tests.drawing.forms import DrawnDisclosure, DrawnIndicator, DrawnTarget
from tests.drawing.mupdf import draw
from tests.drawing.sources import source
from tests.normalize.grids import form, whole_form
from tests.normalize.reader import read_form


def read(level1: str, level2: str) -> Interpretation:
    rows = whole_form(["绩效指标", level1, level2, "巡查次数", "≥12(次)"])
    return read_form(form(rows))


@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标", "成本指标", ("产出指标", "成本指标", "2015")),
        ("产出", "成本", ("产出指标", "成本指标", "2015")),
        ("产出指标", "产出成本", ("产出指标", "成本指标", "2015")),
        ("成本指标", "经济成本指标", ("成本指标", "经济成本指标", "2021")),
        ("成本", "社会成本", ("成本指标", "社会成本指标", "2021")),
        ("成本指标(20分)", "生态环境成本", ("成本指标", "生态环境成本指标", "2021")),
        ("产出指标", "数量指标", ("产出指标", "数量指标", None)),
        ("效果指标", "环境效益", ("效益指标", "生态效益指标", None)),
        ("满意度", "社会公众或服务对象满意度", ("满意度指标", "服务对象满意度指标", None)),
    ],
)
def test_cost_tells_the_scheme(level1: str, level2: str, expected: tuple[str, str, str | None]) -> None:
    (indicator,) = read(level1, level2).declaration.indicators
    assert (indicator.level1, indicator.level2, indicator.scheme) == expected


def test_the_catalogue_names_its_sources() -> None:
    assert catalogue.__doc__
    assert "财预〔2015〕88号" in catalogue.__doc__
    assert "101号" in catalogue.__doc__


@pytest.mark.parametrize(
    ("level1", "level2", "code"),
    [
        ("产出指标(50分)", "数量指标", "level1_spelling"),
        ("产出指标", "数量指标（20分）", "level2_spelling"),
        ("产出指标(50)", "数量指标", "level1_spelling"),
    ],
)
def test_a_weight_beside_a_level_is_kept_and_told(level1: str, level2: str, code: str) -> None:
    result = read(level1, level2)
    (indicator,) = result.declaration.indicators
    assert (indicator.level1, indicator.level2) == ("产出指标", "数量指标")
    assert (indicator.level1_raw, indicator.level2_raw) == (level1, level2)
    (finding,) = result.findings
    assert (finding.code, finding.severity) == (code, "info")
    assert finding.raw in (level1, level2)
    assert "with the weight" in finding.message


def test_a_unit_that_no_lexicon_has_is_kept_and_told(tmp_path: Path) -> None:
    drawn = source("cac-2024")
    targets = (DrawnTarget("≥3(馆)", "quantitative"), DrawnTarget("≥3(场)", "quantitative"))
    indicators = tuple(
        DrawnIndicator("产出指标", "数量指标", name, target) for name, target in zip("甲乙", targets, strict=True)
    )
    path = tmp_path / "units.pdf"
    path.write_bytes(draw(with_indicators(drawn, indicators)))
    outcome = parse(path)
    (declaration,) = outcome.declarations
    assert [(row.target.operator, row.target.value, row.target.base_unit) for row in declaration.indicators] == [
        (">=", Decimal(3), "馆"),
        (">=", Decimal(3), "场"),
    ]
    (finding,) = (finding for finding in outcome.findings if finding.code == "target_unknown_unit")
    assert (finding.severity, finding.raw, finding.indicator) == ("info", "≥3(馆)", 1)
    assert finding.place is not None


def with_indicators(drawn: DrawnDisclosure, indicators: tuple[DrawnIndicator, ...]) -> DrawnDisclosure:
    """The first form of a disclosure with these rows."""
    return replace(drawn, projects=(replace(drawn.projects[0], indicators=indicators),))
