"""Doubts about recognised text: what recognition says of itself, and confusions that the text around them tells."""

from __future__ import annotations

import pytest

from perftable_etl.document import Box, Cell, Form, Grid, Place, least_confidence
from perftable_etl.normalize.checks.recognition import UNSURE, doubt_cells, doubt_signs
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Declaration, Finding, Indicator, Source

PLACE = Place(3, Box(10, 20, 90, 40))


def cell(text: str, confidence: float | None = 0.99) -> Cell:
    return Cell(text, 0, 0, 1, 1, PLACE, confidence=confidence)


def doubts(*cells: Cell) -> list[Finding]:
    grid = Grid(cells, 1, (0.0, 1.0), PLACE)
    return list(doubt_cells(Form((), grid), 2))


@pytest.mark.parametrize(
    "text",
    [
        "≥2O(次)", "1O0.00", "≤l5(天)", "I2,000.00", "5.O0", "≥9O%",
        "100.00万兀", "76%96%", "30% 58%", "12 000.00",
        "1.234,567.00", "12,34.00", "1.234.567", "1,2345.00",
        "≥90(%", "检测样品（含网络餐饮", "次)", "一", "1", "l", "|",
    ],
)  # fmt: skip
def test_known_confusions_are_doubted(text: str) -> None:
    (finding,) = doubts(cell(text))
    assert (finding.code, finding.severity, finding.raw) == ("recognition_doubtful", "warning", text)
    assert (finding.place, finding.project) == (PLACE, 2)


@pytest.mark.parametrize(
    "text",
    [
        "", "≥90(%)", "=100.00(%)", "1,234,567.00", "2632000.00", "0.00", "12.5", "2024-01-01", "2026/1/1",
        "5G专网改造", "APP和PM2.5监测平台", "AI质检模型", "LED照明灯具", "CO2减排量", "IPv6改造", "一级指标", "2024年",
        "80%-90%", "80%～90%", "≥90%且≤110%", "城区≥95%，农村≥90%", "元/人.天", "7×24小时", "/", "—",
        "1）巡查；2）整改", "（一）巡查（二）整改", "可用性达到99.95%，\n新增5G站点12个", "不少于\n120次",
    ],
)  # fmt: skip
def test_what_is_printed_like_that_is_not_doubted(text: str) -> None:
    assert doubts(cell(text)) == []


def test_what_recognition_is_unsure_of_is_said_once() -> None:
    (finding,) = doubts(cell("≥2O(次)", UNSURE - 0.01))
    assert (finding.code, finding.severity, finding.place) == ("recognition_unsure", "warning", PLACE)
    assert "79%" in finding.message
    assert doubts(cell("≥20(次)", UNSURE)) == []


def test_text_layers_are_not_doubted() -> None:
    assert doubts(cell("76%96%", None), cell("一", None)) == []


def test_the_least_confidence_is_that_of_recognised_cells() -> None:
    cells = [cell("", None), cell("a", 0.9), cell("b", 0.7)]
    assert least_confidence(one.confidence for one in cells) == 0.7
    assert least_confidence([None, 0.9, None, 0.7]) == 0.7
    assert least_confidence([cell("", None).confidence, None]) is None


def indicator(target: str, confidence: float | None = 0.99) -> Indicator:
    source = Source(field="target", raw=target, place=PLACE)
    whole = Place(3, Box(0, 20, 90, 40))
    return Indicator(
        ordinal=1, level1="产出指标", level2="数量指标", level3="次数", level1_raw="", level2_raw="", level3_raw="次数",
        target=parse_target(target), place=whole, sources=(source,), confidence=confidence,
    )  # fmt: skip


def sign_doubts(*indicators: Indicator) -> list[str]:
    declaration = Declaration(
        ordinal=1, layout="any", fiscal_year=2025, first_page=1, last_page=1, indicators=indicators
    )
    findings = list(doubt_signs(declaration))
    assert all(finding.place == PLACE for finding in findings)
    return [finding.raw for finding in findings]


SIGNED = [indicator("≥90(%)"), indicator("≤5(天)"), indicator("=100.00(%)")]


def test_a_lone_number_without_a_sign_is_doubted() -> None:
    assert sign_doubts(*SIGNED, indicator("985(米)")) == ["985(米)"]


def test_where_signs_come_and_go_only_a_leading_2_is_doubted() -> None:
    assert sign_doubts(*SIGNED, indicator("985米"), indicator("12次"), indicator("2280次")) == ["2280次"]


def test_where_no_target_has_a_sign_none_is_missed() -> None:
    assert sign_doubts(indicator("985米"), indicator("2280次")) == []


def test_signs_of_text_layers_are_not_doubted() -> None:
    assert sign_doubts(*SIGNED, indicator("2280(次)", None)) == []
