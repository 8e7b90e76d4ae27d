"""Random records: what a project is called, what it costs, what it is to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.drawing.forms import LEVEL1_OF
from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.records import Indicator, TargetColumn, Task, Value
from tests.strategies import (
    ACTIONS,
    AREAS,
    BRANCHES,
    GOALS,
    MEASURES,
    OFFICES,
    SIGNS,
    SUBJECTS,
    TOPICS,
    WORDS,
)

UNITS = ("%", "次", "个", "人次", "件", "平方米", "公里", "万元", "元/次", "天")
REACHED = ("达成预期指标", "已完成", "基本达成")
REASONS = ("受天气影响，进度滞后", "招标推迟，下一步加强统筹", "需求减少")
REMARKS = ("按季度填报", "见附件", "市级统一口径")
OTHERS = (
    ("项目负责人", ("张三", "李四")),
    ("联系电话", ("021-55550000", "13800000000")),
    ("归口科室", ("行政政法科", "社会保障科")),
    ("立项依据", ("根据《公共服务条例》和年度工作要点立项", "市政府第12次常务会议纪要")),
    ("是否政府采购", ("是", "否")),
    ("档案柜号", ("A-17", "B-03")),
    ("考评周期", ("按季", "按年")),
)
"""Labels that no field of a record stands for, with values."""


def topic(choose: Choice) -> str:
    return choose.one_of(TOPICS) + choose.one_of(ACTIONS)


def office(choose: Choice) -> str:
    return choose.one_of(AREAS) + choose.one_of(OFFICES)


def branch(choose: Choice, department: str) -> str:
    return department + choose.one_of(BRANCHES)


def goal(choose: Choice) -> str:
    return "".join(choose.one_of(GOALS) for _ in range(choose.integer(1, 3)))


def cents(choose: Choice) -> int:
    """A multiple of 100 元, which 万元 with two decimals print exactly."""
    return choose.integer(1, 9_999) * 10_000


def tasks(choose: Choice) -> tuple[Task, ...]:
    names = choose.some(TOPICS, least=1, most=4)
    return tuple(Task(name, choose.one_of(GOALS), cents(choose)) for name in names)


def value(choose: Choice) -> Value:
    """A target: a bound in three of four, else words."""
    if choose.integer(0, 3) == 3:
        return Value("", choose.one_of(WORDS), "", in_words=True)
    sign, operator = choose.one_of(SIGNS)
    return Value(sign, _number(choose), choose.one_of(UNITS), operator)


def _values(choose: Choice, count: int) -> tuple[Value, ...]:
    """A value for each column of targets: of the same kind, with numbers of their own."""
    first = value(choose)
    others = (
        first._replace(number=choose.one_of(WORDS) if first.in_words else _number(choose)) for _ in range(1, count)
    )
    return (first, *others)


def _number(choose: Choice) -> str:
    return str(choose.integer(1, 9999)) + choose.one_of(("", ".5", ".00"))


def actual(choose: Choice, target: Value) -> str:
    """What was reached: the target without its sign, or words."""
    return choose.one_of(REACHED) if target.in_words else f"{target.number}{target.unit}"


def unusual(choose: Choice, rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The same rows with signs in words, names of levels that say more or less, and names with a number."""
    in_words, level2, number = choose.flag(), choose.integer(0, 2), choose.one_of(("", "", "③", "指标1：", "★"))
    return tuple(_unusual(row, level2, number, in_words=in_words) for row in rows)


def _unusual(row: Indicator, level2: int, number: str, *, in_words: bool) -> Indicator:
    values = tuple(value._replace(sign=WORDS_OF_SIGNS[value.sign]) if in_words else value for value in row.values)
    printed = (row.level2, row.level2.removesuffix("指标"), f"{row.level2}（必填）")[level2]
    nature = "反向指标" if row.values[0].operator in ("<", "<=") else "正向指标"
    return replace(row, values=values, level2_printed=printed, level3=f"{number}{row.level3}", nature=nature)


WORDS_OF_SIGNS = {"": "", "≥": "大于等于", "≤": "小于等于", "=": "等于", "＞": "大于", "＜": "小于"}


def for_levels(rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The first row of each level."""
    return tuple(
        {row.level2: row for row in reversed(rows)}[name] for name in dict.fromkeys(row.level2 for row in rows)
    )


def indicators(choose: Choice, columns: Sequence[TargetColumn], most: int = 9) -> tuple[Indicator, ...]:
    """The rows of a table in the order of the catalogue, no name twice, with all that may be printed of each."""
    found: dict[tuple[str, str], Indicator] = {}
    for _ in range(choose.integer(1, most)):
        row = _indicator(choose, len(columns))
        found.setdefault((row.level2, row.level3), row)
    order = list(LEVEL1_OF)
    return tuple(sorted(found.values(), key=lambda row: order.index(row.level2)))


def _indicator(choose: Choice, columns: int) -> Indicator:
    level2 = choose.one_of(tuple(LEVEL1_OF))
    values = _values(choose, columns)
    score = choose.integer(1, 10)
    return Indicator(
        level1=LEVEL1_OF[level2],
        level2=level2,
        level3=choose.one_of(SUBJECTS) + choose.one_of(MEASURES[level2]),
        values=values,
        weight=str(choose.integer(score, 20)),
        actual=actual(choose, values[0]),
        score=str(score),
        reason=choose.one_of(("", *REASONS)),
        remark=choose.one_of(("", *REMARKS)),
        expected=REACHED[0] if values[0].in_words else f"{values[0].number}{values[0].unit}",
    )
