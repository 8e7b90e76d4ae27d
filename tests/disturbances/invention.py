"""Invented forms for the disturbances: plausible, without anything that a reader should warn of, and from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.drawing.forms import LEVEL1_OF, DrawnDisclosure, DrawnIndicator, DrawnProject, DrawnTarget, Printed
from tests.drawing.layouts import LAYOUTS, SKELETONS, Layout, forms
from tests.drawing.mupdf import Pen, RuleStyle
from tests.drawing.paginate import PageBreak
from tests.drawing.table import DrawnForm

AREAS = ("松岭区", "汀州新区", "白沙镇", "凤栖县", "南屏市", "鹿鸣街道")
OFFICES = ("文物局", "气象局", "园林管理处", "地方志办公室", "残疾人联合会", "农业农村局", "消防救援支队")
NATURES = ("专项资金", "经常性专项业务费", "其他经常性项目", "其他一次性项目")
CATEGORIES = ("特定目标类", "其他运转类")
TOPICS = (
    "古树名木保护", "湿地公园管护", "气象雷达运维", "方志编纂", "无障碍设施改造", "粮食储备轮换", "5G应急指挥平台",
    "消防栓巡检", "“菜篮子”保供", "PM10监测", "非遗传习所（二期）",
)  # fmt: skip
ACTIONS = ("", "项目", "经费", "专项工作", "及信息化保障")
SUBJECTS = (
    "巡护", "讲座", "样本检测", "入户探访", "资料修订", "设备更新", "AI识别模型", "《办法》解读", "稻种繁育",
    "街巷保洁（含背街小巷）", "“邻里节”活动", "IPv6专线", "面向残疾人家庭的辅具适配",
)  # fmt: skip

NUMBER_UNITS = ("次", "个", "场", "份", "人次", "套")
MEASURES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "经济成本指标": (("平均成本", ("元", "万元")), ("费用总额", ("万元",))),
    "社会成本指标": (("对居民的影响", ()),),
    "生态环境成本指标": (("产生的噪声", ()),),
    "数量指标": (("完成数量", NUMBER_UNITS), ("总数", NUMBER_UNITS)),
    "质量指标": (("合格率", ("%",)), ("达标率", ("%",)), ("验收情况", ())),
    "时效指标": (("及时率", ("%",)), ("办结时长", ("个工作日", "天"))),
    "经济效益指标": (("节约资金", ("万元",)), ("带动情况", ())),
    "社会效益指标": (("知晓率", ("%",)), ("社会影响", ())),
    "生态效益指标": (("绿化覆盖率", ("%",)), ("环境改善情况", ())),
    "可持续影响指标": (("长效机制", ()), ("利用率", ("%",))),
    "服务对象满意度指标": (("满意度", ("%",)), ("家属满意度", ("%",))),
}
"""What an indicator of each group measures, and the units that fit; without any, its value is a word."""

SIGNS = (("≥", ">="), ("≤", "<="), ("=", "="))
WORDS = ("完成", "达标", "优良", "持续稳定", "进一步提升", "有效保障")
GOALS = (
    "完成年度各项任务，提升管护水平。",
    "目标1.开展巡护和检查，全年不少于160次，问题整改率达到95%以上；",
    "目标2.完成平台升级，可用性达到99.9%，新增站点8个。",
    "通过购买服务，为残疾人家庭提供适配和探访服务，做到“早发现、早帮扶”，营造友善的社会环境。",
    "修订资料并向社会公开，方便群众查阅。",
)
DEADLINES = ("{year}年12月底前", "{year}年11月底前完成")


@dataclass(frozen=True, slots=True)
class Draft:
    """A form, or a few, before they are drawn: what they say, in which layout, with which pen, and their tables.

    `head` are the lines above the first form.
    """

    disclosure: DrawnDisclosure
    layout: Layout
    pen: Pen
    forms: tuple[DrawnForm, ...]
    head: tuple[str, ...]

    @property
    def year(self) -> int:
        return self.disclosure.fiscal_year

    def with_disclosure(self, disclosure: DrawnDisclosure) -> Draft:
        return replace(self, disclosure=disclosure, forms=tuple(forms(disclosure, self.layout)))

    def with_project(self, change: Callable[[DrawnProject], DrawnProject]) -> Draft:
        """The draft with its first project changed."""
        first, *others = self.disclosure.projects
        return self.with_disclosure(replace(self.disclosure, projects=(change(first), *others)))

    def with_layout(self, layout: Layout) -> Draft:
        return replace(self, layout=layout, forms=tuple(forms(self.disclosure, layout)))

    def with_pen(self, pen: Pen) -> Draft:
        return replace(self, pen=pen)


def draft_of(disclosure: DrawnDisclosure, layout: Layout, pen: Pen) -> Draft:
    head = (disclosure.title,) if disclosure.title else ()
    return Draft(disclosure, layout, pen, tuple(forms(disclosure, layout)), head)


def disclosure(chance: Random, name: str, *, projects: int, rows: range, is_flat: bool = False) -> DrawnDisclosure:
    """An invented file of `projects` forms with a number of rows in `rows`; `is_flat` keeps to words and bounds."""
    year = chance.randint(2023, 2027)
    organization = chance.choice(AREAS) + chance.choice(OFFICES)
    title = "" if name.startswith("district") else f"{organization}{year}年度项目绩效目标汇总表"
    topics = chance.sample(TOPICS, projects)
    drawn = tuple(_project(chance, name, year, topic, rows, is_flat=is_flat) for topic in topics)
    return DrawnDisclosure(title, organization if title else "", year, name, drawn)


def _project(chance: Random, layout: str, year: int, topic: str, rows: range, *, is_flat: bool) -> DrawnProject:
    department = chance.choice(AREAS) + chance.choice(OFFICES)
    fiscal, carryover, other = chance.randint(1, 10**9), chance.choice((0, 0, 30_000_000)), chance.choice((0, 12_500))
    goal = "".join(chance.sample(GOALS, chance.randint(1, 3)))
    project = DrawnProject(
        name=Printed.plain(topic + chance.choice(ACTIONS)),
        nature=Printed.plain(chance.choice(NATURES)),
        category=Printed.plain(chance.choice(CATEGORIES)),
        competent_department=Printed.plain(department),
        implementing_unit=Printed.plain(department + chance.choice(("", "信息中心", "（本级）"))),
        start_date=date(year, 1, 1, layout),
        end_date=date(year, 12, 31, layout),
        annual_funds=money(fiscal + carryover + other),
        annual_fiscal_appropriation=money(fiscal),
        annual_carryover_funds=money(carryover),
        annual_other_funds=money(other),
        annual_goal=Printed.plain(goal),
        indicators=_tree(chance, year, chance.choice(rows), is_flat=is_flat),
    )
    return _longer(chance, project, year, layout) if chance.random() < 0.5 else project


def _longer(chance: Random, project: DrawnProject, year: int, layout: str) -> DrawnProject:
    fiscal, other = chance.randint(10**5, 10**10), chance.choice((0, 50_000))
    return replace(
        project,
        end_date=date(year + chance.randint(1, 3), 12, 31, layout),
        total_funds=money(fiscal + other),
        total_fiscal_funds=money(fiscal),
        total_other_funds=money(other),
        overall_goal=Printed.plain("".join(chance.sample(GOALS, 2))),
    )


def money(cents: int) -> Printed:
    return Printed.money(f"{cents // 100:,}.{cents % 100:02}")


def date(year: int, month: int, day: int, layout: str) -> Printed:
    return Printed.date(f"{year}/{month}/{day}" if layout.startswith("district") else f"{year}-{month:02}-{day:02}")


def _tree(chance: Random, year: int, count: int, *, is_flat: bool) -> tuple[DrawnIndicator, ...]:
    """Rows in the catalogue's order, at least four groups of them, no name twice."""
    groups = sorted(chance.sample(list(LEVEL1_OF), min(len(LEVEL1_OF), max(4, count // 3))), key=list(LEVEL1_OF).index)
    level2s = sorted([*groups, *chance.choices(groups, k=max(0, count - len(groups)))], key=list(LEVEL1_OF).index)
    rows: list[DrawnIndicator] = []
    names: set[str] = set()
    for level2 in level2s:
        row = _row(chance, year, level2, is_flat=is_flat)
        while row.level3 in names:
            row = _row(chance, year, level2, is_flat=is_flat)
        names.add(row.level3)
        rows.append(row)
    return tuple(rows)


def _row(chance: Random, year: int, level2: str, *, is_flat: bool) -> DrawnIndicator:
    measure, units = chance.choice(MEASURES[level2])
    name = chance.choice(SUBJECTS) + measure
    return DrawnIndicator(LEVEL1_OF[level2], level2, name, _target(chance, year, units, is_flat=is_flat))


def _target(chance: Random, year: int, units: tuple[str, ...], *, is_flat: bool) -> DrawnTarget:
    if units:
        return bound(chance, chance.choice(units))
    if not is_flat and chance.random() < 0.2:
        return DrawnTarget(chance.choice(DEADLINES).format(year=year), "deadline")
    return DrawnTarget(chance.choice(WORDS), "qualitative")


def bound(chance: Random, unit: str) -> DrawnTarget:
    """A sign, a number and a unit in brackets, as municipal forms print it."""
    sign, operator = chance.choice(SIGNS)
    number = str(chance.randint(60, 100)) if unit == "%" else str(chance.randint(2, 9800))
    number += chance.choice(("", ".00", ".50") if number != "100" else ("", ".00"))
    return DrawnTarget(f"{sign}{number}({unit})", "quantitative", operator, number, None, unit)


RULES: tuple[RuleStyle, ...] = ("lines", "lines", "edges", "fills", "boxes", "dashed", "double", "grey")
BREAKS: tuple[PageBreak, ...] = ("closed", "closed", "open", "reprinted")


def pen(chance: Random, rules: Iterable[RuleStyle] = RULES) -> Pen:
    return Pen(
        rules=chance.choice(tuple(rules)),
        font_size=chance.choice((9.0, 9.0, 8.0)),
        page_break=chance.choice(BREAKS),
        middle=chance.random() < 0.7,
        first_y=60.0,
    )


def layout(chance: Random, name: str) -> Layout:
    """A layout as its publishers vary it."""
    return replace(LAYOUTS[name], skeleton=chance.choice(tuple(SKELETONS.values())), fiscal_rows=chance.choice((1, 2)))


def layout_name(chance: Random) -> str:
    return chance.choice(tuple(LAYOUTS))
