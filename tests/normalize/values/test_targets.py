"""Target values: the sixty an expert read, six hundred more in every spelling we could think of, and laws."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.normalize.values.polarity import direction
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.units import read_unit
from perftable_etl.records import Target

HERE = Path(__file__).parent
EXPERT: list[dict[str, Any]] = json.loads((HERE / "values.json").read_text(encoding="utf-8"))
READINGS = [
    line.replace("\\n", "\n").split("\t")
    for line in (HERE / "readings.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def describe(target: Target) -> str:
    """A reading on one line: `>= 1.1 万元/次 -> 11000 元/次`, `by 2024-12-31`, `change up 10 % of 上年`, `[a | b]`."""
    words: dict[str, Callable[[], str]] = {
        "quantitative": lambda: describe_amount(target),
        "change": lambda: f"change {target.polarity or ''} {describe_amount(target)}",
        "deadline": lambda: f"by {target.deadline}",
        "compound": lambda: f"[{' | '.join(describe(part) for part in target.parts)}]",
        "qualitative": lambda: "text",
        "missing": lambda: "missing",
    }
    baseline = f"of {target.baseline}" if target.baseline else ""
    return " ".join(" ".join([words[target.kind](), baseline, *(f"!{remark}" for remark in target.remarks)]).split())


def describe_amount(target: Target) -> str:
    printed = _numbers(target.value, target.value_upper)
    base = _numbers(target.base_value, target.base_value_upper)
    operator = "" if target.operator == "between" else target.operator or ""
    is_scaled = (target.base_value, target.base_unit) != (target.value, target.unit)
    return f"{operator} {printed} {target.unit or ''}" + (f" -> {base} {target.base_unit or ''}" if is_scaled else "")


def _numbers(low: Decimal | None, high: Decimal | None) -> str:
    return "..".join(f"{value.normalize():f}" if value else "0" for value in (low, high) if value is not None)


@pytest.mark.parametrize("expected", EXPERT, ids=lambda expected: expected["raw"])
def test_expert_readings(expected: dict[str, Any]) -> None:
    target = parse_target(expected["raw"])
    for column, value in expected.items():
        got = getattr(target, column)
        assert got == (Decimal(value) if isinstance(got, Decimal) else value), column


@pytest.mark.parametrize(("raw", "reading"), READINGS, ids=[raw for raw, _ in READINGS])
def test_readings(raw: str, reading: str) -> None:
    target = parse_target(raw, year=2024)
    assert describe(target) == reading
    assert target.raw == raw


@pytest.mark.parametrize(
    "text",
    [
        "5·12地震",
        "9·3阅兵",
        "2*3米",
        "10*10*2米",
        "7*24小时",
        "3/5人完成",
        "2-12个月龄标准",
        "2-12个月儿童疫苗接种率达到国家标准",
        "0-3岁婴幼儿符合托育服务标准",
        "6-11个月婴幼儿接种标准",
        "≥95%（2024年：90%）",
    ],
)
def test_numbers_that_are_no_value_of_this_row_stay_text(text: str) -> None:
    assert parse_target(text, year=2024).kind == "qualitative"


def test_numbers_stay_as_printed() -> None:
    target = parse_target("≤1,200.10(万元/次)")
    assert (str(target.value), target.unit) == ("1200.10", "万元/次")
    assert (target.base_value, target.base_unit) == (Decimal(12_001_000), "元/次")


def test_a_deadline_without_any_year_is_still_a_deadline() -> None:
    target = parse_target("12月31日前")
    assert (target.kind, target.deadline) == ("deadline", None)


def test_parts_of_a_compound_keep_their_own_clause() -> None:
    target = parse_target("城区≥95%，农村≥90%")
    assert [(part.raw, part.operator, part.value) for part in target.parts] == [
        ("城区≥95%", ">=", Decimal(95)),
        ("农村≥90%", ">=", Decimal(90)),
    ]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("显著提升", "up"),
        ("减少", "down"),
        ("持续稳定", "keep"),
        ("完成", "done"),
        ("不超预算", "keep"),
        ("优", None),
        ("未完成", None),
        ("尚未完成", None),
        ("未按时办结", None),
        ("没有达标", None),
        ("不合格", None),
        ("未能通过验收", None),
        ("未明显改善", None),
        ("未增加", "keep"),
        ("未突破预算", "keep"),
        ("未出现反弹", "keep"),
        ("不断规范", "done"),
    ],
)
def test_polarity(text: str, polarity: str | None) -> None:
    assert parse_target(text).polarity == polarity


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("群众满意度", "≥90%", "higher"),
        ("群众满意度", "=100%", "higher"),
        ("培训人均成本", "≤500元/人", "lower"),
        ("重大信息安全事故发生数", "=0.00(起)", "lower"),
        ("故障处理响应时间", "≤15.00(分钟)", "lower"),
        ("全年稳定运行时间", "≥364.00(天)", "higher"),
        ("故障处置率", "=100%", "higher"),
        ("培训人数", "=100人", None),
        ("有效投诉率", "≥90%", None),
        ("单位能耗", "较上年下降5%", "lower"),
        ("满意度", "优", None),
        ("安全保障率", "无重大事故", None),
        ("安全事故", "无重大事故", "lower"),
        ("公务用车应出尽出率", "=100%", "higher"),
        ("按时完成抽查工作", "=100(%)", "higher"),
        ("文件流转规范化率", "=98%", None),
        ("营业收入增加率", "=100%", None),
        ("资产负债率", "=100%", None),
        ("检查督导次数", "=100.00(%)", None),
        ("车辆安全保障天数", "=365.00(天)", "higher"),
        ("夜间开放天数", "366天", "higher"),
        ("施工工期", "=365天", None),
        ("夜间开放天数", "300天", None),
    ],
)
def test_direction(name: str, value: str, expected: str | None) -> None:
    assert direction(name, parse_target(value)) == expected


# --- laws -------------------------------------------------------------------------------------------------------------

SIGNS = {">=": "≥", "<=": "≤", "=": "=", ">": "＞", "<": "<", "about": "约", None: ""}
UNITS = [
    "",
    "%",
    "‰",
    "次",
    "人次",
    "亿人次",
    "万元",
    "元/人.天",
    "万元/案件",
    "㎡",
    "个工作日",
    "分钟",
    "km",
    "个百分点",
]
FRAGMENT_WORDS = """
≥ ≤ = < > ≧ （ ） ( ) ％ % ～ - — 至 到 、 ， ； 。 / . ± × * 一 二 两 三 十 百 千 万 亿 零 无 每 比 较
约 不低于 以上 以内 左右 增长 下降 上年 每年 2024 12月 31日 季度 年底 前 完成 城区 1,200.00 90 0.5 3 万元 次
㎡ 事故 满意度 ** 第 人 天 GB/T 百分之 成 半年 级
"""
FRAGMENTS = st.sampled_from([*FRAGMENT_WORDS.split(), " ", "\n"])
NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


def printed(operator: str | None, value: Decimal, unit: str, *, bracketed: bool) -> str:
    return f"{SIGNS[operator]}{value}" + (f"({unit})" if bracketed and unit else unit)


def meaning(target: Target) -> Target:
    return target.model_copy(update={"raw": ""})


@given(st.sampled_from(list(SIGNS)), NUMBERS, st.sampled_from(UNITS), st.booleans())
def test_a_printed_target_reads_back(operator: str | None, value: Decimal, unit: str, bracketed: bool) -> None:
    target = parse_target(printed(operator, value, unit, bracketed=bracketed))
    assert (target.kind, target.operator, target.value, target.unit) == ("quantitative", operator, value, unit or None)


@given(st.sampled_from(list(SIGNS)), NUMBERS, st.sampled_from(UNITS), st.booleans())
def test_scaling_is_exact_both_ways(operator: str | None, value: Decimal, unit: str, bracketed: bool) -> None:
    target = parse_target(printed(operator, value, unit, bracketed=bracketed))
    scale = read_unit(unit).scale if unit else Decimal(1)  # type: ignore[union-attr]
    assert target.base_value is not None
    assert target.base_value / scale == value
    assert target.base_value == value * scale


@given(st.sampled_from(list(SIGNS)), NUMBERS, st.sampled_from([u for u in UNITS if u != "km"]), st.booleans())
def test_width_and_space_do_not_matter(operator: str | None, value: Decimal, unit: str, bracketed: bool) -> None:
    plain = printed(operator, value, unit, bracketed=bracketed)
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in plain)
    spaced = " ".join(plain)
    assert meaning(parse_target(wide)) == meaning(parse_target(plain)) == meaning(parse_target(spaced))


@given(st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=14).map("".join)))
def test_nothing_raises_and_raw_is_kept(text: str) -> None:
    assert parse_target(text, year=2024).raw == text


@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_a_reading_hangs_together(text: str) -> None:
    target = parse_target(text)
    if target.kind in ("missing", "qualitative", "deadline", "compound"):
        assert target.value is None
    if target.kind == "quantitative":
        assert target.value is not None and target.base_value is not None
    assert bool(target.parts) == (target.kind == "compound")
    assert (target.value_upper is not None) == (target.operator == "between")


def test_text_that_no_encoding_holds_is_kept_as_damaged() -> None:
    target = parse_target("≥90\ud800%")
    assert (target.raw, target.kind, target.remarks) == ("≥90\ud800%", "qualitative", ("damaged",))


@pytest.mark.parametrize(
    "text", ["同比" * 1500 + "5%", "1," * 3000, "一年" * 200, "每" * 399, "≥" * 3000, "达到达" * 130 + "5次x"]
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    assert parse_target(text).kind == "qualitative"


@pytest.mark.parametrize(
    "text",
    ["=81.OO(%)", "≥1615.5o(万元)", "≤9Z(%)", "≥lZ(%)", "=O(起)", "≤1.O(天)", "ZO23年12月底前", "lO月底前", "?82(%)"],
)
def test_a_letter_for_a_digit_and_a_lost_sign_are_damage(text: str) -> None:
    assert "damaged" in parse_target(text).remarks


@pytest.mark.parametrize(
    "text", ["≥5L", "≥5l", "≤10l/人", "≥10(l)", "达到I级", "≥AAA", "≥1.5oz", "IPv6", "5G", "≥20GB"]
)
def test_a_letter_that_is_a_unit_or_a_grade_is_no_damage(text: str) -> None:
    assert "damaged" not in parse_target(text).remarks


def test_a_sign_before_a_word_of_another_language_is_unread() -> None:
    assert parse_target("≥ninety").remarks == ("unread",)
    assert parse_target("≥AA").remarks == ()


def test_a_change_by_a_bare_number_and_a_bare_prefix_lack_their_unit() -> None:
    assert parse_target("进一步提升2").remarks == parse_target("≥20T").remarks == ("unit_missing",)
    assert parse_target("提升2%").remarks == parse_target("零增长").remarks == parse_target("≥20TB").remarks == ()
