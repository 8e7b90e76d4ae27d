"""What words mean, by where they may stand."""

from __future__ import annotations

from typing import get_args

import pytest

from perftable_etl.fields import Money
from perftable_etl.normalize.layouts.vocabulary import FIELD_OF_MONEY, UNKNOWN, Vocabulary
from perftable_etl.normalize.layouts.words import PHASES, FieldLabel, GoalLabel, Words
from perftable_etl.records import FIELDS
from tests.normalize.reader import VOCABULARY


def test_words_name_what_they_are() -> None:
    texts = ("项目名称", "年度总体目标", "三级指标", "河道养护")
    assert [VOCABULARY.concept(text) for text in texts] == ["name", "annual_goal", "level3", None]
    assert [VOCABULARY.column(text) for text in ("年度（/项目）指标值", "项目名称")] == ["target", None]
    assert VOCABULARY.is_side("绩效\n指标")
    assert VOCABULARY.is_side("项目资金（元）")
    assert not VOCABULARY.is_side("产出指标")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("项目名称：", "label"), ("年度总体目标", "label"), ("其他资金", "money"), ("三级指标", "column"),
        ("绩效指标", "side"), ("产出指标(50分)", "level"), ("河道养护", "value"), ("", "value"),
    ],
)  # fmt: skip
def test_each_text_is_of_one_kind(text: str, kind: str) -> None:
    assert VOCABULARY.meaning(text).kind == kind


def test_a_word_of_two_blocks_carries_both_amounts() -> None:
    meaning = VOCABULARY.meaning("其他资金")
    assert meaning.money == tuple(Money(phase, "other") for phase in PHASES)
    assert meaning.above == "total_other_funds"


def test_a_word_may_stand_in_two_places() -> None:
    vocabulary = Vocabulary([Words(fields={"implementing_unit": ("单位",)}, columns={"unit": ("单位",)})])
    meaning = vocabulary.meaning("单位")
    assert (meaning.label, meaning.column, meaning.concept) == ("implementing_unit", "unit", "implementing_unit")


def test_the_first_words_come_first() -> None:
    own, shared = Words(fields={"nature": ("类别",)}), Words(fields={"category": ("类别", "项目类别")})
    vocabulary = Vocabulary([own, shared])
    assert [vocabulary.concept(text) for text in ("类别", "项目类别")] == ["nature", "category"]


def test_what_nobody_knows_is_one_meaning() -> None:
    assert VOCABULARY.meaning("河道养护") is UNKNOWN


def test_the_beginning_of_a_label_is_known() -> None:
    assert (VOCABULARY.begun("计划开始"), VOCABULARY.begun("河道")) == ("start_date", None)


def test_what_a_file_may_name_is_every_field() -> None:
    names = {name: set(get_args(kind)) for name, kind in (("fields", FieldLabel), ("goals", GoalLabel))}
    assert names["goals"] == {"overall_goal", "annual_goal", "actual_goal"}
    assert names["fields"] | names["goals"] | set(FIELD_OF_MONEY.values()) | {"fiscal_year"} == set(FIELDS)
